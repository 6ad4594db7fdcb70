// A signal that does not come, on the real engine and the machine's clock: its run is made, once, and says why.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { type EntityId } from '../../src/core/ids.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';

let lab: TestEngine;
const caller = { actor: 'ada' };
const id = 'trigger:watch/absent-1' as EntityId;

beforeEach(async () => {
  lab = await createTestEngine();
});
afterEach(async () => {
  await lab.stop();
  expect(lab.errors).toEqual([]);
});

const watch = `
id: watch
params: { what: none }
triggers:
  - { absentFor: 200ms, signal: measurements.ready, params: { what: "\${absence.signal}" } }
steps: [{ id: tell, noop: true }]
`;

async function runOf(name: string): ReturnType<TestEngine['ended']> {
  return vi.waitFor(() => lab.ended(name), { timeout: 5_000 });
}

test('a signal that does not come starts one run, and coming it is heard', async () => {
  await lab.apply(watch);
  const { state } = await runOf('watch/1');
  expect(state).toMatchObject({
    status: 'SUCCEEDED',
    params: [{ name: 'what', value: 'measurements.ready' }],
    cause: { kind: 'ABSENCE', trigger: 'absent-1', name: 'measurements.ready' },
  });
  expect((await lab.engine.explain(id))?.reasons[0]?.text).toMatch(/^No measurements\.ready has come since /u);
  const heard = await lab.engine.publishSignals([{ name: 'measurements.ready', params: [] }], caller);
  expect(heard).toMatchObject({ ok: true, value: [{ verdicts: [{ trigger: id, verdict: 'HEARD' }] }] });
  const again = await runOf('watch/2');
  expect(again.state.cause).toMatchObject({ kind: 'ABSENCE', last: expect.any(String) as string });
  expect((await lab.engine.trigger(id))?.state.started).toBe(2);
});
