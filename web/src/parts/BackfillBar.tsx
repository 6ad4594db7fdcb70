// How far a backfill is: a thin bar, and the same in words.

import { type ReactElement } from 'react';
import { type BackfillLine } from '../api/backfill-documents.ts';
import { backfillBar, progressText } from '../words/backfill-words.ts';

/** The bar and its words. */
export function BackfillBar({ backfill }: { readonly backfill: Pick<BackfillLine, 'counts'> }): ReactElement {
  return (
    <span className="loop-progress">
      <span className="loop-bar" aria-hidden="true">
        {backfillBar(backfill).map(({ phase, count }) => (
          <i key={phase} className={`loop-part phase-${phase}`} style={{ flexGrow: count }} />
        ))}
      </span>
      <span className="loop-text">{progressText(backfill)}</span>
    </span>
  );
}
