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

const flow = 'id: flow\nsteps: [{ id: a, sleep: 1ms, pool: gpu }]';
const pool = (size: number): string => `kind: pool\nid: gpu\nsize: ${String(size)}`;

test('a step waits for its pool, says so, and goes on when there is room; in the end nothing is held', async () => {
  expect(await lab.engine.applyPool({ source: pool(0) }, caller)).toMatchObject({ ok: true, value: { changed: true } });
  await lab.apply(flow);
  await lab.engine.startRun({ workflowId: 'flow', params: [], labels: [] }, caller);
  await expect
    .poll(async () => (await lab.engine.pools()).ledger.waiting.map(({ run, stepId }) => `${run} ${stepId}`))
    .toEqual(['run:flow/1.1 a']);
  expect((await lab.engine.explain('step:flow/1/a'))?.summary).toBe(
    '"a" waits for 1 of pool gpu, and that has 0 in all: it cannot begin like this.',
  );
  expect(await lab.engine.deletePool('gpu', caller)).toMatchObject({
    ok: false,
    refusals: [{ code: 'ACTION_NOT_ALLOWED' }],
  });
  expect(await lab.engine.applyPool({ source: pool(1) }, caller)).toMatchObject({ ok: true });
  expect((await lab.ended('flow/1')).state.status).toBe('SUCCEEDED');
  await expect.poll(async () => (await lab.engine.pools()).ledger).toMatchObject({ held: [], waiting: [] });
  expect(await lab.engine.applyPool({ source: pool(1) }, caller)).toMatchObject({
    ok: true,
    value: { changed: false },
  });
  expect(await lab.engine.deletePool('gpu', caller)).toMatchObject({ ok: true });
});

test('who repeats the applying of a pool that has been deleted since is told so', async () => {
  const keyed = { ...caller, idempotencyKey: 'monday' };
  expect(await lab.engine.applyPool({ source: pool(1) }, keyed)).toMatchObject({ ok: true });
  expect(await lab.engine.deletePool('gpu', caller)).toMatchObject({ ok: true });
  expect(await lab.engine.applyPool({ source: pool(1) }, keyed)).toMatchObject({
    ok: false,
    refusals: [{ code: 'NOT_FOUND', message: 'The pool "gpu" was applied, and it has been deleted since.' }],
  });
});

test('a pool that is not there is refused with its place and the nearest name', async () => {
  await lab.engine.applyPool({ source: pool(1) }, caller);
  const source = 'id: other\nsteps:\n  - { id: a, run: x, pool: gpo }\n  - { id: b, run: x, pools: { gpu: 2 } }';
  const answer = await lab.engine.applyWorkflow({ source, files: [], activate: true }, caller);
  expect(answer).toMatchObject({
    ok: false,
    refusals: [
      { code: 'BAD_DEFINITION', hint: 'Did you mean "gpu"?', place: { line: 3, rule: 'unknown-pool' } },
      { code: 'BAD_DEFINITION', place: { line: 4, rule: 'more-than-the-pool' } },
    ],
  });
});

test('what is wrong with a pool is told with its place', async () => {
  const answer = await lab.engine.applyPool({ source: 'kind: pool\nid: gpu\nsiez: 4' }, caller);
  expect(answer).toMatchObject({
    ok: false,
    refusals: [{ place: { line: 3, rule: 'unknown-key', suggestion: 'size' } }, { place: { rule: 'missing-key' } }],
  });
});
