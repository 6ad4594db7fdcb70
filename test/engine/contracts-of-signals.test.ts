import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Answer } from '../../src/engine/answer.ts';
import { type Json } from '../../src/core/json.ts';
import { type SignalState } from '../../src/core/signal/signal.ts';
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

const contract = (params: string, force = false): ReturnType<TestEngine['engine']['applySignalType']> =>
  lab.engine.applySignalType({ source: `kind: signal\nname: measured\nparams: ${params}`, force }, caller);

const publish = (params: Readonly<Record<string, Json>>, key?: string): Promise<Answer<readonly SignalState[]>> =>
  lab.engine.publishSignals(
    [{ name: 'measured', params: Object.entries(params).map(([name, value]) => ({ name, value })) }],
    { actor: 'ada', ...(key === undefined ? {} : { idempotencyKey: key }) },
  );

const quarantine = async (): Promise<readonly unknown[]> =>
  (await lab.engine.refusedPublications('measured'))?.refused ?? [];

test('a contract has versions, and the same content is the same version', async () => {
  expect(await contract('{ rows: long }')).toMatchObject({ ok: true, value: { version: 1, changed: true } });
  expect(await contract('{ rows: LONG }')).toMatchObject({ value: { version: 1, changed: false } });
  expect(await contract('{ rows: long, note: string? }')).toMatchObject({ value: { version: 2, changed: true } });
  expect(await lab.engine.signalType('measured')).toMatchObject({
    state: { contract: { version: 2, appliedBy: 'ada' }, contractVersions: [{ version: 1 }, { version: 2 }] },
  });
});

test('a contract that takes less is refused with what would be refused, unless it is forced', async () => {
  await contract('{ rows: long }');
  expect(await contract('{ rows: long, island: string }')).toMatchObject({
    ok: false,
    refusals: [
      {
        code: 'CONTRACT_NARROWED',
        message:
          'The new contract of "measured" takes less than the one before: A publication without `island` would now be refused.',
      },
    ],
  });
  expect(await contract('{ rows: long, island: string }', true)).toMatchObject({ value: { version: 2 } });
});

test('what does not fit is refused with its path, rests in the quarantine once however often it comes, and is remembered by no key', async () => {
  await contract('{ rows: long }');
  const wrong = {
    ok: false,
    refusals: [
      {
        code: 'CONTRACT_BROKEN',
        path: ['params', 'rows'],
        message: 'A signal "measured" does not fit its contract: `rows` must be a whole number, and is "3".',
      },
    ],
  };
  expect(await publish({ rows: '3' }, 'k')).toMatchObject(wrong);
  expect(await publish({ rows: '3' }, 'k')).toMatchObject(wrong);
  expect(await quarantine()).toMatchObject([{ by: 'ada', times: 2, version: 1, faults: [{ path: ['rows'] }] }]);
  expect(await publish({ rows: 3 }, 'k')).toMatchObject({ ok: true, value: [{ sequence: 1 }] });
});

test('what was refused is published once it fits, by whom and for when it was published first', async () => {
  await contract('{ rows: long }');
  await publish({ rows: 3, note: 'x' });
  const [refused] = (await lab.engine.refusedPublications('measured'))?.refused ?? [];
  const target = { name: 'measured', id: refused?.id ?? '' };
  const bob = { actor: 'bob' };
  expect(await lab.engine.republish(target, bob)).toMatchObject({ ok: false, refusals: [{ code: 'CONTRACT_BROKEN' }] });
  expect(await quarantine()).toHaveLength(1);
  await contract('{ rows: long, note: string? }');
  expect(await lab.engine.republish(target, bob)).toMatchObject({
    ok: true,
    value: { publishedBy: 'ada', occurredAt: refused?.firstAt, params: [{ name: 'rows', value: 3 }, { name: 'note' }] },
  });
  expect(await quarantine()).toEqual([]);
  expect(await lab.engine.republish(target, bob)).toMatchObject({ refusals: [{ code: 'NOT_FOUND' }] });
});

test('what was refused can be published with other parameters, or dismissed', async () => {
  await contract('{ rows: long }');
  await publish({ row: 3 });
  await publish({ row: 4 });
  const [one, other] = (await lab.engine.refusedPublications('measured'))?.refused ?? [];
  const mended = { name: 'measured', id: one?.id ?? '', params: [{ name: 'rows', value: 3 }] };
  expect(await lab.engine.republish(mended, caller)).toMatchObject({ ok: true, value: { sequence: 1 } });
  expect(await lab.engine.dismiss({ name: 'measured', id: other?.id ?? '' }, caller)).toMatchObject({ ok: true });
  expect(await quarantine()).toEqual([]);
});

test('the quarantine is bounded: the oldest make room, and it is said how many', async () => {
  await contract('{ rows: long }');
  for (let n = 0; n < 103; n++) await publish({ rows: String(n) });
  const state = await lab.engine.refusedPublications('measured');
  expect(state?.dropped).toBe(3);
  expect(state?.refused.map(({ params }) => params[0]?.value)).toEqual(
    Array.from({ length: 100 }, (_, n) => String(n + 3)),
  );
  await publish({ rows: 'x'.repeat(900_000) });
  await publish({ rows: 'y'.repeat(900_000) });
  expect((await lab.engine.refusedPublications('measured'))?.refused).toHaveLength(1);
});

test('a step that publishes what does not fit succeeds, and its signal rests in the quarantine', async () => {
  await lab.apply(
    'id: flow\nparams: { n: 3 }\nsteps: [{ id: say, publish: { signal: measured, params: { rows: "${n}" } } }]',
  );
  await contract('{ rows: string }');
  await lab.engine.startRun({ workflowId: 'flow', params: [], labels: [] }, caller);
  expect((await lab.ended('flow/1')).state).toMatchObject({ status: 'SUCCEEDED' });
  await expect.poll(quarantine).toMatchObject([{ by: 'step:flow/1/say', params: [{ name: 'rows', value: 3 }] }]);
});

test('a definition that publishes against a contract is refused, in its line', async () => {
  await contract('{ rows: long, island: string }');
  const source = `id: flow
steps:
  - id: say
    publish:
      signal: measured
      params: { row: 3 }
  - id: again
    publish: { signal: measured, params: { rows: many, island: "\${run.number}" } }
`;
  const answer = await lab.engine.applyWorkflow({ source, files: [], activate: true }, caller);
  expect(answer.ok ? [] : answer.refusals.map(({ message, hint, place }) => [place?.line, message, hint])).toEqual([
    [
      5,
      'The step "say" publishes without `rows`, which the contract of "measured" (version 1) asks for.',
      'Add `rows` under `params`.',
    ],
    [
      5,
      'The step "say" publishes without `island`, which the contract of "measured" (version 1) asks for.',
      'Add `island` under `params`.',
    ],
    [
      6,
      'The step "say" publishes `row`, which is not in the contract of "measured" (version 1).',
      'Did you mean "rows"?',
    ],
    [
      8,
      'The step "again" publishes what the contract of "measured" (version 1) does not allow: `rows` must be a whole number, and is "many".',
      undefined,
    ],
  ]);
});

test('a signal name knows which steps publish it and who did', async () => {
  await lab.apply('id: flow\nsteps: [{ id: say, publish: { signal: measured, params: { rows: 3 } } }]');
  await lab.engine.startRun({ workflowId: 'flow', params: [], labels: [] }, caller);
  await lab.engine.startRun({ workflowId: 'flow', params: [], labels: [] }, caller);
  await lab.ended('flow/2');
  await publish({ rows: 1 });
  const publishers = async (): Promise<readonly string[]> =>
    ((await lab.engine.signalType('measured'))?.state.publishers ?? []).map(
      ({ by, count }) => `${by} ${String(count)}`,
    );
  // A step's signal crosses to another partition: it may come after ours.
  await expect.poll(async () => (await publishers()).toSorted()).toEqual(['ada 1', 'step:flow/say 2']);
  expect(await lab.engine.publishingSteps('measured')).toEqual([
    { workflowId: 'flow', stepId: 'say', params: ['rows'] },
  ]);
});

test('equal parameters without a key are two signals, with a key one', async () => {
  const first = await publish({ rows: 1 });
  const second = await publish({ rows: 1 });
  expect([first, second]).toMatchObject([{ value: [{ sequence: 1 }] }, { value: [{ sequence: 2 }] }]);
  expect(await publish({ rows: 1 }, 'k')).toMatchObject({ replayed: false, value: [{ sequence: 3 }] });
  expect(await publish({ rows: 1 }, 'k')).toMatchObject({ replayed: true, value: [{ sequence: 3 }] });
});
