// Pages of lists.

import { type EntityId } from '../core/ids.ts';
import { type Cursor } from '../core/partition/cursor.ts';
import { type WorkflowsOrder } from './filters.ts';

/** Which page of a list. Newest first unless `order` says otherwise. */
export interface PageRequest {
  readonly limit: number;
  /** By time; of another key, from the greatest to the least, or the other way round. */
  readonly order: 'NEWEST_FIRST' | 'OLDEST_FIRST';
  /** What it is sorted by. Absent: when it was created. What lacks the time that is asked for is left out. */
  readonly by?: 'STARTED' | 'ENDED' | 'DURATION' | WorkflowsOrder;
  /** Strictly behind this item, in that order. */
  readonly after?: { readonly at: number; readonly id: string };
}

/** One page of a list. */
export interface Page<Row> {
  /** `key` is what the row was sorted by, where that is not its `at`. */
  readonly rows: readonly { readonly id: EntityId; readonly row: Row; readonly key?: number }[];
  readonly more: boolean;
  /** The place that the list reflects. */
  readonly cursor: Cursor;
}
