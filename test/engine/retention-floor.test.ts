// The floor of a cut under any history of blocks, messages and checkpoints: what someone still has to read is there.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMemoryHistory } from '../../src/adapters/memory/history.ts';
import { createMemoryLog } from '../../src/adapters/memory/log.ts';
import { createMemoryPartitions } from '../../src/adapters/memory/partitions.ts';
import { createMemoryProjections } from '../../src/adapters/memory/projections.ts';
import { createMemoryStepLogs } from '../../src/adapters/memory/step-logs.ts';
import { type Commit, type PartitionCheckpoint } from '../../src/core/partition/commit.ts';
import { type MessagePlace } from '../../src/core/partition/message.ts';
import { coveredBy, foldAway } from '../../src/engine/retention.ts';
import { aBlock } from '../contract/log.ts';

const partitions = 3;

/** What partitions do, one after another: write a block (perhaps with messages), take messages, save, be listed, be cut. */
type Act =
  | { readonly kind: 'write'; readonly partition: number; readonly to: readonly number[] }
  | { readonly kind: 'take' | 'save' | 'project'; readonly partition: number }
  | { readonly kind: 'cut'; readonly owned: readonly number[]; readonly age: number; readonly least: number };

const someone = fc.integer({ min: 0, max: partitions - 1 });
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      partition: someone,
      to: fc.array(someone, { maxLength: 3 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('take' as const, 'save' as const, 'project' as const),
      partition: someone,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('cut' as const),
      owned: fc.uniqueArray(someone),
      age: fc.integer({ min: 0, max: 5 }),
      least: fc.integer({ min: 1, max: 3 }),
    }),
  },
);

interface World {
  readonly log: ReturnType<typeof createMemoryLog>;
  readonly partitions: ReturnType<typeof createMemoryPartitions>;
  readonly projections: ReturnType<typeof createMemoryProjections>;
  readonly members: readonly Member[];
  time: number;
}

/** What a partition has in memory, and what it saved. */
interface Member {
  head: number;
  readonly sent: Map<number, { sequence: number; n: number }>;
  readonly seen: Map<number, MessagePlace>;
  saved: PartitionCheckpoint | undefined;
  projected: number;
}

async function createWorld(): Promise<World> {
  const rows = createMemoryPartitions(() => 0);
  await rows.open({ partitions, format: 1 });
  const members = Array.from({ length: partitions }, (): Member => ({
    head: 0,
    sent: new Map(),
    seen: new Map(),
    saved: undefined,
    projected: 0,
  }));
  return { log: createMemoryLog(), partitions: rows, projections: createMemoryProjections(), members, time: 0 };
}

async function perform(world: World, act: Act): Promise<void> {
  world.time++;
  if (act.kind === 'cut') {
    const [stepLogs, history] = [createMemoryStepLogs(), createMemoryHistory()];
    const [logger, at] = [{ info: () => undefined }, () => undefined];
    const outside = { ...world, stepLogs, history, logger, at } as unknown as Parameters<typeof foldAway>[0];
    await foldAway(outside, {
      opened: new Set(act.owned),
      now: () => world.time,
      retention: act.age,
      least: act.least,
    });
    return;
  }
  const member = world.members[act.partition];
  if (member === undefined) return;
  switch (act.kind) {
    case 'write':
      return write(world, member, act);
    case 'take':
      return take(world, member, act.partition);
    case 'save':
      member.saved = {
        n: member.head,
        at: world.time,
        seen: [...member.seen.values()],
        sent: [...member.sent].map(([to, last]) => ({ to, ...last })),
      };
      return world.partitions.checkpoint(act.partition, 1, member.saved);
    case 'project':
      member.projected = member.head;
      return world.projections.save([], [{ partition: act.partition, n: member.head }]);
  }
}

async function write(
  { log, time }: World,
  member: Member,
  { partition, to }: { readonly partition: number; readonly to: readonly number[] },
): Promise<void> {
  member.head++;
  const out = to.map((recipient) => {
    const sequence = (member.sent.get(recipient)?.sequence ?? 0) + 1;
    member.sent.set(recipient, { sequence, n: member.head });
    return { to: recipient, sequence, message: { type: 'Unsubscribe', name: 'x' } } as const;
  });
  const commit: Commit = { at: time, events: [], out };
  await log.append([aBlock(partition, member.head, { commits: [commit] })]);
}

/** Takes one message of each sender, as the post would fetch it; every message that was sent must come. */
async function take({ log, members }: World, member: Member, partition: number): Promise<void> {
  for (const [from, sender] of members.entries()) {
    const last = member.seen.get(from);
    if ((sender.sent.get(partition)?.sequence ?? 0) <= (last?.sequence ?? 0)) continue;
    const next = await fetched(log, { from, to: partition, after: last });
    expect(next?.sequence).toBe((last?.sequence ?? 0) + 1);
    if (next !== undefined) member.seen.set(from, next);
  }
}

async function fetched(
  log: World['log'],
  { from, to, after }: { readonly from: number; readonly to: number; readonly after: MessagePlace | undefined },
): Promise<MessagePlace | undefined> {
  const blocks = await log.messagesTo(to, from, after?.n ?? 0, 100);
  const places = blocks.flatMap(({ n, commits }) =>
    commits.flatMap(({ out }) =>
      out.filter((message) => message.to === to).map(({ sequence }) => ({ from, sequence, n })),
    ),
  );
  return places.find(({ sequence }) => sequence > (after?.sequence ?? 0));
}

/** A restart at this moment finds everything: blocks behind each checkpoint, and messages behind what it had taken. */
async function checkRestart({ log, members }: World): Promise<void> {
  for (const [partition, member] of members.entries()) {
    const first = await log.first(partition);
    const replayed = Math.min(member.saved?.n ?? 0, member.projected);
    expect(first).toBeLessThanOrEqual(Math.max(replayed, Math.min(1, member.head)));
    expect(await log.head(partition)).toBe(member.head);
    for (const [from, sender] of members.entries()) {
      const seen = member.saved?.seen.find((place) => place.from === from);
      const wanted = (seen?.sequence ?? 0) + 1;
      if ((sender.sent.get(partition)?.sequence ?? 0) < wanted) continue;
      expect((await fetched(log, { from, to: partition, after: seen }))?.sequence).toBe(wanted);
    }
  }
}

test('whatever was written, sent, taken and saved, a cut leaves what a take-over or a recipient still reads [1, 2, 3]', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 80 }), async (acts) => {
      const world = await createWorld();
      for (const each of acts) {
        await perform(world, each);
        await checkRestart(world);
      }
    }),
    { numRuns: 150 },
  );
});

interface Floor {
  readonly sent: PartitionCheckpoint['sent'];
  readonly seen: PartitionCheckpoint['seen'];
  readonly floor: number;
}

test.each<[string, Floor]>([
  ['allows everything up to the checkpoint when nothing was sent', { sent: [], seen: [], floor: 9 }],
  [
    'and when all that was sent is taken',
    { sent: [{ to: 1, sequence: 2, n: 7 }], seen: [{ from: 0, sequence: 2, n: 7 }], floor: 9 },
  ],
  [
    'keeps the block of the last message taken',
    { sent: [{ to: 1, sequence: 3, n: 8 }], seen: [{ from: 0, sequence: 2, n: 7 }], floor: 7 },
  ],
  ['keeps everything while no message was taken', { sent: [{ to: 1, sequence: 1, n: 8 }], seen: [], floor: 0 }],
])('the floor %s', (_, { sent, seen, floor }) => {
  const checkpoints = new Map([
    [0, { n: 9, at: 0, sent, seen: [] }],
    [1, { n: 4, at: 0, sent: [], seen }],
  ]);
  expect(coveredBy(0, checkpoints)).toBe(floor);
  expect(coveredBy(2, checkpoints)).toBe(0);
});
