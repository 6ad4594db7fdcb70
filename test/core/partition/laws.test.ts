// Laws that hold after any commands in any order: random histories of a few workflows, with every decision looked at.

import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type EntityId, partitionOf } from '../../../src/core/ids.ts';
import { type CommandBody } from '../../../src/core/partition/command.ts';
import { directoryOf, type EntityState, evolve } from '../../../src/core/partition/entity.ts';
import { type QueueState } from '../../../src/core/queue/queue.ts';
import { isComplete, isTerminalRun, type RunState, type StepStatus } from '../../../src/core/run/state.ts';
import {
  cancelled,
  createSituation,
  failed,
  type Letter,
  lost,
  publish,
  restart,
  type Situation,
  start,
  stop,
  succeeded,
  type Taken,
  wake,
} from '../../support/given.ts';

const definitions = [
  `id: chain
params: { n: 5 }
steps:
  - { id: a, run: x, retry: { user: 1, platform: 1 } }
  - { id: b, needs: a, when: n > 3, sleep: 10s }
  - { id: c, needs: { a: n > 9, b: true }, run: x, timeout: 20s, retry: { timeout: 1 } }
  - { id: d, needs: [b, c], publish: { signal: made, params: { rows: "\${n}" } } }`,
  `id: chain
params: { n: 5 }
timeout: 30s
runStrategy: { parallel: 2 }
steps: [{ id: a, run: x }, { id: b, needs: a, run: x, outputs: { rows: long } }, { id: c, needs: b, when: steps.b.rows > 1, noop: true }]`,
  `id: ear
params: { rows: 0 }
triggers: [{ signal: made, where: { rows: ">= 3" }, params: { rows: "\${signal.rows}" } }]
steps: [{ id: a, run: x }]`,
  `id: ear
params: { rows: 0 }
runStrategy: { parallel: 3 }
triggers: [{ signal: other }, { signal: made }]
steps: [{ id: a, publish: { signal: unheard } }, { id: b, needs: a, when: rows > 3, sleep: 1m }]`,
  `id: clock
triggers: [{ cron: "* * * * *", catchUp: all }]
steps: [{ id: a, run: x }]`,
  `id: clock
triggers: [{ cron: "* * * * *", catchUp: none }, { signal: made, name: cron-2 }]
steps: [{ id: a, noop: true }]`,
  'id: clock\nsteps: [{ id: a, noop: true }]',
];
const workflows = ['chain', 'ear', 'clock'];
const results = [
  succeeded(),
  succeeded({ rows: 7 }),
  failed('USER'),
  failed('PLATFORM'),
  failed('USER', false),
  failed('TIMEOUT'),
  cancelled,
];

const wishes = ['start', 'stop', 'restart', 'pause', 'publish', 'stray', 'wake', 'lost'] as const;
type Wish = (typeof wishes)[number];

/** One thing that happens; the numbers choose among what there is at that moment. */
interface Happening {
  readonly kind: Wish | 'apply' | 'report' | 'deliver' | 'wait' | 'again';
  readonly pick: number;
  readonly which: number;
}

const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom('apply' as const, 'again' as const) },
    { weight: 8, arbitrary: fc.constantFrom(...wishes) },
    { weight: 9, arbitrary: fc.constantFrom('start' as const, 'report' as const, 'deliver' as const, 'wait' as const) },
  ),
  pick: fc.nat(999),
  which: fc.nat(999),
});

function chosen<T>(list: readonly T[], pick: number): T | undefined {
  return list[pick % Math.max(1, list.length)];
}

function runs(situation: Situation): readonly RunState[] {
  return [...situation.entities().values()].flatMap(({ state }) => (state.kind === 'run' ? [state] : []));
}

function commandOf(kind: Wish, { pick, which }: Happening, situation: Situation): CommandBody {
  const workflowId = chosen(workflows, pick) ?? '';
  const run = chosen(runs(situation), pick);
  const name = run === undefined ? `${workflowId}/1` : `${run.workflowId}/${String(run.number)}`;
  switch (kind) {
    case 'start':
      return start(workflowId, which % 3 === 0 ? { n: which % 10 } : {});
    case 'stop':
      return stop(name);
    case 'restart':
      return restart(name);
    case 'pause':
      return { type: which % 2 === 0 ? 'PauseTriggers' : 'ResumeTriggers', workflowId };
    case 'publish':
      return publish(which % 2 === 0 ? 'made' : 'other', { rows: which % 7 }, String(situation.taken.length));
    case 'wake':
      return wake(chosen([...situation.entities().keys()], pick) ?? 'run:none/1.1');
    case 'lost':
      return lost(
        run === undefined ? 'run:none/1.1' : `run:${name}.${String(run.attempt)}`,
        `host-${String(which % 3)}`,
      );
    case 'stray': {
      const report = {
        step: (which % 6) - 1,
        attempt: which % 3,
        token: 'stray',
        result: chosen(results, which) ?? cancelled,
      };
      return { type: 'ReportAttempt', run: run ?? { workflowId, number: 1, attempt: 1 }, report };
    }
  }
}

function happens(event: Happening, situation: Situation): void {
  const { kind, pick, which } = event;
  switch (kind) {
    case 'apply':
      situation.applied(chosen(definitions, pick) ?? '', { activate: which % 4 !== 0 });
      return;
    case 'deliver':
      situation.delivered(1 + (which % 4));
      return;
    case 'wait':
      situation.after((which % 90) * 1_000);
      return;
    case 'report': {
      const open = openAttempts(situation);
      const place = chosen(open, pick);
      if (place !== undefined) situation.reported(place, chosen(results, which) ?? cancelled);
      return;
    }
    case 'again': {
      const harmless = new Set(['Subscribe', 'Subscribed', 'VerdictsReached', 'Continue']);
      const letters = situation.taken.flatMap(({ body, partition }): Letter[] =>
        body.type === 'TakeMessage' && harmless.has(body.message.type)
          ? [{ from: body.place.from, to: partition, sequence: body.place.sequence, message: body.message }]
          : [],
      );
      const letter = chosen(letters, pick);
      if (letter !== undefined) situation.sent(letter);
      return;
    }
    case 'start':
    case 'stop':
    case 'restart':
    case 'pause':
    case 'publish':
    case 'stray':
    case 'wake':
    case 'lost':
      situation.host = `host-${String(which % 3)}`;
      situation.when(commandOf(kind, event, situation));
  }
}

function openAttempts(situation: Situation): readonly string[] {
  return runs(situation).flatMap((run) =>
    run.steps.flatMap(({ attempts }, index) => {
      const attempt = attempts.at(-1);
      const step = situation.definition(run.definition).steps[index]?.id ?? '';
      const isOpen = attempt !== undefined && attempt.endedAt === undefined && !run.superseded;
      return isOpen ? [`${run.workflowId}/${String(run.number)}/${step}`] : [];
    }),
  );
}

/** Lives through a history in partitions of its own. */
function live(history: readonly Happening[]): Situation {
  const situation = createSituation(3);
  for (const definition of [definitions[0], definitions[2], definitions[4]])
    situation.applied(definition ?? '').delivered();
  for (const event of history) happens(event, situation);
  return situation;
}

const histories = fc.array(happening, { minLength: 10, maxLength: 50 });
const lives = { seed: 20260115, numRuns: 40 };
const lived: Situation[] = [];

/** A law of what is taken, given the states before it; and one of the situation at the end. */
interface Law {
  readonly look?: (taken: Taken, before: ReadonlyMap<EntityId, EntityState>) => void;
  readonly after?: (situation: Situation) => void;
}

/** Looks at many histories, which all laws share. Where one breaks the law, the shortest that does is looked for. */
function holds(lawOf: (situation: Situation) => Law): void {
  if (lived.length === 0) lived.push(...fc.sample(histories, lives).map(live));
  try {
    for (const situation of lived) obeys(situation, lawOf(situation));
  } catch (broken) {
    const again = (history: readonly Happening[]): void => {
      const situation = live(history);
      obeys(situation, lawOf(situation));
    };
    fc.assert(fc.property(histories, again), lives);
    throw broken;
  }
}

function obeys(situation: Situation, { look, after }: Law): void {
  const states = new Map<EntityId, EntityState>();
  if (look !== undefined) {
    for (const taken of situation.taken) {
      look(taken, states);
      for (const { entity, event } of eventsOf(taken)) states.set(entity, evolve(states.get(entity), event, taken.at));
    }
  }
  after?.(situation);
}

/** Every event with the state of its entity right before it. */
function each(
  taken: Taken,
  before: ReadonlyMap<EntityId, EntityState>,
  look: (event: ReturnType<typeof eventsOf>[number], state: EntityState | undefined) => void,
): void {
  const states = new Map<EntityId, EntityState>();
  for (const recorded of eventsOf(taken)) {
    const state = states.get(recorded.entity) ?? before.get(recorded.entity);
    look(recorded, state);
    states.set(recorded.entity, evolve(state, recorded.event, taken.at));
  }
}

function eventsOf({ decision }: Taken) {
  return decision.kind === 'COMMIT' ? decision.gathered.events : [];
}

describe('whatever is asked of the partitions, in whatever order', () => {
  test('every command is answered, and the same commands from the same beginning have the same answers', () => {
    fc.assert(
      fc.property(histories, (history) => {
        expect(isDeepStrictEqual(live(history).taken, live(history).taken)).toBe(true);
      }),
      { ...lives, numRuns: 10 },
    );
  });

  test('no error of ours sets anything aside', () => {
    holds(() => ({
      look: (taken) => {
        expect(eventsOf(taken).filter(({ event }) => event.type === 'Quarantined')).toEqual([]);
      },
    }));
  });

  test('a refusal says in a sentence what is the matter', () => {
    holds(() => ({
      look: ({ decision }) => {
        if (decision.kind !== 'REFUSED') return;
        expect(decision.refusals.length).toBeGreaterThan(0);
        for (const { message } of decision.refusals) expect(message).toMatch(/^[A-Z"].*\.$/u);
      },
    }));
  });

  test('the states are the fold of the events, which are plain JSON and counted without a gap', () => {
    holds(() => {
      const versions = new Map<EntityId, number>();
      return {
        look: (taken, before) => {
          const folded = new Map(before);
          for (const { entity, event, version } of eventsOf(taken)) {
            if (version !== (versions.get(entity) ?? 0) + 1) expect({ entity, version }).toBe('the next version');
            versions.set(entity, version);
            folded.set(entity, evolve(folded.get(entity), event, taken.at));
            if (!isDeepStrictEqual(JSON.parse(JSON.stringify(event)), event)) expect(event).toBe('plain JSON');
          }
          if (taken.decision.kind !== 'COMMIT') return;
          for (const [id, { state, version }] of taken.decision.gathered.changed) {
            if (!isDeepStrictEqual(folded.get(id), state) || version !== versions.get(id))
              expect(state).toBe(folded.get(id));
          }
        },
        after: (situation) => {
          for (const { state } of situation.entities().values()) {
            if (!isDeepStrictEqual(JSON.parse(JSON.stringify(state)), state)) expect(state).toBe('plain JSON');
          }
        },
      };
    });
  });

  test('nothing happens to a run that has ended, except that a restart takes its place, once', () => {
    holds(() => ({
      look: (taken, before) => {
        each(taken, before, ({ event }, state) => {
          if (state?.kind !== 'run' || !isTerminalRun(state.status)) return;
          expect({ event: event.type, superseded: state.superseded }).toEqual({
            event: 'RunSuperseded',
            superseded: false,
          });
        });
      },
    }));
  });

  test('a step begins only when all that it needs are complete, and none begins in a run that is ending', () => {
    const beginnings = new Set(['AttemptStarted', 'StepSleeping', 'StepSucceeded', 'StepUnsatisfied']);
    holds((situation) => ({
      look: (taken, before) => {
        each(taken, before, ({ event }, state) => {
          if (state?.kind !== 'run' || !('step' in event) || !beginnings.has(event.type)) return;
          const step = state.steps[event.step];
          if (event.type === 'AttemptStarted') expect(state.ending).toBeUndefined();
          if (step?.status !== 'NOT_CREATED') return;
          expect(state.ending).toBeUndefined();
          expect(needsOf(situation, state, event.step).filter((status) => !isComplete(status))).toEqual([]);
        });
      },
    }));
  });

  test('a queue’s running ones are the runs that run, its waiting ones those that wait; never more than its limit are let in', () => {
    holds(() => ({
      look: (taken, before) => {
        each(taken, before, ({ event }, state) => {
          if (event.type === 'RunAdmitted')
            expect((state as QueueState).running.length).toBeLessThan((state as QueueState).limit);
          if (event.type === 'RunQueued' && event.attempt === 1)
            expect(event.number).toBe((state as QueueState).last + 1);
          if (event.type === 'RunCreated') expect(state).toBeUndefined();
        });
      },
      after: conserved,
    }));
  });

  test('what comes too early, twice or for somebody else changes nothing', () => {
    const nothing = { gathered: { events: [], messages: [] } };
    holds(() => ({
      after: (situation) => {
        situation.after(0).delivered();
        for (const [id, { state }] of situation.entities()) {
          const due = directoryOf(state)?.wake ?? Infinity;
          if (due > situation.now) expect(situation.decided(wake(id))).toMatchObject(nothing);
          expect(situation.decided(lost(id, 'host-of-nobody'))).toMatchObject(nothing);
          if (state.kind !== 'run') continue;
          const body = {
            type: 'TakeMessage',
            place: { from: 0, sequence: 1, n: 1 },
            message: { type: 'Continue', entity: id },
          } as const;
          expect(situation.decided(body, partitionOf(state.workflowId, 3))).toMatchObject(nothing);
        }
      },
    }));
  });

  test('everything comes to its end: no run hangs once its attempts are reported, and every signal is settled', () => {
    holds(() => ({
      after: (situation) => {
        bringToItsEnd(situation);
        for (const { state } of situation.entities().values()) {
          if (state.kind === 'run') expect(state.endedAt).toBeDefined();
          if (state.kind === 'queue') expect(state).toMatchObject({ running: [], waiting: [] });
          if (state.kind === 'signal') expect(state.awaited).toEqual([]);
        }
      },
    }));
  });
});

/** Where the steps are that a step needs. */
function needsOf(situation: Situation, run: RunState, step: number): readonly StepStatus[] {
  const { steps } = situation.definition(run.definition);
  const needs = steps[step]?.needs.map((need) => steps.findIndex(({ id }) => id === need.step)) ?? [];
  return needs.map((index) => run.steps[index]?.status ?? 'NOT_CREATED');
}

function bringToItsEnd(situation: Situation): void {
  for (const workflowId of workflows) situation.when({ type: 'PauseTriggers', workflowId });
  for (let turn = 0; turn < 400 && runs(situation).some(({ status }) => !isTerminalRun(status)); turn++) {
    situation.delivered();
    const [place] = openAttempts(situation);
    if (place === undefined) situation.after(120_000);
    else situation.reported(place, succeeded({ rows: 2 }));
  }
  situation.delivered();
}

function conserved(situation: Situation): void {
  for (const { state } of situation.entities().values()) {
    if (state.kind !== 'queue') continue;
    const own = runs(situation).filter(({ workflowId }) => workflowId === state.workflowId);
    const inState = (status: RunState['status']): readonly string[] =>
      own.flatMap((run) => (run.status === status ? [`${String(run.number)}.${String(run.attempt)}`] : [])).sort();
    const waiting = state.waiting.flatMap(({ from, to, attempt }) =>
      Array.from({ length: to - from + 1 }, (_, index) => `${String(from + index)}.${String(attempt)}`),
    );
    expect(state.running.map(({ number, attempt }) => `${String(number)}.${String(attempt)}`).sort()).toEqual(
      inState('RUNNING'),
    );
    expect(waiting.sort()).toEqual(inState('QUEUED'));
    expect(new Set(own.map(({ number }) => number)).size).toBe(state.last);
  }
}
