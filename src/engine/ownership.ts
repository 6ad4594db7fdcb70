// Which partitions are ours: looks who owns what, takes what is free, gives up what was lost, hands over on stop.
//
// Owns: the map of open partitions. Whoever owns partition 0 owns, in time, every partition that is free; the others
// stand by.

import { type PartitionRow } from '../ports/partitions.ts';
import { createCheckpointer } from './checkpointer.ts';
import { type Definitions } from './definitions.ts';
import { type Flusher } from './flusher.ts';
import { type Hosts } from './hosts.ts';
import { type Membership } from './membership.ts';
import { openPartition, type OpenPartition } from './open-partition.ts';
import { type Opened } from './opened.ts';
import { type Identity, type Outside } from './outside.ts';
import { type Post } from './post.ts';
import { type Projector } from './projector.ts';
import { type Releaser, wish } from './release.ts';
import { createSafeMode, createTurns, needsSafeMode, noSafeMode, type SafeMode } from './safe-mode.ts';
import { takeOver, type TakenOver } from './take-over.ts';
import { type Timers } from './timers.ts';

/** What owning partitions takes. */
export interface OwnershipParts {
  readonly outside: Outside;
  readonly identity: Identity;
  readonly definitions: Definitions;
  readonly membership: Membership;
  readonly flusher: Flusher;
  readonly hosts: Hosts;
  readonly post: Post;
  readonly projector: Projector;
  readonly releaser: Releaser;
  readonly timers: Timers;
  /** The map that this file keeps and others read. */
  readonly opened: Map<number, Opened>;
  readonly partitions: () => number;
}

/** Taking and giving partitions. */
export interface Ownership {
  /** Looks who owns what: gives up what was lost, takes what is free. */
  survey(): Promise<void>;
  /** Who owned what when we looked last. */
  rows(): readonly PartitionRow[];
  /** Saves a partition's checkpoint; a failure is said and tried again later. */
  save(open: Opened): Promise<void>;
  /** Takes no partition any more. */
  retire(): void;
  /** Gives a drained partition back. */
  handOver(partition: OpenPartition): Promise<void>;
}

/** Creates the ownership of a node. */
export function createOwnership(parts: OwnershipParts): Ownership {
  const { outside, identity, opened, timers } = parts;
  const taking = new Set<number>();
  const turn = createTurns();
  let rows: readonly PartitionRow[] = [];
  let isRetired = false;

  async function take(row: PartitionRow): Promise<void> {
    if (taking.has(row.partition)) return;
    taking.add(row.partition);
    try {
      const taken = await takeOver(outside, parts.definitions, row, identity.incarnation);
      if (taken !== undefined && !isRetired) open(parts, { row, taken, safeMode: safeModeOf(parts, taken, turn) });
    } catch (error) {
      outside.logger.error('a partition could not be taken', error, { partition: row.partition });
    } finally {
      taking.delete(row.partition);
    }
  }

  function isFree(row: PartitionRow): boolean {
    if (row.owner === identity.incarnation) return !opened.has(row.partition);
    return row.owner === undefined || !row.ownerAlive || identity.isAlone;
  }

  return {
    rows: () => rows,
    survey: async () => {
      rows = await outside.partitions.list();
      for (const row of rows) giveUpIfLost(row, opened.get(row.partition)?.partition, identity);
      // Who is late with its own beats would lose at once what it takes, and two such nodes would take in turns.
      if (isRetired || !parts.membership.isFresh()) return;
      const free = rows.filter(isFree);
      const leads = opened.has(0) || free.some((row) => row.partition === 0);
      // What we claimed and could not open is for nobody else to take, whoever leads.
      await Promise.all(free.filter((row) => leads || row.owner === identity.incarnation).map(take));
    },
    save: async ({ partition, checkpointer }) => {
      try {
        await checkpointer.save();
      } catch (error) {
        outside.logger.error('a checkpoint could not be saved', error, { partition: partition.index });
      }
    },
    retire: () => {
      isRetired = true;
    },
    handOver: async (partition) => {
      opened.delete(partition.index);
      timers.forget(partition.index);
      // What the store has not acknowledged by now is not sent again.
      if (partition.undurable().size > 0) partition.lose('The server stops.');
      await outside.partitions.release(partition.index, partition.epoch, identity.incarnation);
    },
  };
}

function giveUpIfLost(row: PartitionRow, here: OpenPartition | undefined, identity: Identity): void {
  // A row of an older epoch was read before we took the partition.
  if (here === undefined || row.epoch < here.epoch) return;
  if (row.owner !== identity.incarnation || row.epoch > here.epoch) here.lose('Another server has taken over.');
}

function safeModeOf(
  { outside, identity, membership }: OwnershipParts,
  { row }: TakenOver,
  turn: () => Promise<() => void>,
): SafeMode {
  if (!needsSafeMode(row, membership.now())) return noSafeMode;
  const { partition, epoch, breadcrumb: found } = row;
  outside.logger.warn('a partition opens in safe mode: its owners died', { partition, deaths: row.deaths.length });
  return createSafeMode({ outside, partition, tenure: { epoch, owner: identity.incarnation }, found, turn });
}

/** A partition that was taken over, with the row that was seen before. */
interface ToOpen {
  readonly row: PartitionRow;
  readonly taken: TakenOver;
  readonly safeMode: SafeMode;
}

/** Opens a partition that was taken over: from here on it takes commands. */
function open(parts: OwnershipParts, { row, taken, safeMode }: ToOpen): void {
  const { outside, identity, opened, projector, timers } = parts;
  const partition: OpenPartition = openPartition({
    index: row.partition,
    partitions: parts.partitions(),
    epoch: taken.row.epoch,
    safeMode,
    writer: taken.writer,
    host: identity.incarnation,
    head: taken.head,
    memory: taken.memory,
    definitions: parts.definitions,
    outside,
    now: () => parts.membership.now(),
    onReady: () => {
      parts.flusher.wake();
    },
    onDurable: (block, released) => {
      const here = opened.get(row.partition);
      if (here?.partition !== partition) return;
      parts.releaser.onDurable(here, block, released);
      if (here.checkpointer.isDue()) void here.checkpointer.save().catch(() => undefined);
    },
    onLost: (why, doubtful) => {
      parts.hosts.disown(row.partition, doubtful);
      if (opened.get(row.partition)?.partition === partition) opened.delete(row.partition);
      timers.forget(row.partition);
      outside.logger.warn('a partition is lost', { partition: row.partition, why });
    },
  });
  opened.set(row.partition, { partition, checkpointer: createCheckpointer(outside, projector, partition, taken) });
  for (const [id, { versioned, n }] of taken.replayed) projector.changed(row.partition, n, id, versioned.state);
  for (const { commit, place } of taken.asked) projector.committed(commit, place);
  projector.reached(row.partition, taken.head);
  for (const id of taken.memory.directory().keys()) wish(timers, partition, id);
  parts.post.opened(row.partition);
  // A predecessor that fell silent may have written what it never got to perform: even if it wakes, it is gone for us.
  if (row.owner !== undefined && row.owner !== identity.incarnation) parts.hosts.miss(partition, row.owner);
  const { epoch } = taken.row;
  outside.logger.info('a partition is open', { partition: row.partition, epoch, replayed: taken.replayed.size });
}
