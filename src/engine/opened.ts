// The partitions that a node owns and has open, by number.

import { type Checkpointer } from './checkpointer.ts';
import { type OpenPartition } from './open-partition.ts';

/** A partition that is open here, with its checkpointer. */
export interface Opened {
  readonly partition: OpenPartition;
  readonly checkpointer: Checkpointer;
}

/** All that are open. Only `ownership` adds and removes. */
export type OpenedPartitions = ReadonlyMap<number, Opened>;
