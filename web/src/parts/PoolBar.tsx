// How full a pool is: a thin bar, and the same in words.

import { type ReactElement } from 'react';
import { type PoolState } from '../api/pool-documents.ts';

/** The bar and its words. */
export function PoolBar({
  pool: { size, held, waiting },
}: {
  readonly pool: Pick<PoolState, 'size' | 'held' | 'waiting'>;
}): ReactElement {
  return (
    <span className="loop-progress">
      <span className="loop-bar" aria-hidden="true">
        {held === 0 ? null : <i className="pool-held" style={{ flexGrow: held }} />}
        <i style={{ flexGrow: Math.max(0, size - held) }} />
      </span>
      <span>
        {String(held)} of {String(size)} held{waiting === 0 ? '' : `, ${String(waiting)} waiting`}
      </span>
    </span>
  );
}
