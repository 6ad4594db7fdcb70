// Backfills through the use cases: plans against what really ran, refused when the world moved, and one run for each line.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BackfillView, type BackfillWish } from '../../src/engine/backfill-cases.ts';
import { type Answer } from '../../src/engine/answer.ts';
import { type EntityId } from '../../src/core/ids.ts';
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

const daily = `
id: penguins
runStrategy: { parallel: 4 }
params: { island: Biscoe }
triggers:
  - { cron: "0 6 * * *", timezone: Europe/Madrid, params: { island: Dream } }
steps: [{ id: count, noop: true }]
`;

const week: BackfillWish = {
  workflowId: 'penguins',
  lines: { kind: 'TICKS', from: '2026-03-26', to: '2026-04-01' },
  params: [],
  redo: 'MISSING',
  order: 'OLDEST_FIRST',
  concurrency: 2,
};

async function planned(wish: Partial<BackfillWish> = {}): Promise<BackfillView> {
  return valueOf(await lab.engine.planBackfill({ ...week, ...wish }, caller));
}

function valueOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.refusals.map(({ message }) => message).join(' '));
  return answer.value;
}

async function over(id: EntityId): Promise<BackfillView> {
  const workflowId = 'penguins';
  const first = await lab.engine.backfill(id);
  if (first === undefined) throw new Error(`there is no ${id}`);
  const isOver = ({ state }: BackfillView): boolean => state.status === 'SUCCEEDED' || state.status === 'FAILED';
  if (isOver(first)) return first;
  for await (const { kind } of lab.engine.watch({ kind: 'backfill', id, workflowId }, first.cursor)) {
    if (kind === 'LAGGED') break;
    const now = await lab.engine.backfill(id);
    if (now !== undefined && isOver(now)) return now;
  }
  throw new Error('the watch ended');
}

function verdicts(lines: Awaited<ReturnType<TestEngine['engine']['backfillLines']>>): string {
  return lines.map(({ line }) => line.verdict).join(' ');
}

test('a week of a daily trigger over the change of the clocks is seven lines, at six in the morning of its zone', async () => {
  await lab.apply(daily);
  const plan = await planned();
  const lines = await lab.engine.backfillLines(plan.id, 0, 100);
  expect(lines.map(({ line }) => new Date(line.scheduledFor ?? 0).toISOString().slice(5, 16))).toEqual([
    '03-26T05:00',
    '03-27T05:00',
    '03-28T05:00',
    '03-29T04:00',
    '03-30T04:00',
    '03-31T04:00',
    '04-01T04:00',
  ]);
  expect(plan.state).toMatchObject({ status: 'PLANNED', plan: { total: 7, verdicts: { NEW: 7 } } });
});

test('applied, it makes exactly one run for each line, with the parameters of the trigger', async () => {
  await lab.apply(daily);
  const plan = await planned();
  const applying = { backfill: plan.id, hash: plan.state.plan.hash };
  const answer = await lab.engine.applyBackfill(applying, { ...caller, idempotencyKey: 'once' });
  expect(answer.ok).toBe(true);
  const { state, cursor } = await over(plan.id);
  expect(state).toMatchObject({ status: 'SUCCEEDED', counts: { SUCCEEDED: 7 } });
  const { rows } = await lab.engine.runs({ limit: 100, order: 'OLDEST_FIRST' }, { workflowId: 'penguins' }, cursor);
  expect(new Set(rows.map(({ row }) => row.scheduledFor)).size).toBe(7);
  expect((await lab.engine.run({ workflowId: 'penguins', number: 3 }))?.state.params).toMatchObject([
    { name: 'island', value: 'Dream' },
  ]);
  const again = await lab.engine.applyBackfill(applying, { ...caller, idempotencyKey: 'once' });
  expect(again).toMatchObject({ ok: true, replayed: true });
  expect(await lab.engine.applyBackfill(applying, caller)).toMatchObject({
    ok: false,
    refusals: [{ code: 'ACTION_NOT_ALLOWED', status: 'SUCCEEDED' }],
  });
  expect(verdicts(await lab.engine.backfillLines((await planned()).id, 0, 100))).toBe(
    'SKIP SKIP SKIP SKIP SKIP SKIP SKIP',
  );
});

test('a plan is refused with the difference when a run came for one of its lines, and can be applied with the new hash', async () => {
  await lab.apply(daily);
  const plan = await planned();
  await lab.engine.startRun(
    { workflowId: 'penguins', params: [], labels: [], scheduledFor: Date.UTC(2026, 2, 27, 5) },
    caller,
  );
  await lab.ended('penguins/1');
  const refused = await lab.engine.applyBackfill({ backfill: plan.id, hash: plan.state.plan.hash }, caller);
  expect(refused).toMatchObject({
    ok: false,
    refusals: [{ code: 'ACTION_NOT_ALLOWED', status: 'MOVED' }],
    moved: {
      differences: [
        {
          key: { scheduledFor: Date.UTC(2026, 2, 27, 5) },
          before: { verdict: 'NEW' },
          after: { verdict: 'SKIP', seen: { number: 1 } },
        },
      ],
    },
  });
  expect((await lab.engine.backfill(plan.id))?.state.status).toBe('PLANNED');
  if (refused.ok || refused.moved === undefined) throw new Error('it was not refused');
  const answer = await lab.engine.applyBackfill({ backfill: plan.id, hash: refused.moved.hash }, caller);
  expect(answer.ok).toBe(true);
  expect((await over(plan.id)).state.counts).toMatchObject({ SUCCEEDED: 6 });
});

test('a plan of the active version is refused when another is active, and one of a named version is not', async () => {
  await lab.apply(daily);
  const [following, pinned] = [await planned(), await planned({ version: 1 })];
  await lab.apply(daily.replace('count', 'tally'));
  const hashOf = ({ id, state }: BackfillView) => ({ backfill: id, hash: state.plan.hash });
  expect(await lab.engine.applyBackfill(hashOf(following), caller)).toMatchObject({
    ok: false,
    moved: { version: 2, differences: [] },
  });
  expect((await lab.engine.applyBackfill(hashOf(pinned), caller)).ok).toBe(true);
  expect((await over(pinned.id)).state.status).toBe('SUCCEEDED');
  expect((await lab.engine.run({ workflowId: 'penguins', number: 1 }))?.state.version).toBe(1);
});

test('keys that are given get a run each, but for those with a run that has their parameters', async () => {
  await lab.apply(daily);
  await lab.engine.startRun(
    { workflowId: 'penguins', params: [{ name: 'island', value: 'Dream' }], labels: [] },
    caller,
  );
  await lab.ended('penguins/1');
  const keys = ['Dream', 'Torgersen'].map((value) => [{ name: 'island', value }]);
  const plan = await planned({ lines: { kind: 'KEYS', keys } });
  expect(verdicts(await lab.engine.backfillLines(plan.id, 0, 100))).toBe('SKIP NEW');
  await lab.engine.applyBackfill({ backfill: plan.id, hash: plan.state.plan.hash }, caller);
  expect((await over(plan.id)).state.counts).toMatchObject({ SUCCEEDED: 1 });
  expect((await lab.engine.run({ workflowId: 'penguins', number: 2 }))?.state.params).toMatchObject([
    { value: 'Torgersen' },
  ]);
});

test.each([
  [{ lines: { kind: 'TICKS', from: '2026-03-31', to: '2026-03-26' } }, '`from` is later than `to`.'],
  [{ lines: { kind: 'TICKS', from: '2026-02-30', to: '2026-03-26' } }, '`from` is no time: 2026-02-30.'],
  [
    { lines: { kind: 'TICKS', from: '2999-01-01', to: '2999-01-02' } },
    'Every time from 2999-01-01 on is still to come',
  ],
  [
    { lines: { kind: 'TICKS', from: '2026-03-01', to: '2026-03-02', trigger: 'dayly' } },
    '"penguins" has no time trigger "dayly".',
  ],
  [{ version: 9 }, '"penguins" has no version 9.'],
  [
    { lines: { kind: 'KEYS', keys: [[{ name: 'island', value: 'Dream' }], [{ name: 'island', value: 'Dream' }]] } },
    'The keys 1 and 2 are the same.',
  ],
  [{ params: [{ name: 'islnd', value: 'Dream' }] }, 'islnd'],
] as const)('the wish %o is refused: %s', async (wish, message) => {
  await lab.apply(daily);
  const answer = await lab.engine.planBackfill({ ...week, ...(wish as Partial<BackfillWish>) }, caller);
  expect(answer.ok ? '' : answer.refusals.map((refusal) => refusal.message).join(' ')).toContain(message);
});
