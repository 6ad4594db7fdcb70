// One node of the fleet, put together: what it owns, what it does again and again, and how it comes and goes.

import { partitionOf } from '../core/ids.ts';
import { type Command } from '../core/partition/command.ts';
import { type Instant, type Milliseconds } from '../core/time.ts';
import { type NodeRow, type PartitionRow } from '../ports/partitions.ts';
import { type Definitions } from './definitions.ts';
import { createDelivery, type Delivery } from './delivery.ts';
import { createFeed, type Feed } from './feed.ts';
import { createFlusher, type Flusher } from './flusher.ts';
import { createHosts, type Hosts } from './hosts.ts';
import { type Reply } from './letter.ts';
import { createMembership, type Membership } from './membership.ts';
import { type OpenPartition } from './open-partition.ts';
import { type Opened, type OpenedPartitions } from './opened.ts';
import { type Identity, type Outside } from './outside.ts';
import { createOwnership, type Ownership } from './ownership.ts';
import { createPerformer, type Performer } from './performer.ts';
import { periodically } from './periodic.ts';
import { createPost, type Post } from './post.ts';
import { createProjector, type Projector } from './projector.ts';
import { createReleaser, isStillOurs, wakeUp } from './release.ts';
import { cutEvery, firstCutAfter, foldAway } from './retention.ts';
import { settledBy } from './settled-by.ts';
import { createTimers, type Timers } from './timers.ts';
import { notOwner, storeUnavailable } from './why-unavailable.ts';

/** A node as the use cases see it. */
export interface EngineNode {
  readonly feed: Feed;
  readonly projector: Projector;
  /** How many partitions there are; fixed in the database. */
  partitions(): number;
  /** The partition of a placement (a workflow's id or a signal's name). */
  partitionOf(placement: string): number;
  /** The partitions that are open here, by number. */
  opened(): OpenedPartitions;
  /** The open partition of that number, if it is ours. */
  open(partition: number): OpenPartition | undefined;
  /** Decides a command here, or says where the owner is. */
  submit(partition: number, command: Command): Promise<Reply>;
  now(): Instant;
  nodes(): readonly NodeRow[];
  rows(): readonly PartitionRow[];
  /** Joins the fleet; resolves when it has taken what was free. */
  start(): Promise<void>;
  /** Hands everything over and leaves. */
  stop(): Promise<void>;
}

interface Parts {
  readonly outside: Outside;
  readonly identity: Identity;
  readonly opened: Map<number, Opened>;
  readonly membership: Membership;
  readonly ownership: Ownership;
  readonly delivery: Delivery;
  readonly hosts: Hosts;
  readonly performer: Performer;
  readonly flusher: Flusher;
  readonly post: Post;
  readonly feed: Feed;
  readonly timers: Timers;
}

/** How often a node looks for partitions that became free. Without Redis nothing else tells of an owner that left. */
const look: Milliseconds = 200;
/** How long a hand-over waits for a checkpoint. It goes on behind it: the next owner replays what it lacks. */
const saveFor: Milliseconds = 100;
const readInboxEvery: Milliseconds = 1_000;
/** How long the store may take to acknowledge before callers are told that it is away. */
const patience: Milliseconds = 5_000;
const format = 1;

/** Creates a node. It does nothing until it is started. */
export function createNode(outside: Outside, identity: Identity, definitions: Definitions): EngineNode {
  let count = identity.partitions;
  let cancels: readonly (() => void)[] = [];
  const partitions = (): number => count;
  const opened = new Map<number, Opened>();
  const post = createPost(outside, opened);
  const membership = createMembership(outside, identity, () => post.lastOut());
  const feed = createFeed(outside, (partition) => opened.get(partition)?.partition.head().n);
  const projector = createProjector(outside);
  const flusher = createFlusher(outside, () => [...opened.values()].map(({ partition }) => partition));
  const delivery = createDelivery(outside, opened, (partition) => isStillOurs({ outside, identity }, partition));
  const now = (): Instant => membership.now();
  const performer = createPerformer(outside, identity, {
    partitions,
    deliver: (partition, command) => delivery.deliver(partition, command),
    now,
  });
  const hosts = createHosts({ outside, identity, opened, membership, delivery, performer });
  const timers: Timers = createTimers(outside, now, (partition, entity) => {
    void wakeUp({ outside, opened, membership, timers }, delivery, partition, entity);
  });
  const known = { outside, identity, opened, membership, projector, post, timers, hosts };
  const releaser = createReleaser({ ...known, feed, performer });
  const ownership = createOwnership({ ...known, definitions, flusher, releaser, partitions });
  const parts: Parts = { ...known, ownership, delivery, performer, flusher, feed };

  return {
    feed,
    projector,
    now,
    partitions,
    partitionOf: (placement) => partitionOf(placement, count),
    opened: () => opened,
    open: (partition) => opened.get(partition)?.partition,
    nodes: () => membership.nodes(),
    rows: () => ownership.rows(),
    submit: (partition, command) => submit(parts, partition, command),
    start: async () => {
      count = (await outside.partitions.open({ partitions: count, format })).partitions;
      await membership.beat();
      await ownership.survey();
      cancels = [...(await listen(parts)), ...beginChores(parts)];
      hosts.missAll();
    },
    stop: async () => {
      await handEverythingOver(parts);
      delivery.stop();
      for (const cancel of cancels) cancel();
      timers.stop();
      await settledBy(outside, outside.clock.monotonic() + patience, membership.leave());
    },
  };
}

async function submit(parts: Parts, partition: number, command: Command): Promise<Reply> {
  const here = parts.opened.get(partition)?.partition;
  if (here === undefined) throw notOwner(parts.ownership.rows(), parts.membership.nodes(), partition);
  if (parts.flusher.oldest() > patience) throw storeUnavailable();
  const reply = here.submit(command).then((answer) => vouched(parts, here, answer));
  // Where the reply does not come its sender is told so and may repeat the command: a key keeps it from doubling.
  return new Promise((resolve, reject) => {
    const cancel = parts.outside.clock.after(patience, () => {
      reject(storeUnavailable());
    });
    void reply.then(resolve, reject).finally(cancel);
  });
}

/** A refusal rests on memory alone: a node that was silent for long asks whether that memory is still the truth. */
async function vouched(parts: Parts, partition: OpenPartition, reply: Reply): Promise<Reply> {
  if (reply.kind === 'COMMITTED' || parts.membership.isFresh()) return reply;
  if (await isStillOurs(parts, partition)) return reply;
  throw notOwner(parts.ownership.rows(), parts.membership.nodes(), partition.index);
}

/** Hears what other processes and the alarm clock have to say: hints, all of them. */
async function listen(parts: Parts): Promise<readonly (() => void)[]> {
  const { outside, identity, opened, ownership, delivery, post, feed, timers, performer } = parts;
  await outside.alarmClock.start(() => {
    timers.sweep();
  });
  return Promise.all([
    outside.bus.subscribe('blocks', (text) => {
      post.heard(Number(text));
      feed.ring(Number(text));
    }),
    outside.bus.subscribe('ownership', () => {
      void ownership.survey().catch(() => undefined);
    }),
    outside.bus.subscribe('inbox', (text) => {
      const here = opened.get(Number(text));
      if (here !== undefined) void delivery.readInbox(here.partition).catch(() => undefined);
    }),
    outside.bus.subscribe(`host:${identity.incarnation}`, (token) => {
      performer.cancel(token);
    }),
  ]);
}

function beginChores(parts: Parts): readonly (() => void)[] {
  const { outside, opened, membership, ownership, delivery, hosts, timers, post } = parts;
  const { beat, checkpoint, retention } = parts.identity.timing;
  const now = (): Instant => membership.now();
  const chores = [
    {
      name: 'a beat',
      every: beat,
      act: async () => {
        await membership.beat();
        hosts.missAll();
        hosts.remindEnding();
        timers.sweep();
        post.catchUp(membership.nodes());
      },
    },
    { name: 'a survey', every: look, act: () => ownership.survey() },
    {
      name: 'a checkpoint',
      every: checkpoint,
      act: async () => {
        for (const open of opened.values()) await ownership.save(open);
      },
    },
    {
      name: 'reading the inbox',
      every: readInboxEvery,
      act: async () => {
        for (const { partition } of opened.values()) await delivery.readInbox(partition);
      },
    },
    {
      name: 'cutting the log',
      every: cutEvery,
      first: firstCutAfter,
      act: () => foldAway(outside, { opened, now, retention }),
    },
  ];
  return chores.map((chore) => periodically(outside, chore));
}

/** Gives the partitions back, each as soon as it can be, and waits for the steps that run here, each for a while. */
async function handEverythingOver(parts: Parts): Promise<void> {
  const { outside, identity, opened, ownership, performer } = parts;
  const { grace } = identity.timing;
  const { clock } = outside;
  ownership.retire();
  const until = clock.monotonic() + grace;
  const unsaved: Promise<void>[] = [];
  const alarms = settledBy(outside, until, outside.alarmClock.stop());
  await Promise.all(
    [...opened.values()].map(async (open) => {
      unsaved.push((await giveBack(parts, open, until)).saved);
    }),
  );
  outside.bus.publish('ownership', identity.nodeId);
  performer.detach();
  await Promise.all([alarms, settledBy(outside, until, Promise.all(unsaved))]);
  await settledBy(outside, clock.monotonic() + grace, performer.idle());
  await settledBy(outside, clock.monotonic() + grace, performer.abandon());
}

/** Decides nothing more, saves, and gives a partition back. Answers with what is still being saved then. */
async function giveBack(
  { outside, ownership }: Parts,
  open: Opened,
  until: Milliseconds,
): Promise<{ readonly saved: Promise<void> }> {
  await settledBy(outside, until, open.partition.drain());
  const saved = ownership.save(open);
  await settledBy(outside, Math.min(until, outside.clock.monotonic() + saveFor), saved);
  await settledBy(outside, until, ownership.handOver(open.partition));
  return { saved };
}
