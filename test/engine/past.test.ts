// The past of a run under cuts at any moment: every event once, in order, with the place at which it was committed.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMemoryHistory } from '../../src/adapters/memory/history.ts';
import { createMemoryLog } from '../../src/adapters/memory/log.ts';
import { type EntityId, runEntity } from '../../src/core/ids.ts';
import { type Commit } from '../../src/core/partition/commit.ts';
import { encodeCursor } from '../../src/core/partition/cursor.ts';
import { foldHistory } from '../../src/engine/fold-history.ts';
import { type Outside } from '../../src/engine/outside.ts';
import { nothingSeen, pastOf, type Seen } from '../../src/engine/past.ts';
import { aBlock } from '../contract/log.ts';

const partition = 3;
const run = runEntity({ workflowId: 'penguins', number: 1, attempt: 1 });
const other = runEntity({ workflowId: 'penguins', number: 1, attempt: 2 });

/** How many events of the run each commit of a block has; a commit without any is of another run. */
type Shape = readonly (readonly number[])[];

const shape: fc.Arbitrary<Shape> = fc
  .array(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }), { minLength: 1, maxLength: 20 })
  // Long enough for several pages.
  .chain((blocks) => fc.constantFrom(1, 17, 41).map((times) => Array.from({ length: times }, () => blocks).flat()));

interface World {
  readonly log: Outside['log'];
  readonly history: Outside['history'];
  /** What a reader has to be told: `place version`. */
  readonly whole: readonly string[];
  /** What is seen up to each block. */
  readonly seen: readonly Seen[];
}

async function createWorld(blocks: Shape): Promise<World> {
  const log = createMemoryLog();
  const whole: string[] = [];
  const seen: Seen[] = [nothingSeen];
  let version = 0;
  const eventOf = (entity: EntityId, number: number): Commit['events'][number] => ({
    entity,
    version: number,
    event: { type: 'Released' },
  });
  for (const [index, counts] of blocks.entries()) {
    const n = index + 1;
    const commits = counts.map((count, i): Commit => {
      const events = [eventOf(other, n), ...Array.from({ length: count }, () => eventOf(run, ++version))];
      const place = encodeCursor([{ partition, n, i }]);
      whole.push(...events.slice(1).map((event) => `${place} at ${String(n * 10 + i)}: ${String(event.version)}`));
      return { at: n * 10 + i, events, out: [] };
    });
    await log.append([aBlock(partition, n, { commits })]);
    seen.push({ version, n });
  }
  return { log, history: createMemoryHistory(), whole, seen };
}

/** Keeps and cuts some more blocks, as an owner does; with 0, or when it dies between, it keeps them alone. */
async function fold({ log, history }: World, blocks: number, dies: boolean): Promise<void> {
  const first = await log.first(partition);
  const below = Math.min(first + blocks, await log.head(partition));
  if (first === 0 || below <= first) return;
  const kept = await foldHistory({ log, history }, partition, { first, below });
  if (!dies) await log.cut(partition, kept);
}

async function told(outside: Pick<World, 'log' | 'history'>, from: Seen): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const { place, at, events } of pastOf(outside, partition, run, from)) {
    for (const { version } of events) lines.push(`${encodeCursor([place])} at ${String(at)}: ${String(version)}`);
  }
  return lines;
}

/** A store may answer in batches, and what comes later in an answer is read later. */
function inTwo(log: Outside['log'], around: <T>(act: () => Promise<T>) => Promise<T>): Outside['log']['ofEntity'] {
  return async (place, entity, after, limit) => {
    const some = await around(() => log.ofEntity(place, entity, after, Math.floor(limit / 3)));
    const last = some.at(-1)?.n ?? after;
    return [...some, ...(await around(() => log.ofEntity(place, entity, last, limit - some.length)))];
  };
}

const step = fc.record({ blocks: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.nat(400)), dies: fc.boolean() });

test('whatever is kept and cut while it is read, the past of a run is whole', async () => {
  await fc.assert(
    fc.asyncProperty(shape, fc.array(step, { maxLength: 12 }), fc.nat(), async (blocks, steps, where) => {
      const world = await createWorld(blocks);
      const next = steps.values();
      const meanwhile = async (): Promise<void> => {
        const found = next.next().value;
        if (found !== undefined) await fold(world, found.blocks, found.dies);
      };
      const around = async <T>(act: () => Promise<T>): Promise<T> => {
        await meanwhile();
        const answer = await act();
        await meanwhile();
        return answer;
      };
      const { log, history } = world;
      const outside = {
        log: { ...log, ofEntity: inTwo(log, around) },
        history: {
          ...history,
          read: (...asked: Parameters<typeof history.read>) => around(() => history.read(...asked)),
        },
      };
      const from = world.seen[where % world.seen.length] ?? nothingSeen;

      expect(await told(outside, from)).toEqual(world.whole.slice(from.version));
      expect(await told(outside, nothingSeen)).toEqual(world.whole);
    }),
    { numRuns: 150 },
  );
});
