// Laws of control flow: random workflows live through random histories, and every decision is looked at.

import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { graphOf } from '../../../src/core/definition/graph.ts';
import { type Definition, type Work } from '../../../src/core/definition/model.ts';
import { type EntityId, runEntity, type RunPlace } from '../../../src/core/ids.ts';
import { type CommandBody } from '../../../src/core/partition/command.ts';
import { decide } from '../../../src/core/partition/decide.ts';
import { evolve, type RecordedEvent } from '../../../src/core/partition/entity.ts';
import { type Versioned } from '../../../src/core/partition/gathering.ts';
import { iterationIndexOf } from '../../../src/core/run/restart-from.ts';
import { isComplete, isEnding, isTerminalRun, openAttempt, type RunState } from '../../../src/core/run/state.ts';
import { breakAt, clearBreak } from '../../support/asking.ts';
import {
  cancelled,
  createSituation,
  failed,
  lost,
  type Situation,
  start,
  succeeded,
  type Taken,
} from '../../support/given.ts';
import { definitionOf, type FlowPlan, flows } from './flows.ts';
import { allowedNow, bodyFor, countedIn, loopsIn, openIn, sumOf } from './looking.ts';

const PARTITIONS = 3;
const results = [
  succeeded({ i: 1 }),
  succeeded({ i: 2 }),
  succeeded({ i: 9 }),
  failed('USER', true),
  failed('USER', false),
  failed('TIMEOUT', false),
  failed('PLATFORM', true),
  cancelled,
];
const wishes = [
  'StopRun',
  'KillRun',
  'PauseRun',
  'ResumeRun',
  'RestartRun',
  'ForkRun',
  'SkipStep',
  'RetryStep',
  'ResumeStep',
] as const;
type Wish = (typeof wishes)[number];
const seldom = ['lost', 'unblock', 'apply', 'break', 'clear'] as const;

interface Happening {
  readonly kind: Wish | (typeof seldom)[number] | 'start' | 'report' | 'deliver' | 'wait';
  readonly pick: number;
  readonly which: number;
}

interface Life {
  readonly flow: FlowPlan;
  readonly kid: FlowPlan;
  readonly other: FlowPlan;
  readonly history: readonly Happening[];
}

const happenings: fc.Arbitrary<Happening> = fc.record({
  kind: fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom('report' as const, 'deliver' as const, 'wait' as const) },
    { weight: 3, arbitrary: fc.constant('start' as const) },
    { weight: 5, arbitrary: fc.constantFrom(...wishes) },
    { weight: 1, arbitrary: fc.constantFrom(...seldom) },
  ),
  pick: fc.nat(9_999),
  which: fc.nat(9_999),
});

const lives: fc.Arbitrary<Life> = fc.record({
  flow: flows(2, ['kid', 'kid', 'nobody']),
  kid: flows(1, []),
  other: flows(2, ['kid']),
  history: fc.array(happenings, { minLength: 5, maxLength: 60 }),
});
const sampled = { seed: 20260116, numRuns: 150 };

function chosen<T>(list: readonly T[], pick: number): T | undefined {
  return list[pick % Math.max(1, list.length)];
}

function runs(situation: Situation): readonly RunState[] {
  return [...situation.entities().values()].flatMap(({ state }) => (state.kind === 'run' ? [state] : []));
}

function placeOf({ workflowId, number, attempt, path }: RunPlace): RunPlace {
  return { workflowId, number, attempt, ...(path === undefined ? {} : { path }) };
}

/** Those that wait for a report: `flow/1.1/each[0]/train`. */
function awaited(situation: Situation): readonly string[] {
  return runs(situation).flatMap((run) =>
    graphOf(bodyFor(situation, run)).steps.flatMap(({ step, index }) =>
      openAttempt(run.steps[index])?.token === undefined ? [] : [`${runEntity(run).slice('run:'.length)}/${step.id}`],
    ),
  );
}

function commandOf(kind: Wish, { pick, which }: Happening, situation: Situation): CommandBody | undefined {
  const living = runs(situation).filter(({ status }) => !isTerminalRun(status));
  const run = chosen(which % 5 === 0 || living.length === 0 ? runs(situation) : living, pick);
  if (run === undefined) return undefined;
  const target = { run: placeOf(run) };
  const { steps } = graphOf(bodyFor(situation, run));
  const stepId = chosen(steps, which)?.step.id ?? '';
  switch (kind) {
    case 'SkipStep':
    case 'RetryStep':
    case 'ResumeStep':
      return { type: kind, ...target, stepId };
    case 'ForkRun':
      return { type: kind, ...target, params: [], from: 's0' };
    case 'RestartRun': {
      const ended = chosen(
        runs(situation).filter(({ status, superseded }) => isTerminalRun(status) && !superseded),
        pick,
      );
      const meant = ended ?? run;
      const step = graphOf(bodyFor(situation, meant)).steps[0]?.step.id ?? '';
      const from = [undefined, { kind: 'INCOMPLETE' }, { kind: 'INCOMPLETE' }, { kind: 'STEP', step }] as const;
      const begins = from[which % from.length];
      return { type: kind, run: placeOf(meant), params: [], ...(begins === undefined ? {} : { from: begins }) };
    }
    case 'StopRun':
    case 'KillRun':
    case 'PauseRun':
    case 'ResumeRun':
      return { type: kind, ...target };
  }
}

function happens(event: Happening, situation: Situation, life: Life): void {
  const { kind, pick, which } = event;
  switch (kind) {
    case 'start':
      situation.when(start(which % 4 === 0 ? 'kid' : 'flow'));
      return;
    case 'deliver':
      situation.delivered(1 + (which % 3));
      return;
    case 'wait':
      situation.after((which % 30) * 1_000);
      return;
    case 'report': {
      const place = chosen(awaited(situation), pick);
      if (place !== undefined) situation.reported(place, chosen(results, which) ?? cancelled);
      return;
    }
    case 'lost': {
      const run = chosen(runs(situation), pick);
      if (run !== undefined) situation.when(lost(runEntity(run), 'host-1'));
      return;
    }
    case 'unblock':
      situation.when({ type: 'UnblockWorkflow', workflowId: 'flow' });
      return;
    case 'break':
      situation.when(breakAt('flow', `s${String(which % 3)}`));
      return;
    case 'clear':
      situation.when(clearBreak('flow', `s${String(which % 3)}`));
      return;
    case 'apply':
      situation.appliedDefinition(definitionOf('flow', which % 2 === 0 ? life.other : life.flow));
      return;
    case 'StopRun':
    case 'KillRun':
    case 'PauseRun':
    case 'ResumeRun':
    case 'RestartRun':
    case 'ForkRun':
    case 'SkipStep':
    case 'RetryStep':
    case 'ResumeStep': {
      const command = commandOf(kind, event, situation);
      if (command !== undefined) situation.when(command);
    }
  }
}

function live(life: Life): Situation {
  const situation = createSituation(PARTITIONS);
  situation.appliedDefinition(definitionOf('flow', life.flow)).appliedDefinition(definitionOf('kid', life.kid));
  situation.when(start('flow'));
  for (const event of life.history) happens(event, situation, life);
  return situation;
}

/** Everything is let go on, answered and waited for. */
function bringToItsEnd(situation: Situation): void {
  for (const step of ['s0', 's1', 's2']) situation.when(clearBreak('flow', step));
  for (let turn = 0; turn < 2_000; turn++) {
    situation.delivered();
    for (const workflowId of ['flow', 'kid']) situation.when({ type: 'UnblockWorkflow', workflowId });
    const going = runs(situation).filter(({ status }) => !isTerminalRun(status));
    if (going.length === 0) return;
    for (const run of going) {
      if (run.status === 'PAUSED' && !isEnding(run)) situation.when({ type: 'ResumeRun', run: placeOf(run) });
    }
    const [place] = awaited(situation);
    if (place === undefined) situation.after(60_000);
    else situation.reported(place, succeeded({ i: 99 }));
  }
  throw new Error(
    `never at rest: ${runs(situation)
      .flatMap((run) =>
        isTerminalRun(run.status)
          ? []
          : [`${runEntity(run)} ${run.status} ${run.steps.map(({ status }) => status).join()}`],
      )
      .join('; ')}`,
  );
}

const lived: (readonly [Life, Situation])[] = [];

/** Looks at many lives, which all laws share. Where one breaks the law, the shortest that does is looked for. */
function holds(law: (situation: Situation) => void): void {
  if (lived.length === 0) {
    for (const life of fc.sample(lives, sampled)) {
      const situation = live(life);
      bringToItsEnd(situation);
      lived.push([life, situation]);
    }
  }
  try {
    for (const [, situation] of lived) law(situation);
  } catch (broken) {
    const again = (life: Life): void => {
      const situation = live(life);
      bringToItsEnd(situation);
      law(situation);
    };
    fc.assert(fc.property(lives, again), sampled);
    throw broken;
  }
}

type States = ReadonlyMap<EntityId, Versioned>;

/** Every decision with the entities as they were before it. */
function eachTaken(situation: Situation, look: (taken: Taken, before: States, index: number) => void): void {
  const states = new Map<EntityId, Versioned>();
  for (const [index, taken] of situation.taken.entries()) {
    look(taken, states, index);
    for (const { entity, event, version } of eventsOf(taken)) {
      states.set(entity, { version, state: evolve(states.get(entity)?.state, event, taken.at) });
    }
  }
}

/** Every event of a run, with the run as it was before it and as it is after it. */
function eachRunEvent(
  situation: Situation,
  look: (event: RecordedEvent['event'], before: RunState, after: RunState) => void,
): void {
  const states = new Map<EntityId, Versioned['state']>();
  for (const taken of situation.taken) {
    for (const { entity, event } of eventsOf(taken)) {
      const before = states.get(entity);
      const after = evolve(before, event, taken.at);
      states.set(entity, after);
      if (before?.kind === 'run' && after.kind === 'run') look(event, before, after);
    }
  }
}

function eventsOf({ decision }: Taken): readonly RecordedEvent[] {
  return decision.kind === 'COMMIT' ? decision.gathered.events : [];
}

describe('whatever a workflow is made of, and whatever is asked of its runs', () => {
  test('each run comes to its end, and nothing is left in any queue', { timeout: 120_000 }, () => {
    try {
      holds((situation) => {
        for (const { state } of situation.entities().values()) {
          if (state.kind === 'run') expect(state.endedAt).toBeDefined();
          if (state.kind === 'queue') expect(state).toMatchObject({ running: [], waiting: [] });
        }
      });
    } catch (broken) {
      lived.splice(0);
      fc.assert(
        fc.property(lives, (life) => {
          bringToItsEnd(live(life));
        }),
        sampled,
      );
      throw broken;
    }
  });

  test('no error of ours sets anything aside', () => {
    holds((situation) => {
      for (const taken of situation.taken) {
        expect(eventsOf(taken).filter(({ event }) => event.type === 'Quarantined')).toEqual([]);
      }
    });
  });

  test('nothing happens to a run that has ended, but that a restart takes its place, or that its loop takes it back', () => {
    holds((situation) => {
      eachRunEvent(situation, (event, before) => {
        const returns = event.type === 'RunReopened' && before.path !== undefined;
        if (isTerminalRun(before.status) && !returns)
          expect([event.type, before.superseded]).toEqual(['RunSuperseded', false]);
      });
    });
  });

  test('the states are the fold of the events', () => {
    holds((situation) => {
      const states = new Map<EntityId, Versioned>();
      eachTaken(situation, (taken) => {
        for (const { entity, event, version } of eventsOf(taken)) {
          expect(version).toBe((states.get(entity)?.version ?? 0) + 1);
          const plain = JSON.parse(JSON.stringify(event)) as typeof event;
          states.set(entity, { version, state: evolve(states.get(entity)?.state, plain, taken.at) });
        }
      });
      if (!isDeepStrictEqual(new Map(states), new Map(situation.entities())))
        expect(states).toEqual(situation.entities());
    });
  });

  test('a step begins only when all that it needs are complete, and nothing begins in a run that is ending or paused', () => {
    const begins = new Set(['AttemptStarted', 'StepSleeping', 'LoopStarted', 'ChildRequested', 'IterationsStarted']);
    holds((situation) => {
      eachRunEvent(situation, (event, before) => {
        if (!begins.has(event.type) || !('step' in event)) return;
        expect({ event: event.type, isEnding: isEnding(before), status: before.status }).toEqual({
          event: event.type,
          isEnding: false,
          status: 'RUNNING',
        });
        const node = graphOf(bodyFor(situation, before)).steps[event.step];
        expect(node?.isFinal).toBe(before.finishing !== undefined);
        for (const { index } of node?.predecessors ?? []) {
          expect(isComplete(before.steps[index]?.status ?? 'NOT_CREATED')).toBe(true);
        }
      });
    });
  });

  test('never more iterations of a loop go on than may, and in strict order only those next to one another', () => {
    holds((situation) => {
      eachRunEvent(situation, (event, _, after) => {
        if (event.type !== 'IterationsStarted' && event.type !== 'IterationBegunAgain') return;
        const work = graphOf(bodyFor(situation, after)).steps[event.step]?.step.work;
        const running = after.steps[event.step]?.loop?.running ?? [];
        const { most, isStrict } = limitsOf(work);
        expect(running.length).toBeLessThanOrEqual(most);
        if (isStrict) expect(Math.max(...running, 0) - Math.min(...running, Infinity)).toBeLessThan(most);
      });
    });
  });

  test('a loop’s counters agree with one another, with its iterations and with its records', () => {
    holds((situation) => {
      eachRunEvent(situation, (_, __, after) => {
        for (const [, loop] of loopsIn(after)) {
          const ahead = loop.within !== undefined && iterationIndexOf(loop.within.run) >= loop.next ? 1 : 0;
          expect(sumOf(loop) + openIn(loop).length).toBe(loop.next + ahead);
          expect(loop.next).toBeLessThanOrEqual(loop.total ?? Infinity);
        }
      });
      for (const run of runs(situation)) {
        for (const [, loop] of loopsIn(run)) {
          expect({ open: openIn(loop), ...countedIn(situation, loop) }).toEqual({ open: [], ...loop.ended });
        }
      }
    });
  });

  test('a decision is the same for a memory that knows nothing until it is asked for', () => {
    holds((situation) => {
      eachTaken(situation, ({ body, partition, at, decision }, before, index) => {
        const entities = new Map<EntityId, Versioned | null>();
        const definitions = new Map<string, Definition>();
        const memory = {
          entity: (id: EntityId) => entities.get(id),
          definition: (hash: string) => definitions.get(hash),
          listeners: () => [],
        };
        const circumstances = { now: at, seed: index + 1, host: 'host-1', partition, partitions: PARTITIONS };
        const again = () => decide(memory, { id: 'command', actor: 'ada', body }, circumstances);
        let decided = again();
        for (let rounds = 0; decided.kind === 'NEED' && rounds < 200; rounds++) {
          for (const id of decided.needs.entities) entities.set(id, before.get(id) ?? null);
          for (const hash of decided.needs.definitions) definitions.set(hash, situation.definition(hash));
          decided = again();
        }
        if (!isDeepStrictEqual(decided, decision)) expect(decided).toEqual(decision);
      });
    });
  });

  test('what is said to be allowed is done, and what is not is refused or was done already', () => {
    holds((situation) => {
      eachTaken(situation, ({ body, decision }, before) => {
        if (!(wishes as readonly string[]).includes(body.type) || !('run' in body) || body.type === 'ReportAttempt')
          return;
        const run = before.get(runEntity(body.run as RunPlace))?.state as RunState;
        const did = decision.kind === 'COMMIT' && decision.gathered.events.length > 0;
        const { allowed, action } = allowedNow(situation, run, body, before);
        // A pause or a resume of a run reaches its iterations also where the run itself is paused, or is not.
        if ((action === 'PAUSE' || action === 'RESUME') && loopsIn(run).length > 0) return;
        // What the newest attempt has kept of an older one begins again there, though the older one does not offer it.
        if (did === allowed.includes(action) || (did && isOld(before, run))) return;
        expect({ run, body, decision }).toBe(allowed);
      });
    });
  });
});

/** Whether it is of an attempt that was restarted. */
function isOld(states: States, run: RunState): boolean {
  const { path: _, ...root } = placeOf(run);
  return (states.get(runEntity(root))?.state as RunState | undefined)?.superseded === true;
}

function limitsOf(work: Work | undefined): { readonly most: number; readonly isStrict: boolean } {
  return work?.kind === 'foreach'
    ? { most: work.concurrency ?? 100, isStrict: work.strictOrdering === true }
    : { most: 1, isStrict: false };
}
