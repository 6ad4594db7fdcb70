// `explain` for every form of id: whatever has one is explained, and what is not there is nothing.

import { afterEach, beforeEach, expect, test } from 'vitest';

import { createTestEngine, type TestEngine } from '../support/engine.ts';

let lab: TestEngine;
const caller = { actor: 'ada' };

beforeEach(async () => {
  lab = await createTestEngine();
  await lab.apply(
    'id: flow\ntriggers: [{ name: hears, signal: ready, where: { rows: ">= 100" } }]\nsteps: [{ id: each, foreach: { v: [1, 2] }, steps: [{ id: nap, sleep: 1h }] }]',
  );
  await lab.engine.startRun({ workflowId: 'flow', params: [], labels: [] }, caller);
});
afterEach(async () => {
  await lab.stop();
  expect(lab.errors).toEqual([]);
});

test.each([
  ['workflow:flow', 'It waits for the signal "ready", which was never published.'],
  ['run:flow/1', 'It is running: 1 step of 1 going on.'],
  ['run:flow/1.1', 'It is running: 1 step of 1 going on.'],
  ['step:flow/1/each', '"each" goes on: 0 of 2 iterations done, 2 going on, 0 still to begin.'],
  ['run:flow/1/each[1]', 'It is running: 1 step of 1 going on.'],
  ['step:flow/1/each[1]/nap', '"nap" sleeps until '],
  ['trigger:flow/hears', 'It waits for the signal "ready", which was never published.'],
])('%s', async (id, summary) => {
  const explanation = await lab.engine.explain(id);
  expect(explanation).toMatchObject({ id, summary: expect.stringContaining(summary) as string });
  expect(explanation?.reasons).not.toEqual([]);
});

test('a signal, by what each trigger made of it', async () => {
  const published = await lab.engine.publishSignals([{ name: 'ready', params: [{ name: 'rows', value: 7 }] }], caller);
  if (!published.ok) throw new Error('it was refused');
  const [signal] = published.value;
  const explanation = await lab.engine.explain(signal?.id ?? '');
  expect(explanation?.reasons).toEqual([
    {
      code: 'WHERE',
      text: 'flow/hears wants `rows >= 100`, and rows was 7.',
      unblock: 'Publish one that meets it, or change `where` of flow/hears.',
      subject: 'trigger:flow/hears',
    },
  ]);
});

test.each([
  'workflow:flaw',
  'run:flow/2',
  'run:flow/1/each[7]',
  'run:flow',
  'step:flow/1/none',
  'step:flow/2/each',
  'trigger:flow/none',
  'signal:01JD8Z3V6Q5T7X9B2C4E6G8H0K',
  'backfill:flow/1',
  'nothing',
])('%s is not there', async (id) => {
  expect(await lab.engine.explain(id)).toBeUndefined();
});
