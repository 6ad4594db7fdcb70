// Lets out what durable blocks cause: effects, messages, timers, rows. One file that lists every consequence.
//
// 1. Effects of a partition's blocks are released in order, each once.
// 2. A node that was silent for two thirds of its lease asks the store whether the partition is still its own before it
//    lets an effect out: a frozen process that wakes must not act.

import { type EntityId } from '../core/ids.ts';
import { type Block } from '../core/partition/commit.ts';
import { type Milliseconds } from '../core/time.ts';
import { type Delivery } from './delivery.ts';
import { type Feed } from './feed.ts';
import { type Hosts } from './hosts.ts';
import { type Membership } from './membership.ts';
import { type OpenPartition } from './open-partition.ts';
import { type Released } from './undurable.ts';
import { type Opened, type OpenedPartitions } from './opened.ts';
import { type Identity, type Outside } from './outside.ts';
import { type Performer } from './performer.ts';
import { pause } from './periodic.ts';
import { type Post } from './post.ts';
import { type Projector } from './projector.ts';
import { type Timers } from './timers.ts';

/** Everything that a block can set in motion. */
export interface ReleaseParts {
  readonly outside: Outside;
  readonly identity: Identity;
  readonly opened: OpenedPartitions;
  readonly membership: Membership;
  readonly feed: Feed;
  readonly projector: Projector;
  readonly performer: Performer;
  readonly post: Post;
  readonly timers: Timers;
  readonly hosts: Hosts;
}

/** Releases what durable blocks cause. */
export interface Releaser {
  onDurable(open: Opened, block: Block, released: readonly Released[]): void;
}

const verifyAgain: Milliseconds = 200;
const tooEarly: Milliseconds = 400;

/** Creates the releaser of a node. */
export function createReleaser(parts: ReleaseParts): Releaser {
  const { outside, membership, feed, projector, hosts } = parts;
  /** Blocks whose effects wait until the store has said that the partition is still ours. */
  const verifying = new Map<OpenPartition, Promise<boolean>>();

  function afterVerifying(partition: OpenPartition, block: Block, released: readonly Released[]): void {
    const before = verifying.get(partition) ?? Promise.resolve(true);
    const after = before.then(async (isOurs) => {
      const mayGo = isOurs && (await isStillOurs(parts, partition));
      if (mayGo) release(parts, partition, block, released);
      else {
        const doubtful = released.flatMap(({ effects }) => effects);
        hosts.disown(partition.index, doubtful);
      }
      return mayGo;
    });
    verifying.set(partition, after);
    void after.finally(() => {
      if (verifying.get(partition) === after) verifying.delete(partition);
    });
  }

  return {
    onDurable: ({ partition, checkpointer }, block, released) => {
      outside.at('before-effects');
      checkpointer.durable(block.n, released);
      feed.push(
        block,
        released.reduce((sum, { size }) => sum + size, 0),
      );
      project(projector, block, released);
      if (membership.isFresh() && !verifying.has(partition)) release(parts, partition, block, released);
      else afterVerifying(partition, block, released);
      outside.at('after-effects');
    },
  };
}

/** Rows are guarded by position, so they need not wait for anyone: a checkpoint must never be ahead of them. */
function project(projector: Projector, { partition, n }: Block, released: readonly Released[]): void {
  for (const { commit, place, changed, born } of released) {
    projector.born(born);
    projector.committed(commit, place);
    for (const [id, { state }] of changed) projector.changed(partition, n, id, state);
  }
  projector.reached(partition, n);
}

function release(parts: ReleaseParts, partition: OpenPartition, block: Block, released: readonly Released[]): void {
  const from = partition.index;
  for (const { commit, effects, changed } of released) {
    for (const effect of effects) parts.performer.perform(effect);
    for (const id of changed.keys()) wish(parts.timers, partition, id);
    for (const { to, sequence, message } of commit.out) parts.post.send({ from, sequence, n: block.n }, to, message);
  }
  parts.outside.bus.publish('blocks', String(from));
}

/** Tells the timers what an entity's directory wishes. */
export function wish(timers: Timers, partition: OpenPartition, id: EntityId): void {
  const directory = partition.memory.directory().get(id);
  timers.wish(partition.index, id, directory?.wake, directory?.calendar ?? false);
}

/** Wakes an entity whose time has come. */
export async function wakeUp(
  { outside, opened, membership, timers }: Pick<ReleaseParts, 'outside' | 'opened' | 'membership' | 'timers'>,
  delivery: Delivery,
  partition: number,
  entity: EntityId,
): Promise<void> {
  await delivery.tell(partition, { type: 'Wake', entity });
  // A wake that changed nothing came early (the store's clock was set back), or nobody could take it: the wish stands,
  // but not at once, or we would do nothing else.
  const wake = opened.get(partition)?.partition.memory.directory().get(entity)?.wake;
  if (wake !== undefined && wake <= membership.now()) await pause(outside, tooEarly);
  const here = opened.get(partition)?.partition;
  if (here !== undefined) wish(timers, here, entity);
}

/** Whether a partition is still ours, asked of the store until it answers. */
export async function isStillOurs(
  { outside, identity }: Pick<ReleaseParts, 'outside' | 'identity'>,
  partition: OpenPartition,
): Promise<boolean> {
  while (!partition.isLost()) {
    try {
      const row = (await outside.partitions.list()).find((candidate) => candidate.partition === partition.index);
      if (row?.owner === identity.incarnation && row.epoch === partition.epoch) return true;
      partition.lose('Another server took over while this one was silent.');
    } catch {
      await pause(outside, verifyAgain);
    }
  }
  return false;
}
