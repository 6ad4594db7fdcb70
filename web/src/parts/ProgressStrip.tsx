// How far a run is, as a row of notes: one for each step, filled when it is done. Many steps become a bar.

import { type ReactElement } from 'react';
import { type RunLine } from '../api/shapes.ts';
import { progressOf, progressText } from '../model/progress.ts';

const MOST_NOTES = 16;

/** How far a run is. */
export function ProgressStrip({ counts }: { readonly counts: RunLine['counts'] }): ReactElement {
  const progress = progressOf(counts);
  const text = progressText(progress);
  const all = progress.reduce((sum, { count }) => sum + count, 0);
  if (all > MOST_NOTES) {
    return (
      <span className="strip strip-bar" role="img" aria-label={text} title={text}>
        {progress.map(({ phase, count }) => (
          <i key={phase} className={`bar phase-${phase}`} style={{ flexGrow: count }} />
        ))}
      </span>
    );
  }
  return (
    <span className="strip" role="img" aria-label={text} title={text}>
      {progress.flatMap(({ phase, count }) =>
        Array.from({ length: count }, (_, place) => (
          <i key={`${phase}${String(place)}`} className={`note phase-${phase}`} />
        )),
      )}
    </span>
  );
}
