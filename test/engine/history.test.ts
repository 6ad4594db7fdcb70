// An old run is told as on the day it ended: what the log no longer has comes from history.

import { afterEach, expect, test } from 'vitest';
import { createMemoryHistory } from '../../src/adapters/memory/history.ts';
import { createMemoryLog } from '../../src/adapters/memory/log.ts';
import { encodeCursor } from '../../src/core/partition/cursor.ts';
import { type RunChange } from '../../src/engine/engine.ts';
import { type Outside, type Site } from '../../src/engine/outside.ts';
import { foldAway } from '../../src/engine/retention.ts';
import { StoreUnreachableError } from '../../src/ports/store-unreachable-error.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';

const caller = { actor: 'ada' };
const labs: TestEngine[] = [];

afterEach(async () => {
  for (const lab of labs) await lab.stop();
  expect(labs.splice(0).flatMap(({ errors }) => errors)).toEqual([]);
});

async function createLab(replace: Partial<Outside> = {}): Promise<TestEngine> {
  const lab = await createTestEngine(replace);
  labs.push(lab);
  return lab;
}

/** The same store, with everything that was in memory gone. */
async function restarted(lab: TestEngine): Promise<TestEngine> {
  labs.splice(labs.indexOf(lab), 1);
  await lab.stop();
  expect(lab.errors).toEqual([]);
  const { log, entities, partitions, inbox, blobs, stepLogs, projections, history } = lab.outside;
  return createLab({ log, entities, partitions, inbox, blobs, stepLogs, projections, history });
}

/** One pass, as if everything were old. */
async function pass({ outside }: TestEngine, replace: Partial<Outside> = {}): Promise<void> {
  const parts = { opened: { has: () => true }, now: Date.now, retention: -60_000, least: 1 };
  await foldAway({ ...outside, ...replace }, parts);
}

/** A run that has ended, with a life of some commits behind it, and checkpoints that hold all of it. */
async function withOldRun(lab: TestEngine): Promise<void> {
  await lab.apply('id: old\nsteps: [{ id: nap, sleep: 20ms }, { id: talk, needs: nap, run: echo hello }]');
  await lab.engine.startRun({ workflowId: 'old', params: [], labels: [] }, caller);
  await lab.ended('old/1');
  await lab.engine.pauseTriggers('old', caller);
  await lab.engine.resumeTriggers('old', caller);
  await lab.engine.rebuild();
}

const old = { workflowId: 'old', number: 1, attempt: 1 };
const beginning = Array.from({ length: 16 }, (_, partition) => ({ partition, n: 0, i: -1 }));

function firsts({ outside: { log } }: TestEngine): Promise<readonly number[]> {
  return Promise.all(beginning.map(({ partition }) => log.first(partition)));
}

/** What a watcher is told, up to the end of the run. */
async function told(changes: AsyncIterable<RunChange>): Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  for await (const { kind, cursor, at, run, events } of changes)
    seen.push({ kind, cursor: encodeCursor(cursor), at, state: run?.state, events });
  return seen;
}

async function crash(lab: TestEngine, where: Site): Promise<void> {
  const at = (site: Site): void => {
    if (site === where) throw new Error(`crashed ${site}`);
  };
  await expect(pass(lab, { at })).rejects.toThrow(`crashed ${where}`);
}

test('an old run has the timeline of the day it ended, pass after pass and on a server that starts again', async () => {
  const lab = await createLab();
  await withOldRun(lab);
  const timeline = await lab.engine.timeline(old, 100);
  expect(timeline.map(({ event }) => event.version)).toEqual(timeline.map((_, index) => index + 1));

  await pass(lab);
  const cut = await firsts(lab);
  expect(Math.max(...cut)).toBeGreaterThan(3);
  expect(await lab.engine.timeline(old, 100)).toEqual(timeline);
  expect(await lab.engine.timeline(old, 2)).toEqual(timeline.slice(-2));

  await pass(lab);
  expect(await firsts(lab)).toEqual(cut);
  expect(await lab.engine.timeline(old, 100)).toEqual(timeline);
  const again = await restarted(lab);
  expect(await again.engine.timeline(old, 100)).toEqual(timeline);
});

test('whoever watches an old run from its beginning, or from the middle, is told every change as it was', async () => {
  const lab = await createLab();
  await withOldRun(lab);
  const before = await told(lab.engine.watchRun(old, beginning));
  const middle = (await lab.engine.timeline(old, 100))[2]?.cursor;
  const behind = await told(lab.engine.watchRun(old, middle));
  expect([before.length > behind.length, behind.length > 0]).toEqual([true, true]);

  await pass(lab);
  const again = await restarted(lab);

  expect(await told(again.engine.watchRun(old, beginning))).toEqual(before);
  expect(await told(again.engine.watchRun(old, middle))).toEqual(behind);
});

test('a watcher from the beginning of a run that still goes on sees the past, and then what comes', async () => {
  const lab = await createLab();
  await lab.apply('id: old\nsteps: [{ id: nap, sleep: 1200ms }, { id: last, needs: nap, noop: true }]');
  await lab.engine.startRun({ workflowId: 'old', params: [], labels: [] }, caller);
  await lab.engine.pauseTriggers('old', caller);
  await lab.engine.rebuild();
  await pass(lab);
  expect(Math.max(...(await firsts(lab)))).toBeGreaterThan(1);
  const again = await restarted(lab);

  const changes = await told(again.engine.watchRun(old, beginning));

  const timeline = await again.engine.timeline(old, 100);
  expect(changes).toMatchObject(Array.from({ length: changes.length }, () => ({ kind: 'COMMIT' })));
  expect(changes.flatMap((change) => (change as RunChange).events)).toEqual(timeline.map(({ event }) => event));
  expect(timeline.map(({ event }) => event.version)).toEqual(timeline.map((_, index) => index + 1));
  expect(changes.at(-1)).toMatchObject({ state: { status: 'SUCCEEDED' } });
});

test('a crash between what is kept and what is cut leaves nothing out and nothing twice', async () => {
  const lab = await createLab();
  await withOldRun(lab);
  const timeline = await lab.engine.timeline(old, 100);
  const whole = await firsts(lab);

  await crash(lab, 'before-cut');
  expect(await firsts(lab)).toEqual(whole);
  expect(await lab.engine.timeline(old, 100)).toEqual(timeline);
  await pass(lab);

  expect(Math.max(...(await firsts(lab)))).toBeGreaterThan(3);
  expect(await lab.engine.timeline(old, 100)).toEqual(timeline);
});

test('the log stays as it is where history cannot be written', async () => {
  const history = createMemoryHistory();
  const lab = await createLab({ history });
  await withOldRun(lab);
  const [timeline, whole] = [await lab.engine.timeline(old, 100), await firsts(lab)];
  const append = (): Promise<void> => Promise.reject(new StoreUnreachableError('away'));

  await expect(pass(lab, { history: { ...history, append } })).rejects.toThrow('away');

  expect(await firsts(lab)).toEqual(whole);
  expect(await lab.engine.timeline(old, 100)).toEqual(timeline);
});

test('a read that is behind the times keeps what it does not show, in the log', async () => {
  const log = createMemoryLog();
  const lab = await createLab({ log });
  await withOldRun(lab);
  const timeline = await lab.engine.timeline(old, 100);
  const stale: Outside['log'] = {
    ...log,
    read: async (partition, after, limit) => (await log.read(partition, after, limit)).filter(({ n }) => n !== 3),
  };

  await pass(lab, { log: stale });

  expect(Math.max(...(await firsts(lab)))).toBe(3);
  expect(await lab.engine.timeline(old, 100)).toEqual(timeline);
});

test('a former owner who is late changes nothing', async () => {
  const lab = await createLab();
  await withOldRun(lab);
  const timeline = await lab.engine.timeline(old, 100);
  const late: (() => Promise<void>)[] = [];
  const { history } = lab.outside;
  const append: Outside['history']['append'] = async (excerpts) => {
    late.push(() => history.append(excerpts));
    await history.append(excerpts);
  };

  await pass(lab, { history: { ...history, append } });
  for (const act of late.reverse()) await act();

  expect(late.length).toBeGreaterThan(0);
  expect(await lab.engine.timeline(old, 100)).toEqual(timeline);
});

test('a timeline that is read while the log is cut is whole', async () => {
  const log = createMemoryLog();
  let meanwhile = (): Promise<void> => Promise.resolve();
  const lab = await createLab({
    log: {
      ...log,
      ofEntity: async (...asked) => {
        const found = await log.ofEntity(...asked);
        await meanwhile();
        return found;
      },
    },
  });
  await withOldRun(lab);
  const timeline = await lab.engine.timeline(old, 100);
  const changes = await told(lab.engine.watchRun(old, beginning));

  meanwhile = () => pass(lab);
  expect(await lab.engine.timeline(old, 100)).toEqual(timeline);
  expect(await told(lab.engine.watchRun(old, beginning))).toEqual(changes);
});
