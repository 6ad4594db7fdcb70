// What happened to runs, once the log no longer has it: excerpts of its blocks, only ever added to.

import { type EntityId } from '../core/ids.ts';
import { type Block } from '../core/partition/commit.ts';

/** What one block of the log says of one run. */
export interface Excerpt {
  /** One attempt of a run. */
  readonly run: EntityId;
  /** The block as it was stored, but with those commits alone that touch the run, and of these its events alone. */
  readonly block: Block;
  /** Where in the block each of these commits stood, from 0. */
  readonly places: readonly number[];
}

/**
 * Keeps excerpts for ever. A block never changes, and a run lives in one partition, so run and `n` tell an excerpt from
 * all others: whoever adds it again, also one who no longer owns the partition, changes nothing.
 */
export interface History {
  /** Adds excerpts; one that is there already is left as it is. Resolves once a majority has all of them. */
  append(excerpts: readonly Excerpt[]): Promise<void>;
  /** Excerpts of a run from blocks with `n > after`, in order, at most `limit`. */
  read(run: EntityId, after: number, limit: number): Promise<readonly Excerpt[]>;
}
