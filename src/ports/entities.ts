// Checkpoints of entities: a cache of the log that makes opening a partition quick. May always be rebuilt from the log.

import { type EntityId } from '../core/ids.ts';
import { type DirectoryEntry, type StoredEntity } from '../core/partition/commit.ts';

/** Loads and saves entity states. Every write is guarded by position: only over a smaller `n`. */
export interface Entities {
  /** The states that are there; ids without one are left out. */
  load(ids: readonly EntityId[]): Promise<readonly StoredEntity[]>;
  /** What a partition's living entities wait for, read from an index alone. */
  directory(partition: number): Promise<readonly DirectoryEntry[]>;
  /**
   * Saves states; where a state of the same or a greater `n` is there, nothing changes. `born` names those that were most
   * likely never saved before: a hint that makes it cheaper, and does no harm where it is wrong.
   */
  save(entities: readonly StoredEntity[], born?: ReadonlySet<EntityId>): Promise<void>;
  /** Every stored entity of a partition, for rebuilding projections. */
  all(partition: number): AsyncIterable<StoredEntity>;
}
