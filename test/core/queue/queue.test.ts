// The queue of a workflow: who may go on, in which order, and how little of a long queue is kept.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  admissible,
  evolveQueue,
  newestAttempt,
  positionOf,
  type QueueEvent,
  type QueueState,
} from '../../../src/core/queue/queue.ts';
import { given, restart, start, stop, succeeded } from '../../support/given.ts';

function folded(limit: number, events: readonly QueueEvent[]): QueueState {
  const empty = evolveQueue(undefined, { type: 'QueueLimited', workflowId: 'flow', limit }, 0);
  return events.reduce((state, event) => evolveQueue(state, event, 0), empty);
}

function queued(from: number, to: number, attempt = 1): readonly QueueEvent[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({ type: 'RunQueued', number: from + index, attempt }));
}

describe('a workflow', () => {
  const one = (strategy: string): string => `id: flow\nrunStrategy: ${strategy}\nsteps: [{ id: a, run: x }]`;

  test('does one run after the other unless it says otherwise, in the order of the starts', () => {
    const situation = given('id: flow\nsteps: [{ id: a, run: x }]');
    for (const number of [1, 2, 3])
      situation.when(start('flow')).then({ outcome: { run: `run:flow/${String(number)}.1` } });
    situation.shows('flow/1', 'RUNNING').shows('flow/2', 'QUEUED').shows('flow/3', 'QUEUED');
    situation.reported('flow/1/a', succeeded()).then({
      events: ['StepSucceeded a', 'RunEnded SUCCEEDED', 'RunLeft 1', 'RunAdmitted 2', 'RunStarted', 'AttemptStarted a'],
    });
    situation.reported('flow/2/a', succeeded()).shows('flow/3', 'RUNNING');
  });

  test('with `parallel: 3` does three at once and not four', () => {
    const situation = given(one('{ parallel: 3 }'));
    for (let number = 1; number <= 5; number++) situation.when(start('flow'));
    expect(situation.queue('flow')).toMatchObject({ last: 5, running: [{ number: 1 }, { number: 2 }, { number: 3 }] });
    situation.reported('flow/2/a', succeeded()).shows('flow/4', 'RUNNING').shows('flow/5', 'QUEUED');
  });

  test('that gets a wider strategy lets more in at once; a narrower one waits until the others have ended', () => {
    const situation = given(one('sequential')).when(start('flow')).when(start('flow')).when(start('flow'));
    situation.applied(one('{ parallel: 2 }')).shows('flow/2', 'RUNNING').shows('flow/3', 'QUEUED');
    situation.applied(one('sequential')).reported('flow/1/a', succeeded()).shows('flow/3', 'QUEUED');
    situation.reported('flow/2/a', succeeded()).shows('flow/3', 'RUNNING');
  });

  test('forgets a waiting run that is stopped, and the ones behind it move up', () => {
    const situation = given(one('sequential'));
    for (let number = 1; number <= 5; number++) situation.when(start('flow'));
    situation.when(stop('flow/3'));
    expect(situation.queue('flow').waiting).toEqual([
      { from: 2, to: 2, attempt: 1 },
      { from: 4, to: 5, attempt: 1 },
    ]);
    situation.reported('flow/1/a', succeeded()).reported('flow/2/a', succeeded()).shows('flow/4', 'RUNNING');
  });

  test('puts a restarted run before those that were asked for after it', () => {
    const situation = given(one('sequential')).when(start('flow')).when(start('flow')).when(start('flow'));
    situation.reported('flow/1/a', succeeded()).when(restart('flow/1'));
    situation
      .shows('flow/1', 'QUEUED')
      .reported('flow/2/a', succeeded())
      .shows('flow/1', 'RUNNING')
      .shows('flow/3', 'QUEUED');
    expect(newestAttempt(situation.queue('flow'), 1)).toBe(2);
  });
});

describe('a long queue', () => {
  test('of a million runs is one range, and knows each one’s place', () => {
    const state = folded(1, [{ type: 'RunQueued', number: 1, attempt: 1 }, ...queued(2, 50_000)]);
    expect(state.waiting).toEqual([{ from: 1, to: 50_000, attempt: 1 }]);
    const million = queued(999_001, 1_000_000).reduce((before: QueueState, event) => evolveQueue(before, event, 0), {
      ...state,
      last: 999_000,
      waiting: [{ from: 1, to: 999_000, attempt: 1 }],
    });
    expect(million.waiting).toEqual([{ from: 1, to: 1_000_000, attempt: 1 }]);
    expect(positionOf(million, { number: 1_000_000, attempt: 1 })).toBe(999_999);
    expect(positionOf(million, { number: 1_000_001, attempt: 1 })).toBeUndefined();
    expect(positionOf(million, { number: 7, attempt: 2 })).toBeUndefined();
    expect(admissible({ ...million, limit: 3 })).toEqual([1, 2, 3].map((number) => ({ number, attempt: 1 })));
  });

  test('is cut in two where a run leaves it, and no further', () => {
    const state = folded(1, [
      ...queued(1, 1_000),
      { type: 'RunLeft', number: 500, attempt: 1 },
      ...queued(1_001, 2_000),
    ]);
    expect(state.waiting).toEqual([
      { from: 1, to: 499, attempt: 1 },
      { from: 501, to: 2_000, attempt: 1 },
    ]);
    expect(positionOf(state, { number: 501, attempt: 1 })).toBe(499);
    expect(positionOf(state, { number: 500, attempt: 1 })).toBeUndefined();
  });

  test('knows the newest attempt of a run only once there was one', () => {
    const state = folded(1, [...queued(1, 2), { type: 'RunLeft', number: 1, attempt: 1 }, ...queued(1, 1, 2)]);
    expect([1, 2, 3].map((number) => newestAttempt(state, number))).toEqual([2, 1, undefined]);
    expect(state.last).toBe(2);
  });
});

describe('whatever happens to a queue', () => {
  type Step =
    | { readonly kind: 'start' }
    | { readonly kind: 'leave' | 'restart'; readonly pick: number }
    | { readonly kind: 'limit'; readonly limit: number };
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 4, arbitrary: fc.constant({ kind: 'start' as const }) },
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constantFrom('leave' as const, 'restart' as const), pick: fc.nat(1_000) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('limit' as const), limit: fc.integer({ min: 1, max: 4 }) }) },
  );
  const same = (one: { number: number; attempt: number }, other: { number: number; attempt: number }): boolean =>
    one.number === other.number && one.attempt === other.attempt;

  /** The same queue as a plain list, and the real one beside it. */
  function lived(steps: readonly Step[]): {
    readonly state: QueueState;
    readonly started: readonly { number: number; attempt: number }[];
  } {
    let state = folded(2, []);
    let line: { number: number; attempt: number }[] = [];
    const left: { number: number; attempt: number }[] = [];
    const started: { number: number; attempt: number }[] = [];
    const apply = (event: QueueEvent): void => {
      state = evolveQueue(state, event, 0);
    };
    for (const each of steps) {
      if (each.kind === 'start') {
        line.push({ number: state.last + 1, attempt: 1 });
        apply({ type: 'RunQueued', number: state.last + 1, attempt: 1 });
      } else if (each.kind === 'limit') apply({ type: 'QueueLimited', workflowId: 'flow', limit: each.limit });
      else if (each.kind === 'leave') {
        const all = [...state.running, ...line];
        const gone = all[each.pick % Math.max(1, all.length)];
        if (gone === undefined) continue;
        apply({ type: 'RunLeft', ...gone });
        line = line.filter((run) => !same(run, gone));
        left.push(gone);
      } else {
        const [again] = left.splice(each.pick % Math.max(1, left.length), 1);
        if (again === undefined) continue;
        const place = line.findIndex(({ number }) => number > again.number);
        line.splice(place === -1 ? line.length : place, 0, { number: again.number, attempt: again.attempt + 1 });
        apply({ type: 'RunQueued', number: again.number, attempt: again.attempt + 1 });
      }
      const admitted = admissible(state);
      expect(admitted).toEqual(line.slice(0, Math.max(0, state.limit - state.running.length)));
      for (const run of admitted) apply({ type: 'RunAdmitted', ...run });
      line = line.slice(admitted.length);
      started.push(...admitted);
      if (admitted.length > 0) expect(state.running.length).toBeLessThanOrEqual(state.limit);
      expect(line.map((run) => positionOf(state, run))).toEqual(line.map((_, index) => index));
    }
    return { state, started };
  }

  test('it starts runs in the order of their numbers, never over its limit, and starts nothing twice', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { started } = lived(steps);
        expect(new Set(started.map(({ number, attempt }) => `${String(number)}.${String(attempt)}`)).size).toBe(
          started.length,
        );
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('nobody starves: once those before it have left, each waiting run starts', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let { state } = lived(steps);
        const waiting = state.waiting.reduce((sum, range) => sum + range.to - range.from + 1, 0);
        for (let turn = 0; turn < waiting + steps.length && state.waiting.length > 0; turn++) {
          for (const run of admissible(state)) state = evolveQueue(state, { type: 'RunAdmitted', ...run }, 0);
          for (const run of state.running) state = evolveQueue(state, { type: 'RunLeft', ...run }, 0);
        }
        expect(state.waiting).toEqual([]);
      }),
      { seed: 2, numRuns: 100 },
    );
  });
});
