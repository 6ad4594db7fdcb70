import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestEngine, type TestEngine } from '../support/engine.ts';

let lab: TestEngine;
const caller = { actor: 'ada' };

beforeEach(async () => {
  lab = await createTestEngine();
});
afterEach(async () => {
  await lab.stop();
  expect(lab.errors).toEqual([]);
});

const listener = `
id: penguins
params: { island: Biscoe }
triggers:
  - signal: measurements.ready
    where: { rows: ">= 100" }
    params: { island: "\${signal.island}" }
steps:
  - id: announce
    publish: { signal: model.ready, params: { island: "\${island}" } }
`;

function signal(rows: number): { name: string; params: { name: string; value: string | number }[] } {
  return {
    name: 'measurements.ready',
    params: [
      { name: 'rows', value: rows },
      { name: 'island', value: 'Dream' },
    ],
  };
}

test('a signal that meets the demands starts a run, and the receipt names it', async () => {
  await lab.apply(listener);
  const answer = await lab.engine.publishSignals([signal(344)], caller);
  expect(answer).toMatchObject({
    ok: true,
    value: [{ sequence: 1, awaited: [], verdicts: [{ verdict: 'STARTED', run: 'run:penguins/1.1' }] }],
  });
  const { state } = await lab.ended('penguins/1');
  expect(state).toMatchObject({
    status: 'SUCCEEDED',
    params: [{ name: 'island', value: 'Dream' }],
    cause: { kind: 'SIGNAL' },
  });
});

test('a signal that does not meet the demands starts nothing, and receipt and explanation say which clause decided', async () => {
  await lab.apply(listener);
  const answer = await lab.engine.publishSignals([signal(7)], caller);
  expect(answer).toMatchObject({
    ok: true,
    value: [{ verdicts: [{ verdict: 'UNMET', clause: { param: 'rows', operator: '>=', operand: 100 }, actual: 7 }] }],
  });
});

test('a run that publishes starts the workflow that listens', async () => {
  await lab.apply(listener);
  await lab.apply(
    'id: card\nparams: { island: none }\ntriggers: [{ signal: model.ready, params: { island: "${signal.island}" } }]\nsteps: [{ id: write, noop: true }]',
  );
  await lab.engine.publishSignals([signal(200)], caller);
  await lab.ended('penguins/1');
  for await (const change of lab.engine.watch(
    { kind: 'workflow', workflowId: 'card' },
    (await lab.engine.head()).map((place) => ({ ...place, n: 0, i: -1 })),
  )) {
    if (change.events.some(({ event }) => event.type === 'RunEnded')) break;
  }
  expect((await lab.ended('card/1')).state).toMatchObject({
    status: 'SUCCEEDED',
    params: [{ name: 'island', value: 'Dream' }],
  });
});

test('paused triggers start nothing and say so; resumed ones start again', async () => {
  await lab.apply(listener);
  await lab.engine.pauseTriggers('penguins', caller);
  expect(await lab.engine.publishSignals([signal(200)], caller)).toMatchObject({
    value: [{ verdicts: [{ verdict: 'PAUSED' }] }],
  });
  await lab.engine.resumeTriggers('penguins', caller);
  expect(await lab.engine.publishSignals([signal(200)], caller)).toMatchObject({
    value: [{ verdicts: [{ verdict: 'STARTED' }] }],
  });
});

test('a cron trigger starts one run a tick', async () => {
  await lab.apply('id: tick\ntriggers: [{ cron: "* * * * * *" }]\nsteps: [{ id: only, noop: true }]');
  const seen = new Set<number>();
  for await (const change of lab.engine.watch({ kind: 'workflow', workflowId: 'tick' })) {
    for (const { event } of change.events) {
      if (event.type === 'TickFired') {
        expect(seen.has(event.scheduledFor)).toBe(false);
        seen.add(event.scheduledFor);
      }
    }
    if (seen.size === 3) break;
  }
  const [first = 0, , third = 0] = [...seen];
  expect(third - first).toBe(2_000);
});
