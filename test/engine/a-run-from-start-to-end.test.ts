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

const chain = `
id: chain
params: { cutoff: 40 }
steps:
  - id: first
    noop: true
  - id: second
    needs: first
    run: echo "rows=42" >> "$DOWNBEAT_OUTPUTS"; echo hello
    outputs: { rows: long }
  - id: third
    needs: second
    when: steps.second.rows > cutoff
    noop: true
  - id: fourth
    needs: third
    when: steps.second.rows > 100
    noop: true
`;

test('a run does its steps in order and leaves out what its condition forbids', async () => {
  await lab.apply(chain);
  const started = await lab.engine.startRun({ workflowId: 'chain', params: [], labels: [] }, caller);
  expect(started).toMatchObject({ ok: true, value: { state: { number: 1, status: 'RUNNING' } } });
  const { state } = await lab.ended('chain/1');
  expect(state.status).toBe('SUCCEEDED');
  expect(state.steps.map((step) => step.status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED', 'UNSATISFIED']);
  expect(state.steps[1]?.outputs).toEqual([{ name: 'rows', value: 42 }]);
  expect(await lab.engine.logTail(state, 'second', 10)).toMatchObject([{ number: 1, text: 'hello', stream: 'out' }]);
  const why = await lab.engine.explain('step:chain/1/fourth');
  expect(why?.summary).toBe(
    '"fourth" was left out: its condition `steps.second.rows > 100` is false, since steps.second.rows is 42.',
  );
});

test('a second run of a sequential workflow waits for the first, and says so', async () => {
  await lab.apply('id: slow\nsteps: [{ id: nap, sleep: 300ms }]');
  await lab.engine.startRun({ workflowId: 'slow', params: [], labels: [] }, caller);
  const second = await lab.engine.startRun({ workflowId: 'slow', params: [], labels: [] }, caller);
  expect(second).toMatchObject({ ok: true, value: { state: { number: 2, status: 'QUEUED' } } });
  expect((await lab.engine.explain('run:slow/2'))?.summary).toBe(
    'It waits in the queue: "slow" does one run at a time, and slow/1 is still going on; it is next.',
  );
  expect((await lab.ended('slow/2')).state.status).toBe('SUCCEEDED');
});

test('the same key gives the same run, and other arguments under it are refused', async () => {
  await lab.apply('id: once\nparams: { n: 1 }\nsteps: [{ id: only, noop: true }]');
  const keyed = { actor: 'ada', idempotencyKey: 'k' };
  const first = await lab.engine.startRun({ workflowId: 'once', params: [], labels: [] }, keyed);
  const again = await lab.engine.startRun({ workflowId: 'once', params: [], labels: [] }, keyed);
  expect(first).toMatchObject({ ok: true, replayed: false, value: { state: { number: 1 } } });
  expect(again).toMatchObject({ ok: true, replayed: true, value: { state: { number: 1 } } });
  const other = await lab.engine.startRun({ workflowId: 'once', params: [{ name: 'n', value: 2 }], labels: [] }, keyed);
  expect(other).toMatchObject({ ok: false, refusals: [{ code: 'IDEMPOTENCY_MISMATCH' }] });
});

test('a stopped run ends, starts nothing any more, and can be restarted under the same number', async () => {
  await lab.apply('id: long\nsteps: [{ id: wait, run: sleep 60 }, { id: after, needs: wait, noop: true }]');
  await lab.engine.startRun({ workflowId: 'long', params: [], labels: [] }, caller);
  await lab.engine.stopRun({ workflowId: 'long', number: 1 }, caller);
  const { state } = await lab.ended('long/1');
  expect(state.status).toBe('STOPPED');
  expect(state.steps.map((step) => step.status)).toEqual(['STOPPED', 'NOT_CREATED']);
  const again = await lab.engine.restartRun({ run: { workflowId: 'long', number: 1 }, params: [] }, caller);
  expect(again).toMatchObject({ ok: true, value: { state: { number: 1, attempt: 2, status: 'RUNNING' } } });
  await lab.engine.stopRun({ workflowId: 'long', number: 1 }, caller);
});

test('a failing step is tried again as its policy says, and then fails the run', async () => {
  await lab.apply('id: flaky\nsteps: [{ id: try, run: exit 3, retry: { user: 1, backoff: 10ms..10ms } }]');
  await lab.engine.startRun({ workflowId: 'flaky', params: [], labels: [] }, caller);
  const { state } = await lab.ended('flaky/1');
  expect(state.status).toBe('FAILED');
  expect(state.steps[0]?.attempts).toHaveLength(2);
  expect(state.failure).toMatchObject({ kind: 'USER', code: 'EXIT_CODE' });
});

test('a step that takes longer than its timeout is ended and times out', async () => {
  await lab.apply('id: late\nsteps: [{ id: wait, run: sleep 60, timeout: 200ms }]');
  await lab.engine.startRun({ workflowId: 'late', params: [], labels: [] }, caller);
  const { state } = await lab.ended('late/1');
  expect(state.status).toBe('TIMED_OUT');
  expect(state.steps[0]?.failure).toMatchObject({ kind: 'TIMEOUT', code: 'STEP_TIMEOUT' });
});
