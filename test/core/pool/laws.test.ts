// The ledger of permits under whatever people and programs do, message by message: nothing leaks, nothing is forgotten, nobody
// goes on without what it needs; and at rest exactly those hold permits that go on.

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { type EntityId, poolsEntity } from '../../../src/core/ids.ts';
import { type CommandBody } from '../../../src/core/partition/command.ts';
import { type EntityState } from '../../../src/core/partition/entity.ts';
import { grantable } from '../../../src/core/pool/grants.ts';
import { type Quarantinable } from '../../../src/core/quarantine.ts';
import { type RunState } from '../../../src/core/run/state.ts';
import { given, kill, pause, restart, resume, type Situation, start, stop, wake } from '../../support/given.ts';
import { permitFaults } from '../../support/permits.ts';

const FLOWS = [
  'id: solo\nrunStrategy: { parallel: 9 }\nsteps: [{ id: a, run: x, pool: gpu, retry: 1 }, { id: b, needs: a, run: x, pools: { gpu: 2, licence: 1 }, priority: 80 }]',
  'id: loop\nrunStrategy: { parallel: 9 }\nrunStepConcurrency: 2\nsteps: [{ id: each, foreach: { i: [1, 2, 3] }, steps: [{ id: a, run: x, tags: [licence], timeout: 20s }] }]\nfinally: [{ id: z, run: x, pool: gpu }]',
  'id: call\nrunStrategy: { parallel: 9 }\nstepConcurrency: 2\nsteps: [{ id: c, workflow: solo, pool: licence }, { id: d, run: x, onFailure: fail-now }]',
];

type Move =
  | { readonly kind: 'command'; readonly body: CommandBody }
  | { readonly kind: 'deliver'; readonly count: number }
  | { readonly kind: 'report'; readonly which: number; readonly how: number }
  | { readonly kind: 'control'; readonly which: number; readonly how: number }
  | { readonly kind: 'wait'; readonly seconds: number };

const moves: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    kind: fc.constant('command' as const),
    body: fc.constantFrom('solo', 'loop', 'call').map((id) => start(id)),
  }),
  fc.record({
    kind: fc.constant('command' as const),
    body: fc
      .tuple(fc.constantFrom('gpu', 'licence'), fc.integer({ min: 0, max: 4 }))
      .map(([pool, size]): CommandBody => ({ type: 'ApplyPool', pool, size })),
  }),
  fc.record({
    kind: fc.constant('command' as const),
    body: fc.constantFrom('gpu', 'licence').map((pool): CommandBody => ({ type: 'DeletePool', pool })),
  }),
  fc.record({ kind: fc.constant('deliver' as const), count: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('deliver' as const), count: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('report' as const), which: fc.nat(20), how: fc.nat(3) }),
  fc.record({ kind: fc.constant('report' as const), which: fc.nat(20), how: fc.nat(3) }),
  fc.record({ kind: fc.constant('control' as const), which: fc.nat(20), how: fc.nat(8) }),
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.constantFrom(1, 5, 30) }),
);

const FAILURE = { kind: 'USER', code: 'X', message: 'x', retryable: true } as const;
const RESULTS = [
  { outcome: 'succeeded', outputs: [], artifacts: [], signals: [] },
  { outcome: 'failed', failure: FAILURE },
  { outcome: 'failed', failure: { ...FAILURE, retryable: false } },
  { outcome: 'cancelled' },
] as const;

function runsOf(situation: Situation): readonly (readonly [EntityId, RunState & Quarantinable])[] {
  return [...situation.entities()].flatMap(([id, { state }]) => (state.kind === 'run' ? [[id, state] as const] : []));
}

/** Every attempt that is out at a host. */
function attemptsOf(situation: Situation): readonly CommandBody[] {
  return runsOf(situation).flatMap(([, run]) =>
    run.steps.flatMap(({ attempts }, step) => {
      const attempt = attempts.at(-1);
      if (attempt?.token === undefined || attempt.endedAt !== undefined || run.quarantine !== undefined) return [];
      const { workflowId, number, attempt: of, path } = run;
      const place = { workflowId, number, attempt: of, ...(path === undefined ? {} : { path }) };
      const report = { step, attempt: attempt.number, token: attempt.token, result: RESULTS[0] };
      return [{ type: 'ReportAttempt', run: place, report } satisfies CommandBody];
    }),
  );
}

function report(situation: Situation, which: number, how: number): void {
  const all = attemptsOf(situation);
  const body = all[which % Math.max(1, all.length)];
  if (body?.type !== 'ReportAttempt') return;
  const { result: _, ...known } = body.report;
  situation.when({ ...body, report: { ...known, result: RESULTS[how % RESULTS.length] ?? RESULTS[0] } });
}

function control(situation: Situation, which: number, how: number): void {
  const all = runsOf(situation);
  const [id, run] = all[which % Math.max(1, all.length)] ?? [];
  if (id === undefined || run === undefined) return;
  const name = id.slice('run:'.length).replace(/(\/\d+)\.\d+/u, '$1');
  const isWhole = run.path === undefined;
  const { steps } = run;
  const stepId = run.workflowId === 'solo' ? (['a', 'b'][which % Math.max(1, steps.length)] ?? 'a') : 'a';
  const { workflowId, number } = run;
  const acts: readonly (() => CommandBody | undefined)[] = [
    () => (isWhole ? stop(name) : undefined),
    () => (isWhole ? kill(name) : undefined),
    () => (isWhole ? pause(name) : undefined),
    () => (isWhole ? resume(name) : undefined),
    () => (isWhole ? restart(name) : undefined),
    () => ({ type: 'SkipStep', run: { workflowId, number }, stepId }),
    () => ({ type: 'SetAside', aim: { kind: 'entity', id }, reason: 'a test' }),
    () => ({ type: 'Release', entity: id }),
    () => ({ type: 'HostsLost', entity: id, hosts: [situation.host] }),
  ];
  const body = acts[how]?.();
  if (body !== undefined) situation.when(body);
}

function statesOf(situation: Situation): ReadonlyMap<EntityId, EntityState> {
  return new Map([...situation.entities()].map(([id, { state }]) => [id, state]));
}

/** What does not hold; a pool that was just made smaller may be overfull. */
function faultsOf(situation: Situation): readonly string[] {
  const faults = permitFaults(
    statesOf(situation),
    situation.letters.map(({ message }) => message),
  );
  return faults.filter((fault) => !fault.includes('are held, of'));
}

function act(situation: Situation, move: Move): void {
  if (move.kind === 'command') situation.when(move.body);
  else if (move.kind === 'deliver') situation.delivered(move.count);
  else if (move.kind === 'report') report(situation, move.which, move.how);
  else if (move.kind === 'control') control(situation, move.which, move.how);
  else situation.after(move.seconds * 1_000);
}

test('nothing leaks and nothing is forgotten, whatever happens, and in the end everything is returned', () => {
  fc.assert(
    fc.property(fc.array(moves, { minLength: 5, maxLength: 60 }), (all) => {
      const situation = given(...FLOWS);
      situation.when({ type: 'ApplyPool', pool: 'gpu', size: 2 }).when({ type: 'ApplyPool', pool: 'licence', size: 2 });
      for (const move of all) {
        act(situation, move);
        expect(faultsOf(situation)).toEqual([]);
      }
      comeToRest(situation);
    }),
    { numRuns: 150 },
  );
});

/** Everything is released, delivered and ended: then nothing is held and nobody waits. */
function comeToRest(situation: Situation): void {
  for (const [id, { quarantine }] of runsOf(situation)) {
    if (quarantine !== undefined) situation.when({ type: 'Release', entity: id });
  }
  situation.delivered();
  const ledger = situation.entity(poolsEntity())?.state;
  if (ledger?.kind === 'pools') expect(grantable(ledger)).toEqual([]);
  for (let round = 0; round < 10; round++) endAll(situation);
  expect(faultsOf(situation)).toEqual([]);
  expect(situation.entity(poolsEntity())?.state).toMatchObject({ held: [], waiting: [] });
  const left = runsOf(situation).filter(([, { status }]) => status === 'RUNNING');
  expect(left.map(([id]) => id)).toEqual([]);
}

function endAll(situation: Situation): void {
  for (const [id, run] of runsOf(situation)) {
    if (run.path === undefined && run.endedAt === undefined) situation.when(kill(id.slice('run:'.length)));
  }
  situation.delivered();
  for (const body of attemptsOf(situation)) situation.when(body);
  for (const [id] of runsOf(situation)) situation.when(wake(id));
  situation.delivered();
}
