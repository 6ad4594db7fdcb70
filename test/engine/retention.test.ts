// What a server that runs for years forgets, and what it never does. Numbers in brackets: the floor's laws in retention.ts.

import { afterEach, expect, test } from 'vitest';
import { type Cursor } from '../../src/core/partition/cursor.ts';
import { type RunChange } from '../../src/engine/engine.ts';
import { type Outside } from '../../src/engine/outside.ts';
import { foldAway } from '../../src/engine/retention.ts';
import { createNodeClock } from '../../src/adapters/node/clock.ts';
import { createMemoryLog } from '../../src/adapters/memory/log.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';

const caller = { actor: 'ada' };
const labs: TestEngine[] = [];

afterEach(async () => {
  for (const lab of labs) await lab.stop();
  expect(labs.splice(0).flatMap(({ errors }) => errors)).toEqual([]);
});

async function createLab(...given: Parameters<typeof createTestEngine>): Promise<TestEngine> {
  const lab = await createTestEngine(...given);
  labs.push(lab);
  return lab;
}

/** The same store, after everything that was in memory is gone. */
async function restarted(lab: TestEngine): Promise<TestEngine> {
  labs.splice(labs.indexOf(lab), 1);
  await lab.stop();
  expect(lab.errors).toEqual([]);
  return createLab(storeOf(lab));
}

function storeOf({ outside }: TestEngine): Partial<Outside> {
  const { log, entities, partitions, inbox, blobs, stepLogs, projections, history } = outside;
  return { log, entities, partitions, inbox, blobs, stepLogs, projections, history };
}

/** Saves checkpoints and lists, and then cuts everything that may be cut; answers how many blocks went. */
async function cutAll(lab: TestEngine, least = 1): Promise<number> {
  await lab.engine.rebuild();
  return cut(lab, least);
}

async function cut({ outside }: TestEngine, least = 1, retention = -60_000): Promise<number> {
  const before = await firsts(outside);
  await foldAway(outside, { opened: { has: () => true }, now: Date.now, retention, least });
  const after = await firsts(outside);
  return after.reduce((sum, first, partition) => sum + first - (before[partition] ?? 0), 0);
}

async function firsts({ log }: Outside): Promise<readonly number[]> {
  return Promise.all(Array.from({ length: 16 }, (_, partition) => log.first(partition)));
}

async function start(lab: TestEngine, workflowId: string, count = 1): Promise<void> {
  for (let each = 0; each < count; each++) {
    await lab.engine.startRun({ workflowId, params: [], labels: [] }, caller);
  }
}

function run(name: string): { workflowId: string; number: number; attempt: number } {
  const [workflowId = '', number = ''] = name.split('/');
  return { workflowId, number: Number(number), attempt: 1 };
}

async function watched(changes: AsyncIterable<RunChange>): Promise<readonly string[]> {
  const seen: string[] = [];
  for await (const change of changes) seen.push(`${change.kind} ${change.run?.state.status ?? ''}`.trim());
  return seen;
}

const quick = 'id: quick\nsteps: [{ id: first, noop: true }, { id: second, needs: first, noop: true }]';
const everything = { limit: 50, order: 'OLDEST_FIRST' } as const;

test('a run whose part of the log is gone is still listed, read, watched and told as on the day it ended', async () => {
  const lab = await createLab();
  await lab.apply(quick);
  await start(lab, 'quick', 20);
  await lab.ended('quick/20');
  const before = await lab.engine.run(run('quick/1'));
  const timeline = await lab.engine.timeline(run('quick/1'), 100);

  expect(await cutAll(lab)).toBeGreaterThan(10);

  expect((await lab.engine.runs(everything, {})).rows.map(({ id }) => id)).toHaveLength(20);
  expect((await lab.engine.run(run('quick/1')))?.state).toEqual(before?.state);
  expect(timeline.length).toBeGreaterThan(3);
  expect(await lab.engine.timeline(run('quick/1'), 100)).toEqual(timeline);
  expect(await watched(lab.engine.watchRun(run('quick/1')))).toEqual(['SNAPSHOT SUCCEEDED']);
});

test('a server that starts again after a cut knows everything that it knew, and goes on [1, 2]', async () => {
  const lab = await createLab();
  await lab.apply(quick);
  await lab.apply('id: listener\ntriggers: [{ signal: ready }]\nsteps: [{ id: only, noop: true }]');
  await start(lab, 'quick', 3);
  await lab.ended('quick/3');
  await lab.engine.publishSignals([{ name: 'ready', params: [] }], caller);
  await lab.ended('listener/1');
  const picture = async ({ engine }: TestEngine): Promise<unknown> => [
    (await engine.runs(everything, {})).rows,
    (await engine.signals(everything, {})).rows,
    (await engine.workflows(everything, {})).rows,
    await engine.workflow('listener'),
    await engine.signalType('ready'),
    (await engine.run(run('quick/2')))?.state,
  ];
  await lab.engine.rebuild();
  const before = await picture(lab);
  expect(await cut(lab)).toBeGreaterThan(0);

  const again = await restarted(lab);

  expect(await picture(again)).toEqual(before);
  await start(again, 'quick');
  expect((await again.ended('quick/4')).state.status).toBe('SUCCEEDED');
  const answer = await again.engine.publishSignals([{ name: 'ready', params: [] }], caller);
  expect(answer).toMatchObject({ ok: true, value: [{ sequence: 2, verdicts: [{ run: 'run:listener/2.1' }] }] });
});

test('a run outlives the cut of its own beginning, the restart after it included', async () => {
  const lab = await createLab();
  await lab.apply('id: slow\nsteps: [{ id: nap, sleep: 1500ms }, { id: last, needs: nap, noop: true }]');
  await start(lab, 'slow');
  await lab.engine.pauseTriggers('slow', caller);
  const before = await lab.engine.timeline(run('slow/1'), 100);
  expect(await cutAll(lab)).toBeGreaterThan(0);
  expect(await lab.engine.timeline(run('slow/1'), 100)).toEqual(before);

  const again = await restarted(lab);

  const { state } = await again.ended('slow/1');
  expect(state.steps.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  expect(state.startedAt).toBeDefined();
  const timeline = await again.engine.timeline(run('slow/1'), 100);
  expect(timeline.slice(0, before.length)).toEqual(before);
  expect(timeline.map(({ event }) => event.version)).toEqual(timeline.map((_, index) => index + 1));
});

test('nothing is cut that no checkpoint holds [1]', async () => {
  const lab = await createLab();
  await lab.apply(quick);
  await start(lab, 'quick', 5);
  await lab.ended('quick/5');

  expect(await cut(lab)).toBe(0);
});

test('nothing is cut that is younger than the retention, and keys hold as long [4]', async () => {
  const lab = await createLab();
  await lab.apply(quick);
  const keyed = { actor: 'ada', idempotencyKey: 'k' };
  await lab.engine.startRun({ workflowId: 'quick', params: [], labels: [] }, keyed);
  await start(lab, 'quick', 5);
  await lab.ended('quick/6');
  await lab.engine.rebuild();

  expect(await cut(lab, 1, 60_000)).toBe(0);

  const again = await restarted(lab);
  const answer = await again.engine.startRun({ workflowId: 'quick', params: [], labels: [] }, keyed);
  expect(answer).toMatchObject({ ok: true, replayed: true, value: { state: { number: 1 } } });
});

test('the newest blocks stay however old they are [5]', async () => {
  const lab = await createLab();
  await lab.apply(quick);
  await start(lab, 'quick', 30);
  await lab.ended('quick/30');

  await cutAll(lab, 10);

  const heads = await Promise.all((await firsts(lab.outside)).map((_, partition) => lab.outside.log.head(partition)));
  const kept = (await firsts(lab.outside)).map((first, partition) => (heads[partition] ?? 0) - first + 1);
  expect(Math.max(...kept)).toBe(10);
});

test('a cursor from before the cut says CURSOR_EXPIRED, for a workflow and for everything', async () => {
  const lab = await createLab();
  await lab.apply(quick);
  const early = await lab.engine.head();
  await start(lab, 'quick', 20);
  await lab.ended('quick/20');
  await cutAll(lab);
  // What an owner still has in memory it can tell; after a restart there is only the log.
  const { engine } = await restarted(lab);
  const beginnings = [
    engine.watch({ kind: 'workflow', workflowId: 'quick' }, early),
    engine.watch({ kind: 'all' }, early),
    engine.watch(
      { kind: 'all' },
      early.map((place) => ({ ...place, n: 0, i: -1 })),
    ),
  ];
  for (const changes of beginnings) {
    await expect(changes[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
  }
});

test('a watcher of a run goes on behind a cursor of now when all that the log said of it was cut, and ends with the run', async () => {
  const lab = await createLab();
  await lab.apply('id: slow\nsteps: [{ id: nap, sleep: 1500ms }]');
  await lab.apply(quick);
  await start(lab, 'slow');
  await start(lab, 'quick', 3);
  await lab.ended('quick/3');
  // Something else has happened in the partition since, so that the checkpoint is older than the cursor.
  await lab.engine.pauseTriggers('slow', caller);
  await lab.engine.resumeTriggers('slow', caller);
  const now = await lab.engine.head();
  expect(await cutAll(lab)).toBeGreaterThan(0);

  const again = await restarted(lab);

  expect((await watched(again.engine.watchRun(run('slow/1'), now))).at(-1)).toBe('COMMIT SUCCEEDED');
  expect(await watched(again.engine.watchRun(run('quick/1'), await again.engine.head()))).toEqual([]);
});

test('a watcher whose cursor lies among what happened to the run, with the beginning cut and kept nowhere, takes a snapshot', async () => {
  const lab = await createLab();
  await lab.apply('id: slow\nsteps: [{ id: nap, sleep: 200ms }, { id: again, needs: nap, sleep: 200ms }]');
  await start(lab, 'slow');
  const cursors: Cursor[] = [];
  for await (const change of lab.engine.watchRun(run('slow/1'))) cursors.push(change.cursor);
  const middle = cursors[1];
  await lab.engine.rebuild();
  const partition = middle?.[0]?.partition ?? 0;
  await lab.outside.log.cut(partition, middle?.[0]?.n ?? 0);
  const { engine } = await restarted(lab);

  await expect(watched(engine.watchRun(run('slow/1'), middle))).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
  expect(await watched(engine.watchRun(run('slow/1')))).toEqual(['SNAPSHOT SUCCEEDED']);
});

test('a server that stands by shows and watches a run whose history was cut', async () => {
  const lab = await createLab();
  const standby = await createLab({ ...storeOf(lab), bus: lab.outside.bus });
  await lab.apply('id: slow\nsteps: [{ id: nap, sleep: 1s }]');
  await lab.apply(quick);
  await start(lab, 'slow');
  await start(lab, 'quick', 5);
  await lab.ended('quick/5');
  await lab.engine.pauseTriggers('slow', caller);
  await cutAll(lab);

  expect((await standby.engine.server()).role).toBe('STANDBY');
  expect((await standby.engine.run(run('quick/2')))?.state.status).toBe('SUCCEEDED');
  const seen = await watched(standby.engine.watchRun(run('slow/1')));
  expect([seen[0], seen.at(-1)]).toEqual(['SNAPSHOT RUNNING', 'COMMIT SUCCEEDED']);
});

test('what a step printed is forgotten when it is old, and the run is not', async () => {
  const lab = await createLab();
  await lab.apply('id: talker\nsteps: [{ id: talk, run: echo hello }]');
  await start(lab, 'talker');
  const { state } = await lab.ended('talker/1');
  expect(await lab.engine.logTail(run('talker/1'), 'talk', 10)).toHaveLength(1);

  await cut(lab, 1, 60_000);
  expect(await lab.engine.logTail(run('talker/1'), 'talk', 10)).toHaveLength(1);
  await cut(lab);

  expect(await lab.engine.logTail(run('talker/1'), 'talk', 10)).toEqual([]);
  expect((await lab.engine.run(run('talker/1')))?.state).toEqual(state);
});

test('an owner cuts by itself', async () => {
  const log = createMemoryLog();
  const clock = createNodeClock();
  let tell: (cut: readonly [partition: number, below: number]) => void = () => undefined;
  const hasCut = new Promise<readonly [partition: number, below: number]>((resolve) => {
    tell = resolve;
  });
  const lab = await createLab(
    {
      log: {
        ...log,
        cut: async (partition, below) => {
          await log.cut(partition, below);
          tell([partition, below]);
        },
      },
      // Minutes pass at once.
      clock: { ...clock, after: (delay, act) => clock.after(delay >= 60_000 ? 20 : delay, act) },
    },
    { retention: -60_000 },
  );
  await lab.apply(quick);
  for (let pair = 0; pair < 550; pair++) {
    await lab.engine.pauseTriggers('quick', caller);
    await lab.engine.resumeTriggers('quick', caller);
  }

  const [partition, below] = await hasCut;

  expect(await log.first(partition)).toBeGreaterThanOrEqual(below);
  expect(await log.head(partition)).toBeGreaterThanOrEqual(below + 999);
});
