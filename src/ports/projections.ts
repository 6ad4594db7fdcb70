// Rows for lists: made from entity states, at most a moment behind the log, rebuilt at will.

import { type EntityId } from '../core/ids.ts';
import { type SummaryRow } from '../core/partition/summary.ts';

/** The lists that are kept. */
export type Collection = SummaryRow['collection'];

/** A row with the position that it reflects. */
export interface StoredRow<Row extends SummaryRow = SummaryRow> {
  readonly id: EntityId;
  readonly partition: number;
  readonly n: number;
  readonly row: Row;
}

/** One page of a list, in the wanted order. */
export interface RowPage<Row extends SummaryRow = SummaryRow> {
  readonly rows: readonly StoredRow<Row>[];
  /** Whether there is more behind the last row, in the direction of reading. */
  readonly more: boolean;
}

/** What a page is asked by: equality on indexed fields, newest first, strictly after a place. */
export interface RowQuery {
  /** Fields that must equal (or be one of) these values, or hold one that does; dots reach into nested fields. */
  readonly where: Readonly<Record<string, string | number | boolean | readonly (string | number)[]>>;
  /** Case-insensitive prefix of the id's name, if any. */
  readonly prefix?: string;
  readonly order: 'NEWEST_FIRST' | 'OLDEST_FIRST';
  /** Strictly behind this sort key in that order. */
  readonly after?: { readonly at: number; readonly id: string };
  readonly limit: number;
}

/** Keeps and lists rows. Writes are guarded by position: only over a smaller `n`. */
export interface Projections {
  /**
   * Saves rows, and how far each partition has been projected. `born` names those that were most likely never saved before: a
   * hint that makes it cheaper, and does no harm where it is wrong.
   */
  save(
    rows: readonly StoredRow[],
    projected: readonly { readonly partition: number; readonly n: number }[],
    born?: ReadonlySet<EntityId>,
  ): Promise<void>;
  /** One row by its entity's id, or undefined. */
  get(id: EntityId): Promise<StoredRow | undefined>;
  /** One page. Sorted by the row's `at`, then id. */
  page<C extends Collection>(collection: C, query: RowQuery): Promise<RowPage<Extract<SummaryRow, { collection: C }>>>;
  /** How many rows match; stops counting at `limit`. */
  count(collection: Collection, query: Pick<RowQuery, 'where' | 'prefix'>, limit: number): Promise<number>;
  /** Up to which block each partition is projected. */
  projected(): Promise<readonly { readonly partition: number; readonly n: number }[]>;
  /** Drops every row, for a rebuild. */
  clear(): Promise<void>;
}
