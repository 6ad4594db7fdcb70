// The roll-up of a run against a naive walk over everything that is nested in it, in random workflows at random moments.

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { type StepDefinition } from '../../src/core/definition/model.ts';
import { graphOf } from '../../src/core/definition/graph.ts';
import { iterationsEntity, placeInBook, runEntity, type RunPlace, runPlaceOf } from '../../src/core/ids.ts';
import { chunkOf, type IterationsState } from '../../src/core/run/iterations.ts';
import { evolveRun } from '../../src/core/run/evolve.ts';
import {
  isTerminalRun,
  type LoopState,
  openAttempt,
  type RunState,
  type StepState,
  type StepStatus,
} from '../../src/core/run/state.ts';
import {
  readCounts,
  readTally,
  type StatusCounts,
  stepsIn,
  writeCounts,
  writeTally,
} from '../../src/core/run/tally.ts';
import { flatten } from '../../src/engine/use-cases/flatten.ts';
import { rollUp } from '../../src/engine/use-cases/roll-up.ts';
import { type RunTree, type TreeRun } from '../../src/engine/use-cases/run-tree.ts';
import { type FlattenedRow } from '../../src/engine/views.ts';
import { createSituation, failed, given, type Situation, start, succeeded } from '../support/given.ts';
import { definitionOf, type FlowPlan, flows } from '../core/run/flows.ts';
import { bodyFor } from '../core/run/looking.ts';

interface Happening {
  readonly kind: 'report' | 'fail' | 'deliver' | 'wait' | 'restart' | 'skip' | 'retry' | 'stop' | 'pause' | 'resume';
  readonly pick: number;
}

interface Life {
  readonly flow: FlowPlan;
  readonly kid: FlowPlan;
  readonly history: readonly Happening[];
}

const lives: fc.Arbitrary<Life> = fc.record({
  flow: flows(2, ['kid']),
  kid: flows(1, []),
  history: fc.array(
    fc.record({
      kind: fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom('report' as const, 'deliver' as const) },
        { weight: 3, arbitrary: fc.constantFrom('fail' as const, 'wait' as const, 'restart' as const) },
        { weight: 1, arbitrary: fc.constantFrom('skip', 'retry', 'stop', 'pause', 'resume') },
      ),
      pick: fc.nat(9_999),
    }),
    { minLength: 5, maxLength: 60 },
  ),
});

function runsIn(situation: Situation): readonly RunState[] {
  return [...situation.entities().values()].flatMap(({ state }) => (state.kind === 'run' ? [state] : []));
}

function chosen<T>(list: readonly T[], pick: number): T | undefined {
  return list[pick % Math.max(1, list.length)];
}

function placeOf({ workflowId, number, attempt, path }: RunPlace): RunPlace {
  return { workflowId, number, attempt, ...(path === undefined ? {} : { path }) };
}

function awaited(situation: Situation): readonly string[] {
  return runsIn(situation).flatMap((run) =>
    graphOf(bodyFor(situation, run)).steps.flatMap(({ step, index }) =>
      openAttempt(run.steps[index])?.token === undefined ? [] : [`${runEntity(run).slice('run:'.length)}/${step.id}`],
    ),
  );
}

function happens(situation: Situation, { kind, pick }: Happening): void {
  const whole = runsIn(situation).filter(({ path }) => path === undefined);
  const run = chosen(whole, pick);
  const place = chosen(awaited(situation), pick);
  const target = run && { run: placeOf(run) };
  switch (kind) {
    case 'report':
    case 'fail':
      if (place === undefined) situation.after(20_000);
      else situation.reported(place, kind === 'report' ? succeeded({ i: pick % 6 }) : failed('USER', pick % 2 === 0));
      return;
    case 'deliver':
      situation.delivered(1 + (pick % 3));
      return;
    case 'wait':
      situation.after((pick % 30) * 1_000);
      return;
    case 'restart': {
      const ended = chosen(
        whole.filter(({ status, superseded }) => isTerminalRun(status) && !superseded),
        pick,
      );
      const from = [{ kind: 'INCOMPLETE' }, { kind: 'STEP', step: 's0' }, undefined] as const;
      const begins = from[pick % 3];
      if (ended !== undefined)
        situation.when({
          type: 'RestartRun',
          run: placeOf(ended),
          params: [],
          ...(begins === undefined ? {} : { from: begins }),
        });
      return;
    }
    case 'skip':
    case 'retry':
      if (target !== undefined)
        situation.when({ type: kind === 'skip' ? 'SkipStep' : 'RetryStep', ...target, stepId: `s${String(pick % 3)}` });
      return;
    case 'stop':
      if (target !== undefined) situation.when({ type: 'StopRun', ...target });
      return;
    case 'pause':
      if (target !== undefined) situation.when({ type: 'PauseRun', ...target });
      return;
    case 'resume':
      if (target !== undefined) situation.when({ type: 'ResumeRun', ...target });
  }
}

function live({ flow, kid, history }: Life): Situation {
  const situation = createSituation(3);
  situation.appliedDefinition(definitionOf('flow', flow)).appliedDefinition(definitionOf('kid', kid));
  situation.when(start('flow'));
  for (const event of history) happens(situation, event);
  return situation;
}

function treeOf(situation: Situation): RunTree {
  return {
    run: async (place) => {
      const state = situation.entity(runEntity(place))?.state as RunState | undefined;
      return state === undefined ? undefined : { place, state, steps: stepsIn(bodyFor(situation, state)) };
    },
    record: async (_, book, chunk) =>
      situation.entity(iterationsEntity(book, chunk))?.state as IterationsState | undefined,
  };
}

function treeRun(situation: Situation, state: RunState): TreeRun {
  return { place: placeOf(state), state, steps: stepsIn(bodyFor(situation, state)) };
}

type Counts = Partial<Record<StepStatus, number>>;

function hasBegun(status: StepStatus): boolean {
  return !['NOT_CREATED', 'PAUSED', 'WAITING_FOR_SIGNALS', 'WAITING_FOR_PERMITS'].includes(status);
}

/** Counts leaf steps by looking at every single one of them. */
function walked(situation: Situation, run: RunState, counts: Counts = {}): Counts {
  const count = (status: StepStatus, times = 1): void => {
    if (times > 0) counts[status] = (counts[status] ?? 0) + times;
  };
  for (const { step, index } of graphOf(bodyFor(situation, run)).steps) {
    const state = run.steps[index];
    if (state === undefined) continue;
    const nested = nestedRuns(situation, step, state);
    if (nested === undefined) count(state.status);
    for (const inner of nested ?? []) walked(situation, inner, counts);
    if (nested !== undefined) count('NOT_CREATED', toCome(step, state));
  }
  return counts;
}

/** The steps of iterations that have not begun. */
function toCome({ work }: StepDefinition, { loop }: StepState): number {
  return 'steps' in work ? ((loop?.total ?? 0) - (loop?.next ?? 0)) * work.steps.length : 0;
}

/** The runs that stand in place of a step; undefined where it counts itself. */
function nestedRuns(situation: Situation, step: StepDefinition, state: StepState): readonly RunState[] | undefined {
  const { loop, child, status } = state;
  const runOf = (place: RunPlace): RunState => situation.entity(runEntity(place))?.state as RunState;
  if (!hasBegun(status)) return undefined;
  if ('steps' in step.work && loop !== undefined && (loop.next > 0 || (loop.total ?? 0) > 0)) {
    return Array.from({ length: loop.next }, (_, at) => runOf(iterationAt(situation, loop, at)));
  }
  const isCall = step.work.kind === 'workflow' && step.work.async !== true;
  return isCall && child?.run !== undefined ? [runOf(runPlaceOf(child.run))] : undefined;
}

function iterationAt(situation: Situation, loop: LoopState, at: number): RunPlace {
  const record = situation.entity(iterationsEntity(loop.book, chunkOf(at)))?.state as IterationsState | undefined;
  return placeInBook(record?.entries[at]?.keptFrom ?? loop.book, at);
}

function sorted(counts: StatusCounts): readonly (readonly [string, number])[] {
  return Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1));
}

test(
  'the roll-up of a run is what a walk over everything nested in it counts, at any moment',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (life) => {
        const situation = live(life);
        for (const run of runsIn(situation)) {
          const rollup = await rollUp(treeOf(situation), treeRun(situation, run), !run.superseded);
          expect(sorted(rollup.counts)).toEqual(sorted(walked(situation, run)));
          expect(rollup.isWhole).toBe(true);
        }
      }),
      { seed: 20261123, numRuns: 120 },
    );
  },
);

test('what asks for attention is what the walk finds, and is really in that state', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(lives, async (life) => {
      const situation = live(life);
      for (const run of runsIn(situation).filter(({ path }) => path === undefined)) {
        const { counts, attention } = await rollUp(treeOf(situation), treeRun(situation, run), true);
        for (const { place, stepId, status } of attention) {
          const state = situation.entity(runEntity(place))?.state as RunState;
          const index = graphOf(bodyFor(situation, state)).indexes.get(stepId) ?? -1;
          expect(state.steps[index]?.status).toBe(status);
        }
        for (const status of ['FAILED', 'RUNNING', 'RETRY_PENDING'] as const) {
          const named = attention.filter((leaf) => leaf.status === status).length;
          expect(named).toBeLessThanOrEqual(counts[status] ?? 0);
          if (attention.length < 20) expect(named).toBe(counts[status] ?? 0);
        }
      }
    }),
    { seed: 20261124, numRuns: 80 },
  );
});

/** All iterations of a step, by looking at every single one. */
function listed(
  situation: Situation,
  run: RunState,
  [loopId, ...rest]: readonly string[],
  stepId: string,
): readonly string[] {
  const index = graphOf(bodyFor(situation, run)).indexes.get(loopId ?? '') ?? -1;
  const state = run.steps[index];
  if (state?.loop === undefined || !hasBegun(state.status)) return [];
  const { loop } = state;
  return Array.from({ length: loop.next }, (_, at) => {
    const inner = situation.entity(runEntity(iterationAt(situation, loop, at)))?.state as RunState;
    if (rest.length > 0) return listed(situation, inner, rest, stepId);
    const place = graphOf(bodyFor(situation, inner)).indexes.get(stepId) ?? -1;
    return [`${runEntity(inner)} ${inner.steps[place]?.status ?? ''}`];
  }).flat();
}

function nestedIn(
  step: StepDefinition,
  around: readonly string[] = [],
): readonly (readonly [readonly string[], string])[] {
  if (!('steps' in step.work)) return around.length === 0 ? [] : [[around, step.id]];
  return step.work.steps.flatMap((inner) => nestedIn(inner, [...around, step.id]));
}

async function pages(
  situation: Situation,
  [run, step]: readonly [TreeRun, number],
  stepId: string,
  statuses?: readonly StepStatus[],
): Promise<readonly FlattenedRow[]> {
  const rows: FlattenedRow[] = [];
  let after: readonly number[] | undefined;
  do {
    const page = await flatten(treeOf(situation), run, step, {
      stepId,
      limit: 3,
      ...(after === undefined ? {} : { after }),
      ...(statuses === undefined ? {} : { statuses }),
    });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return rows;
}

test(
  'a flattened step has every iteration once and in order, page by page, also filtered by status',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (life) => {
        const situation = live(life);
        for (const state of runsIn(situation).filter(
          ({ path, workflowId }) => path === undefined && workflowId === 'flow',
        )) {
          const run = treeRun(situation, state);
          for (const [index, step] of run.steps.entries()) {
            for (const [loops, stepId] of nestedIn(step)) {
              const wanted = listed(situation, state, loops, stepId);
              const texts = (rows: readonly FlattenedRow[]): readonly string[] =>
                rows.map(({ place, status }) => `${runEntity(place)} ${status}`);
              expect(texts(await pages(situation, [run, index], stepId))).toEqual(wanted);
              const some = await pages(situation, [run, index], stepId, ['SUCCEEDED', 'FAILED']);
              expect(texts(some)).toEqual(wanted.filter((text) => /SUCCEEDED|FAILED/u.test(text)));
            }
          }
        }
      }),
      { seed: 20261125, numRuns: 60 },
    );
  },
);

test('a tally is the same after it was written and read', () => {
  const status = fc.constantFrom<StepStatus>('NOT_CREATED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'STOPPED');
  const counts = fc.dictionary(status, fc.integer({ min: 1, max: 100_000 }), { maxKeys: 4, noNullPrototype: true });
  fc.assert(
    fc.property(fc.array(counts, { minLength: 1 }), (tally) => {
      expect(readTally(writeTally(tally))).toEqual(tally);
      for (const one of tally) expect(readCounts(writeCounts(one))).toEqual(one);
    }),
  );
});

test('values of loops choose iterations at any depth, and those of an outer loop leave whole parts out', async () => {
  const situation = given(`id: flow
steps:
  - id: each
    foreach: { species: [Adelie, Gentoo], year: [2007, 2008] }
    steps:
      - { id: inner, foreach: { island: [Biscoe, Dream] }, steps: [{ id: train, run: x }] }`).when(start('flow'));
  const run = treeRun(situation, situation.run('flow/1'));
  const page = await flatten(treeOf(situation), run, 0, {
    stepId: 'train',
    limit: 10,
    values: [
      { name: 'species', value: ['Gentoo'] },
      { name: 'year', value: ['2008'] },
      { name: 'island', value: ['Dream', 'Torgersen'] },
    ],
  });
  expect(page.rows.map(({ indexes, values }) => [indexes, values.map(({ value }) => value)])).toEqual([
    [
      [3, 1],
      ['Gentoo', 2008, 'Dream'],
    ],
  ]);
  expect(page.next).toBeUndefined();
});

test('a loop of very many iterations is counted from its own state, and a page of it reads only that page', async () => {
  const situation = given(
    'id: flow\nparams: { list: { type: long_array, value: [] } }\nsteps: [{ id: each, foreach: { v: "Util.intsBetween(0, 3000, 1)" }, steps: [{ id: a, noop: true }] }]',
  ).when(start('flow'));
  situation.delivered();
  let reads = 0;
  const tree = treeOf(situation);
  const counting: RunTree = {
    run: (place) => {
      reads += 1;
      return tree.run(place);
    },
    record: (workflowId, book, chunk) => tree.record(workflowId, book, chunk),
  };
  const run = treeRun(situation, situation.run('flow/1'));
  expect(await rollUp(counting, run, true)).toMatchObject({ total: 3_000, counts: { SUCCEEDED: 3_000 } });
  expect(reads).toBe(0);
  const page = await flatten(counting, run, 0, { stepId: 'a', limit: 20, after: [2_500] });
  expect(page.rows.map(({ indexes }) => indexes[0])).toEqual(Array.from({ length: 20 }, (_, at) => 2_501 + at));
  expect(reads).toBeLessThanOrEqual(25);
  expect((await flatten(counting, run, 0, { stepId: 'a', limit: 20, statuses: ['FAILED'] })).rows).toEqual([]);
  expect(reads).toBeLessThanOrEqual(25);
});

test('a child that ended without saying how its steps ended is read', async () => {
  const situation = given('id: kid\nsteps: [{ id: k, noop: true }]', 'id: flow\nsteps: [{ id: call, workflow: kid }]')
    .when(start('flow'))
    .delivered();
  const state = situation.run('flow/1');
  const child = state.steps[0]?.child;
  expect(child?.leaves).toBe('s');
  const { leaves: _, ...old } = child ?? { workflowId: 'kid', leaves: '' };
  const before = { ...state, steps: state.steps.map((step) => ({ ...step, child: old })) };
  const run = { ...treeRun(situation, state), state: before };
  expect(await rollUp(treeOf(situation), run, true)).toMatchObject({ total: 1, counts: { SUCCEEDED: 1 } });
  expect(runPlaceOf(child?.run ?? runEntity(state)).workflowId).toBe('kid');
});

test('iterations that ended before anything was counted count as one each, also beside others', async () => {
  const situation = given(
    'id: flow\nsteps: [{ id: each, foreach: { v: [1, 2, 3] }, concurrency: 1, steps: [{ id: a, run: x }, { id: b, run: x }] }]',
  ).when(start('flow'));
  const { steps } = situation.run('flow/1');
  const [step] = steps;
  if (step?.loop === undefined) throw new Error('the loop has begun');
  const old = { type: 'IterationEnded', step: 0, index: 0, status: 'SUCCEEDED' } as const;
  const before = evolveRun(situation.run('flow/1'), old, situation.now);
  const counted = { ...old, index: 1, leaves: 's|f' };
  const after = evolveRun(before, counted, situation.now);
  expect(after.steps[0]?.loop).toMatchObject({ leaves: 's|f', uncounted: { SUCCEEDED: 1, FAILED: 0 } });
  const tree = treeOf(situation);
  const open = (state: RunState): TreeRun => ({ ...treeRun(situation, state), state });
  expect(await rollUp(tree, open(before), true)).toMatchObject({ total: 5, counts: { SUCCEEDED: 1, NOT_CREATED: 4 } });
  expect(await rollUp(tree, open(after), true)).toMatchObject({ counts: { SUCCEEDED: 2, FAILED: 1, NOT_CREATED: 4 } });
});
