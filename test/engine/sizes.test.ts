// However much steps give, and signals bring, and people ask for: nothing of it is more than the store takes, no partition is
// lost over it, every checkpoint can be saved, and what comes after it goes on.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AttemptResult, type Executor } from '../../src/ports/executor.ts';
import { createLimitedStore, largestDocument, type LimitedStore } from '../support/document-limits.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';

const caller = { actor: 'ada' };
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, place) => place);

let store: LimitedStore;
let lab: TestEngine;
let result: AttemptResult;

beforeEach(async () => {
  store = createLimitedStore();
  const executor: Executor = {
    kinds: ['shell'],
    start: () => ({ result: Promise.resolve(result), cancel: () => undefined }),
  };
  lab = await createTestEngine({ log: store.log, entities: store.entities, executor });
});

afterEach(async () => {
  // The partitions still take what is asked of them,
  await lab.apply('id: after\nsteps: [{ id: a, noop: true }]');
  await lab.engine.startRun({ workflowId: 'after', params: [], labels: [] }, caller);
  expect((await lab.ended('after/1')).state.status).toBe('SUCCEEDED');
  // and their last checkpoints are saved.
  await lab.stop();
  expect(store.refused).toEqual({ blocks: 0, states: 0 });
  expect(store.largest.block).toBeLessThan(largestDocument);
  expect(lab.errors).toEqual([]);
});

function giving(bytes: number, outputs: readonly string[]): AttemptResult {
  const values = outputs.map((name) => ({ name, value: 'x'.repeat(bytes) }));
  return { outcome: 'succeeded', outputs: values, signals: [], artifacts: [] };
}

test('forty steps that give a megabyte each: the run fails, and says why', async () => {
  const names = numbers(15).map((place) => `o${String(place)}`);
  const outputs = names.map((name) => `${name}: string`).join(', ');
  const steps = numbers(40).map((place) => `  - { id: s${String(place)}, run: x, outputs: { ${outputs} } }`);
  result = giving(64_000, names);
  await lab.apply(`id: flow\nsteps:\n${steps.join('\n')}`);
  await lab.engine.startRun({ workflowId: 'flow', params: [], labels: [] }, caller);
  const { state } = await lab.ended('flow/1');
  expect(state).toMatchObject({ status: 'FAILED', failure: { code: 'OUTPUT_LIMIT' } });
  expect(state.steps.filter(({ status }) => status === 'SUCCEEDED')).toHaveLength(8);
});

test('a step that gives more at once than a report may have fails', async () => {
  result = {
    outcome: 'succeeded',
    outputs: [],
    signals: [],
    artifacts: numbers(10_000).map((place) => ({
      path: `${'d'.repeat(400)}/${String(place)}`,
      hash: 'h'.repeat(64),
      size: 1,
    })),
  };
  await lab.apply('id: flow\nsteps: [{ id: a, run: x }]');
  await lab.engine.startRun({ workflowId: 'flow', params: [], labels: [] }, caller);
  expect((await lab.ended('flow/1')).state.failure).toMatchObject({
    code: 'OUTPUT_LIMIT',
    message: expect.stringMatching(/gave 5\.\d MB at once, and 4\.0 MB are the most/) as string,
  });
});

test('a thousand iterations that give 60 kB each: so many are kept as there is room for, and the loop fails', async () => {
  result = giving(60_000, ['o']);
  await lab.apply(
    'id: flow\nparams: { n: { type: long_array, value: [] } }\nsteps: [{ id: each, foreach: { i: n }, steps: [{ id: a, run: x, outputs: { o: string } }] }]',
  );
  await lab.engine.startRun({ workflowId: 'flow', params: [{ name: 'n', value: numbers(1_000) }], labels: [] }, caller);
  const { state } = await lab.ended('flow/1');
  expect(state).toMatchObject({ status: 'FAILED', failure: { code: 'ITERATIONS_FAILED' } });
  expect(state.failure?.message).toContain('more than 8.0 MB together');
  expect(state.steps[0]?.loop?.ended.SUCCEEDED).toBeGreaterThan(100);
});

test('a loop over a few numbers beside one huge text succeeds', async () => {
  await lab.apply(
    'id: flow\nparams: { list: { type: string_array, value: [] }, n: { type: long_array, value: [] } }\nsteps: [{ id: each, foreach: { v: list, i: n }, steps: [{ id: a, noop: true }] }]',
  );
  const params = [
    { name: 'list', value: ['z'.repeat(700_000)] },
    { name: 'n', value: numbers(60) },
  ];
  await lab.engine.startRun({ workflowId: 'flow', params, labels: [] }, caller);
  expect((await lab.ended('flow/1')).state.status).toBe('SUCCEEDED');
});

test('a signal of 900 kB starts a run by each of thirty triggers', async () => {
  const triggers = numbers(30).map((place) => `{ signal: big, name: t${String(place)} }`);
  await lab.apply(
    `id: ear\nrunStrategy: { parallel: 100 }\ntriggers: [${triggers.join(', ')}]\nsteps: [{ id: a, noop: true }]`,
  );
  const params = [{ name: 'x', value: 'y'.repeat(900_000) }];
  const before = await lab.engine.head();
  expect(await lab.engine.publishSignals([{ name: 'big', params }], caller)).toMatchObject({ ok: true });
  let ended = 0;
  for await (const { events } of lab.engine.watch({ kind: 'workflow', workflowId: 'ear' }, before)) {
    ended += events.filter(({ event }) => event.type === 'RunEnded' && event.status === 'SUCCEEDED').length;
    if (ended === 30) break;
  }
});

test('eighteen signals of 950 kB in one call are refused', async () => {
  const signals = numbers(18).map(() => ({ name: 'many', params: [], payload: 'y'.repeat(950_000) }));
  expect(await lab.engine.publishSignals(signals, caller)).toMatchObject({
    ok: false,
    refusals: [{ code: 'LIMIT_EXCEEDED' }],
  });
  expect(await lab.engine.publishSignals(signals.slice(0, 9), caller)).toMatchObject({ ok: true });
});
