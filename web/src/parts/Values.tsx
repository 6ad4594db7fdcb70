// Names with their values: parameters and outputs.

import { type ReactElement } from 'react';
import { type JsonObject } from '../api/shapes.ts';
import { valueText } from '../words/value-text.ts';

/** A list of names and values. */
export function Values({ values }: { readonly values: JsonObject }): ReactElement {
  return (
    <dl className="values">
      {Object.entries(values).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={typeof value === 'number' ? 'number' : undefined}>{valueText(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The same on one line, for lists. */
export function ValuesLine({ values }: { readonly values: JsonObject }): ReactElement {
  return (
    <span className="values-line">
      {Object.entries(values).map(([name, value]) => (
        <span key={name}>
          <span className="quiet">{name}</span> {valueText(value)}
        </span>
      ))}
    </span>
  );
}
