// Signals that are folded, on the real engine and the machine's clock: one run for many, at its time, which knows them all.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { type EntityId } from '../../src/core/ids.ts';
import { type TriggerView } from '../../src/engine/engine.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';

let lab: TestEngine;
const caller = { actor: 'ada' };
const id = 'trigger:summary/signal-1' as EntityId;

beforeEach(async () => {
  lab = await createTestEngine();
});
afterEach(async () => {
  await lab.stop();
  expect(lab.errors).toEqual([]);
});

function summary(fold: string): string {
  return `
id: summary
params: { island: none }
triggers: [{ signal: measurements.ready, ${fold}, params: { island: "\${signal.island}" } }]
steps: [{ id: report, noop: true }]
`;
}

function publish(island: string): ReturnType<TestEngine['engine']['publishSignals']> {
  return lab.engine.publishSignals(
    [{ name: 'measurements.ready', params: [{ name: 'island', value: island }] }],
    caller,
  );
}

async function trigger(): Promise<TriggerView> {
  const found = await lab.engine.trigger(id);
  if (found === undefined) throw new Error('the trigger is not there');
  return found;
}

async function runOf(name: string): ReturnType<TestEngine['ended']> {
  return vi.waitFor(() => lab.ended(name), { timeout: 10_000 });
}

test('signals that come one after the other start one run when it is quiet, which took the last one’s parameters', async () => {
  await lab.apply(summary('debounce: 500ms'));
  const first = await publish('Biscoe');
  await publish('Torgersen');
  await publish('Dream');
  expect(first).toMatchObject({
    ok: true,
    value: [{ verdicts: [{ trigger: id, verdict: 'PENDING', fold: { others: 0, quiet: 500 } }] }],
  });
  const { state } = await runOf('summary/1');
  expect(state).toMatchObject({
    status: 'SUCCEEDED',
    params: [{ name: 'island', value: 'Dream' }],
    cause: {
      kind: 'SIGNAL',
      folded: { count: 3, signals: [{ sequence: 1 }, { sequence: 2 }, { sequence: 3 }] },
    },
  });
  expect((await trigger()).state).toMatchObject({ started: 1, tally: { delivered: 3, consumed: 3, pending: 0 } });
});

test('a throttle starts at once and once more at the end of the period, for each group by itself', async () => {
  await lab.apply(summary('throttle: { every: 1s, by: island }'));
  const answers = [await publish('Biscoe'), await publish('Biscoe'), await publish('Dream'), await publish('Biscoe')];
  expect(answers.map((answer) => (answer.ok ? answer.value[0]?.verdicts[0]?.verdict : 'REFUSED'))).toEqual([
    'STARTED',
    'PENDING',
    'STARTED',
    'PENDING',
  ]);
  const { state } = await runOf('summary/3');
  expect(state).toMatchObject({
    params: [{ name: 'island', value: 'Biscoe' }],
    cause: { folded: { count: 2, signals: [{ sequence: 2 }, { sequence: 4 }] } },
  });
  const before = await runOf('summary/1');
  expect(state.createdAt - before.state.createdAt).toBeGreaterThanOrEqual(1_000);
});

test('what waits is listed and explained with the time of its run, and dropped by a reset', async () => {
  await lab.apply(summary('debounce: { quiet: 1h, by: island }'));
  await publish('Biscoe');
  await publish('Dream');
  await publish('Dream');
  const pending = await lab.engine.pendingOf(await trigger(), 10);
  expect(pending.map(({ state }) => [state.key, state.candidates.length])).toEqual(
    expect.arrayContaining([
      [['Dream'], 2],
      [['Biscoe'], 1],
    ]),
  );
  const texts = (await lab.engine.explain(id))?.reasons.map(({ text }) => text) ?? [];
  expect(texts).toContainEqual(
    expect.stringMatching(
      /^For island = Dream: 2 signals \(measurements\.ready\) wait since .*; one run starts on all of them at .*: no other must come for 1h, or 10h must have passed since the first\.$/u,
    ) as string,
  );
  const reset = await lab.engine.resetTrigger(id, { ...caller, reason: 'a test' });
  expect(reset).toMatchObject({ ok: true, value: { state: { tally: { pending: 0, expired: 3 } } } });
  expect(await lab.engine.pendingOf(await trigger(), 10)).toEqual([]);
});
