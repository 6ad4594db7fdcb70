import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type EntityId } from '../../src/core/ids.ts';
import { type TriggerView } from '../../src/engine/engine.ts';
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

const joined = `
id: penguins
params: { island: Biscoe, warm: false }
triggers:
  - all:
      - { signal: measurements.ready, as: measured, joinOn: island }
      - { signal: weather.ready, as: weather, joinOn: place }
    within: 6h
    params: { island: "\${signals.measured.island}", warm: "\${signals.weather.warm}" }
steps:
  - id: announce
    publish: { signal: model.ready, params: { island: "\${island}", day: "\${signals.weather.day}" } }
`;

const id = 'trigger:penguins/all-1' as EntityId;

function publish(name: string, params: Readonly<Record<string, string | boolean>>) {
  const entries = Object.entries(params).map(([key, value]) => ({ name: key, value }));
  return lab.engine.publishSignals([{ name, params: entries }], caller);
}

async function trigger(): Promise<TriggerView> {
  const found = await lab.engine.trigger(id);
  if (found === undefined) throw new Error('the trigger is not there');
  return found;
}

test('two signals with the same key start one run, which reads both', async () => {
  await lab.apply(joined);
  await publish('weather.ready', { place: 'Torgersen', warm: false, day: 'mon' });
  await publish('weather.ready', { place: 'Dream', warm: true, day: 'tue' });
  const answer = await publish('measurements.ready', { island: 'Dream' });
  expect(answer).toMatchObject({ ok: true, value: [{ verdicts: [{ verdict: 'STARTED', run: 'run:penguins/1.1' }] }] });
  const { state } = await lab.ended('penguins/1');
  expect(state).toMatchObject({
    status: 'SUCCEEDED',
    params: [
      { name: 'island', value: 'Dream' },
      { name: 'warm', value: true },
    ],
    cause: { kind: 'SIGNAL', name: 'measurements.ready', signals: [{ as: 'measured' }, { as: 'weather' }] },
  });
  await vi.waitFor(async () => {
    const { rows } = await lab.engine.signals({ limit: 1, order: 'NEWEST_FIRST' }, { name: 'model.ready' });
    expect(rows[0]?.row.signal.params).toEqual([
      { name: 'day', value: 'tue' },
      { name: 'island', value: 'Dream' },
    ]);
  });
});

test('what waits is listed, explained with what is missing, and dropped by a reset', async () => {
  await lab.apply(joined);
  await publish('measurements.ready', { island: 'Biscoe' });
  await publish('measurements.ready', { island: 'Dream' });
  const pending = await lab.engine.pendingOf(await trigger(), 10);
  expect(pending.map(({ state }) => state.key)).toEqual(expect.arrayContaining([['Dream'], ['Biscoe']]));
  expect((await lab.engine.explain(id))?.reasons[0]).toMatchObject({
    code: 'WAITING_FOR_SIGNAL',
    text: expect.stringMatching(
      /1 signal \(measurements.ready\) waits since .*; missing: weather.ready with place = /u,
    ) as string,
    unblock: expect.stringContaining('downbeat publish weather.ready -p place=') as string,
  });
  const reset = await lab.engine.resetTrigger(id, { ...caller, reason: 'a test' });
  expect(reset).toMatchObject({
    ok: true,
    value: { state: { tally: { pending: 0, expired: 2 }, lastExpired: { reason: 'ada reset the trigger: a test' } } },
  });
  expect(await lab.engine.pendingOf(await trigger(), 10)).toEqual([]);
  expect(await publish('weather.ready', { place: 'Biscoe' })).toMatchObject({
    ok: true,
    value: [{ verdicts: [{ verdict: 'PENDING' }] }],
  });
});
