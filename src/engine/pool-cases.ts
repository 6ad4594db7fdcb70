// The use cases of pools.

import { type Cursor } from '../core/partition/cursor.ts';
import { type Pool, type PoolsState } from '../core/pool/pools.ts';
import { type Instant } from '../core/time.ts';
import { type Answer, type Caller } from './answer.ts';

/** What can be asked of pools. */
export interface PoolCases {
  /** Applies the one pool of a text; the same content changes nothing. */
  applyPool(
    input: { readonly source: string; readonly expectedVersion?: number },
    caller: Caller,
  ): Promise<
    Answer<{ readonly ledger: PoolsState; readonly now: Instant; readonly pool: Pool; readonly changed: boolean }>
  >;
  /** Deletes a pool that nobody holds permits of or waits for. */
  deletePool(pool: string, caller: Caller): Promise<Answer<PoolsState>>;
  /** The ledger: all pools, who holds, who waits. */
  pools(): Promise<{ readonly ledger: PoolsState; readonly now: Instant; readonly cursor: Cursor }>;
}
