// Who owns which partition, who is alive, and what time it is. Leases only make take-over quick; the log keeps it safe.

import { type Instant, type Milliseconds } from '../core/time.ts';
import { type Aim } from '../core/partition/command.ts';
import { type PartitionCheckpoint } from '../core/partition/commit.ts';

/** A partition's row. */
export interface PartitionRow {
  readonly partition: number;
  /** Rises by one at every take-over. */
  readonly epoch: number;
  /** The incarnation that owns it; undefined when released. */
  readonly owner: string | undefined;
  /** False once the owner's beat ran out (by the store's clock), or when there is none. */
  readonly ownerAlive: boolean;
  readonly checkpoint: PartitionCheckpoint | undefined;
  /** When others took it from an owner that had not released it, the last `keptDeaths` times. */
  readonly deaths: readonly Instant[];
  /** What the owner was about to do, and has not done. */
  readonly breadcrumb: Breadcrumb | undefined;
}

/** How many deaths of owners a partition's row keeps. */
export const keptDeaths = 2;

/** What an owner writes down before it decides a command that may be its end. */
export interface Breadcrumb {
  /** Names the command: the same again has the same name. */
  readonly command: string;
  readonly aim: Aim;
}

/** A living node's row. */
export interface NodeRow {
  readonly incarnation: string;
  readonly nodeId: string;
  /** Where clients reach it. */
  readonly address: string;
  /** Highest message sent, by sending and receiving partition: what a gap-reader compares with. */
  readonly lastOut: readonly LastOut[];
}

/** The number and place of the last message from one partition to another. */
export interface LastOut {
  readonly from: number;
  readonly to: number;
  readonly sequence: number;
  readonly n: number;
}

/** What a beat tells. */
export interface Beat {
  readonly incarnation: string;
  readonly nodeId: string;
  readonly address: string;
  readonly lastOut: readonly LastOut[];
}

/** Ownership and liveness, by the store's clock. */
export interface Partitions {
  /** Fixes number of partitions and format at first use; answers what is fixed. Fails if a newer format is in use. */
  open(wanted: { readonly partitions: number; readonly format: number }): Promise<{ readonly partitions: number }>;
  /** Says that a node lives for `lease` more; answers the store's time. */
  beat(beat: Beat, lease: Milliseconds): Promise<Instant>;
  /** Ends a node's life now. */
  leave(incarnation: string): Promise<void>;
  /** The nodes whose beat has not run out. */
  nodes(): Promise<readonly NodeRow[]>;
  /** All partitions, with whether their owner lives. */
  list(): Promise<readonly PartitionRow[]>;
  /**
   * Takes a partition if its epoch is still `epoch`; answers the new row, or undefined if someone else was quicker. That
   * it was taken from another, who had not released it, is kept among the deaths.
   */
  claim(partition: number, epoch: number, owner: string): Promise<PartitionRow | undefined>;
  /** Gives a partition back, if it is still ours at that epoch; the breadcrumb goes. */
  release(partition: number, epoch: number, owner: string): Promise<void>;
  /** Keeps a breadcrumb in place of the one before, if the partition is still ours at that epoch; undefined: none. */
  leaveBreadcrumb(
    partition: number,
    tenure: { readonly epoch: number; readonly owner: string },
    breadcrumb: Breadcrumb | undefined,
  ): Promise<void>;
  /** Keeps a checkpoint, if it is ahead of the one kept and nobody with a higher epoch wrote one. */
  checkpoint(partition: number, epoch: number, checkpoint: PartitionCheckpoint): Promise<void>;
}
