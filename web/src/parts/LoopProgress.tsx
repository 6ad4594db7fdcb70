// How far a loop is: a thin bar, and the same in words.

import { type ReactElement } from 'react';
import { type Loop } from '../api/shapes.ts';
import { loopBar, loopText } from '../model/loop-progress.ts';

/** The bar and its words. */
export function LoopProgress({ loop }: { readonly loop: Loop }): ReactElement {
  return (
    <span className="loop-progress">
      <span className="loop-bar" aria-hidden="true">
        {loopBar(loop).map(({ phase, count }) => (
          <i key={phase} className={`loop-part phase-${phase}`} style={{ flexGrow: count }} />
        ))}
      </span>
      <span className="loop-text">{loopText(loop)}</span>
    </span>
  );
}
