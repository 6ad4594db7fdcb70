// The log: one gapless sequence of blocks a partition. A block is one document, so no flush is ever half there.

import { type Block } from '../core/partition/commit.ts';
import { type EntityId } from '../core/ids.ts';
import { type Instant } from '../core/time.ts';

/** What is known of a block that was sent. */
export type AppendOutcome =
  /** Acknowledged by a majority with its journal: it is there for good. */
  | 'durable'
  /** There is a block at this place already: read it to learn whose. */
  | 'duplicate'
  /** No answer, or an error that does not say: it may be there now, or later. Send the same bytes again. */
  | 'unknown'
  /** It can never be there (too large, malformed). */
  | 'refused';

/** Appends and reads blocks. Every read is a majority read. */
export interface Log {
  /** Sends blocks of different partitions in one write. One outcome for each, in order; never rejects. */
  append(blocks: readonly Block[]): Promise<readonly AppendOutcome[]>;
  /** The block at one place, or undefined if a majority does not have it (yet). */
  at(partition: number, n: number): Promise<Block | undefined>;
  /** The highest place in use in a partition; 0 if there is none. */
  head(partition: number): Promise<number>;
  /** The lowest place in use in a partition; 0 if there is none. */
  first(partition: number): Promise<number>;
  /**
   * The highest place such that every commit up to and with it was made before `at`; 0 if there is none. Fences have no
   * commits, so they count with what lies before them.
   */
  before(partition: number, at: Instant): Promise<number>;
  /** Blocks with `n > after`, in order, at most `limit`. A hole is a stale read: the caller reads again. */
  read(partition: number, after: number, limit: number): Promise<readonly Block[]>;
  /** Blocks with `n > after` that touch an entity, in order, at most `limit`. */
  ofEntity(partition: number, entity: EntityId, after: number, limit: number): Promise<readonly Block[]>;
  /** Blocks of `partition` with `n >= from` that carry messages to `recipient`, in order, at most `limit`. */
  messagesTo(recipient: number, partition: number, from: number, limit: number): Promise<readonly Block[]>;
  /** The block that holds a command's idempotency key, or undefined. */
  withKey(key: string): Promise<Block | undefined>;
  /** Removes blocks with `n < below`, the lowest first: what is left of a cut that was broken off has no hole. */
  cut(partition: number, below: number): Promise<void>;
}
