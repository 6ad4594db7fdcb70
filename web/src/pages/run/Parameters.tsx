// The parameters of a run: each with its value, where that came from, and what worked it out.

import { type ReactElement } from 'react';
import { type ParamTrace } from '../../api/shapes.ts';
import { traceText } from '../../words/trace-text.ts';
import { valueText } from '../../words/value-text.ts';

/** The parameters; nothing when there are none. */
export function Parameters({ trace }: { readonly trace: readonly ParamTrace[] }): ReactElement | null {
  if (trace.length === 0) return null;
  return (
    <section>
      <h2>Its parameters</h2>
      <dl className="values">
        {trace.map((param) => (
          <div key={param.name}>
            <dt>{param.name}</dt>
            <dd>
              <span className={typeof param.value === 'number' ? 'number' : undefined}>{valueText(param.value)}</span>
              <Origin param={param} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Origin({ param }: { readonly param: ParamTrace }): ReactElement {
  const { expression, template } = param;
  const written = expression ?? (template === null ? undefined : valueText(template));
  return (
    <span className="quiet origin">
      {traceText(param)}
      {written === undefined ? null : (
        <>
          , {expression === null ? 'written as' : 'worked out from'} <code>{written}</code>
        </>
      )}
    </span>
  );
}
