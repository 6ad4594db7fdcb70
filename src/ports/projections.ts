// Rows for lists: made from entity states, at most a moment behind the log, rebuilt at will.

import { type EntityId } from '../core/ids.ts';
import { type Entry } from '../core/json.ts';
import { type RunRow, type SummaryRow } from '../core/partition/summary.ts';

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

/** Which rows are asked for; every part narrows further. */
export interface RowCondition {
  /**
   * Fields that must equal (or be one of) these values, or hold one that does; null is for a field that is not there. Dots
   * reach into nested fields; of fields with `|` between, one will do.
   */
  readonly where: Readonly<Record<string, string | number | boolean | null | readonly (string | number)[]>>;
  /** Case-insensitive prefix of the id's name, if any. */
  readonly prefix?: string;
  /** Numbers within bounds: at least `from`, less than `to`. A row without the field is within none. */
  readonly within?: Readonly<Record<string, Bounds>>;
  /** Fields that hold named values, and those that must all be among them. */
  readonly holding?: Readonly<Record<string, readonly Entry<string | number | boolean | null>[]>>;
  /** A text that one of the fields contains, whatever the case: every row that the rest leaves over is read for it. */
  readonly text?: { readonly contains: string; readonly fields: readonly string[] };
}

/** Bounds of a number; one that is absent does not bound. */
export interface Bounds {
  readonly from?: number;
  readonly to?: number;
}

/** What rows can be sorted by: a number of theirs (rows without it are left out), or nothing but their id. */
export type RowKey = 'at' | 'startedAt' | 'endedAt' | 'took' | 'id';

/** What a page is asked by: a condition, an order, and a place that it begins strictly behind. */
export interface RowQuery extends RowCondition {
  /** `NEWEST_FIRST` is from the greatest key to the least. */
  readonly order: 'NEWEST_FIRST' | 'OLDEST_FIRST';
  /** What it is sorted by, and by id where that is equal. Absent: `at`. */
  readonly by?: RowKey;
  /** Strictly behind this sort key in that order; sorted by id alone, `at` says nothing. */
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
  /** One page. */
  page<C extends Collection>(collection: C, query: RowQuery): Promise<RowPage<Extract<SummaryRow, { collection: C }>>>;
  /** How many rows match; stops counting at `limit`. */
  count(collection: Collection, condition: RowCondition, limit: number): Promise<number>;
  /** The row of the attempt that was made last, for each workflow that has run. */
  latestRuns(): Promise<readonly StoredRow<RunRow>[]>;
  /** Up to which block each partition is projected. */
  projected(): Promise<readonly { readonly partition: number; readonly n: number }[]>;
  /** Drops every row, for a rebuild; but not the audit, whose lines outlive the log that they were made from. */
  clear(): Promise<void>;
}
