// An iteration that has ended begins again while its loop goes on: it waits for a place, the loop takes back what it counted,
// and waits for it.

import { describe, expect, test } from 'vitest';

import { runActions, stepActions } from '../../../src/core/run/actions.ts';
import { iterationsEntity } from '../../../src/core/ids.ts';
import { type IterationsState } from '../../../src/core/run/iterations.ts';
import { type LoopState } from '../../../src/core/run/state.ts';
import {
  cancelled,
  failed,
  given,
  pause,
  restart,
  resume,
  retry,
  type Situation,
  skip,
  start,
  stop,
  succeeded,
} from '../../support/given.ts';

const SECOND = 1_000;
const bad = failed('USER', false);
const two = '{ id: a, run: x, outputs: { n: long } }, { id: b, needs: a, run: x }';

/** A loop over five values, three of them at once, and a step behind it. */
function looping(more = '', inner = two): Situation {
  const loop = `{ id: each, foreach: { v: [1, 2, 3, 4, 5] }, concurrency: 3, ${more} steps: [${inner}] }`;
  return given(`id: flow\nsteps: [${loop}, { id: after, needs: each, noop: true }]`).when(start('flow'));
}

function loopOf(situation: Situation, run = 'flow/1'): LoopState {
  const loop = situation.run(run).steps.find((step) => step.loop !== undefined)?.loop;
  if (loop === undefined) throw new Error(`no loop has begun in ${run}`);
  return loop;
}

function recorded(situation: Situation): readonly (string | undefined)[] {
  const record = situation.entity(iterationsEntity(loopOf(situation).book, 0))?.state as IterationsState | undefined;
  return record?.entries.map((entry) => entry?.status) ?? [];
}

/** The second of three has failed at its first step, which was tried once. */
const oneFailed = (more = ''): Situation => looping(more).reported('flow/1/each[1]/a', bad);

describe('an iteration that failed while others go on', () => {
  test('begins again where its loop has a place, and the loop forgets how it had ended', () => {
    const situation = oneFailed();
    expect(loopOf(situation)).toMatchObject({ running: [0, 2], ended: { FAILED: 1 }, firstBad: { index: 1 } });
    situation
      .when(restart('flow/1/each[1]'))
      .then({
        events: [
          'IterationErased',
          'IterationReopened each',
          'RunReopened',
          'RunStarted',
          'IterationBegunAgain each',
          'AttemptStarted a',
        ],
      })
      .shows('flow/1/each[1]', 'RUNNING', 'a: RUNNING, b: NOT_CREATED');
    const loop = loopOf(situation);
    expect(loop).toMatchObject({ running: [0, 2, 1], ended: { FAILED: 0 }, next: 3 });
    expect([loop.firstBad, loop.again]).toEqual([undefined, undefined]);
    expect(situation.run('flow/1/each[1]')).toMatchObject({ reopened: { by: 'ada', times: 1 } });
    expect(situation.run('flow/1/each[1]').failure).toBeUndefined();
  });

  test('is tried under its own number, each step with further attempts', () => {
    const situation = oneFailed().when(restart('flow/1/each[1]'));
    expect(situation.run('flow/1/each[1]').steps[0]?.attempts.map(({ number }) => number)).toEqual([1, 2]);
    situation.reported('flow/1/each[1]/a', succeeded({ n: 2 })).reported('flow/1/each[1]/b', succeeded());
    expect(recorded(situation)).toEqual([undefined, 'SUCCEEDED']);
  });

  test('lets its loop go on: what had not begun begins, what it gives is what counts, and the run succeeds', () => {
    const situation = oneFailed().when(restart('flow/1/each[1]'));
    for (const index of [1, 0, 2, 3, 4]) {
      const name = `flow/1/each[${String(index)}]`;
      situation.reported(`${name}/a`, succeeded({ n: index })).reported(`${name}/b`, succeeded());
    }
    situation.shows('flow/1', 'SUCCEEDED', 'each: SUCCEEDED, after: SUCCEEDED');
    expect(loopOf(situation)).toMatchObject({ running: [], next: 5, ended: { SUCCEEDED: 5, FAILED: 0 } });
    expect(recorded(situation)).toEqual(Array(5).fill('SUCCEEDED'));
  });

  test('and fails again fails the loop as it would have at first', () => {
    const situation = oneFailed().when(restart('flow/1/each[1]')).reported('flow/1/each[1]/a', bad);
    for (const index of [0, 2])
      situation.when(stop(`flow/1/each[${String(index)}]`)).reported(`flow/1/each[${String(index)}]/a`, cancelled);
    situation.shows('flow/1', 'FAILED', 'each: FAILED, after: NOT_CREATED');
    expect(situation.run('flow/1').failure?.message).toContain('3 of 5 iterations of "each" did not succeed: each[1]');
  });

  test('any number of times, and each time the retry policy counts from the beginning', () => {
    const situation = looping('', '{ id: a, run: x, retry: 1 }');
    for (let times = 1; times <= 3; times++) {
      situation.reported('flow/1/each[1]/a', failed()).after(SECOND).reported('flow/1/each[1]/a', failed());
      situation.shows('flow/1/each[1]', 'FAILED', 'a: FAILED').when(restart('flow/1/each[1]'));
    }
    expect(situation.run('flow/1/each[1]')).toMatchObject({ reopened: { times: 3 }, steps: [{ formerAttempts: 6 }] });
    expect(loopOf(situation).ended).toEqual({ SUCCEEDED: 0, FAILED: 0, STOPPED: 0, TIMED_OUT: 0 });
  });

  test('is no longer what the loop blames: another one that failed is', () => {
    const situation = oneFailed('tolerate: 4,').reported('flow/1/each[3]/a', bad).when(restart('flow/1/each[1]'));
    expect(loopOf(situation).firstBad).toEqual({ index: 3, message: 'Step "a": The command ended with exit code 3.' });
  });

  test('begins although another one has failed for good, and no new one does', () => {
    const situation = oneFailed().reported('flow/1/each[2]/a', bad).when(restart('flow/1/each[1]'));
    expect(loopOf(situation)).toMatchObject({ running: [0, 1], next: 3, firstBad: { index: 2 } });
    situation.reported('flow/1/each[0]/a', succeeded()).reported('flow/1/each[0]/b', succeeded());
    situation.shows('flow/1', 'RUNNING', 'each: RUNNING, after: NOT_CREATED');
    situation.reported('flow/1/each[1]/a', succeeded()).reported('flow/1/each[1]/b', succeeded());
    situation.shows('flow/1', 'FAILED', 'each: FAILED, after: NOT_CREATED');
    expect(loopOf(situation).ended).toEqual({ SUCCEEDED: 2, FAILED: 1, STOPPED: 0, TIMED_OUT: 0 });
  });

  test('gives the budget of a loop that may lose some back', () => {
    const situation = oneFailed('tolerate: 1,').when(restart('flow/1/each[1]'));
    situation.reported('flow/1/each[0]/a', bad);
    expect(loopOf(situation)).toMatchObject({ running: [2, 3, 1], ended: { FAILED: 1 } });
    for (const index of [1, 2, 3, 4]) {
      const name = `flow/1/each[${String(index)}]`;
      situation.reported(`${name}/a`, succeeded()).reported(`${name}/b`, succeeded());
    }
    situation.shows('flow/1', 'SUCCEEDED', 'each: COMPLETED_WITH_ERROR, after: SUCCEEDED');
  });
});

describe('an iteration that succeeded while others go on', () => {
  const done = (): Situation =>
    looping()
      .reported('flow/1/each[1]/a', succeeded({ n: 1 }))
      .reported('flow/1/each[1]/b', succeeded());

  test('is done again from its beginning, behind those that took its place, and gives what it gives the last time', () => {
    const situation = done().when(restart('flow/1/each[1]'));
    situation.shows('flow/1/each[1]', 'QUEUED', 'a: NOT_CREATED, b: NOT_CREATED');
    expect(loopOf(situation)).toMatchObject({ running: [0, 2, 3], again: [1], next: 4, ended: { SUCCEEDED: 0 } });
    situation.reported('flow/1/each[0]/a', succeeded()).reported('flow/1/each[0]/b', succeeded());
    expect(loopOf(situation)).toMatchObject({ running: [2, 3, 1], next: 4 });
    situation.shows('flow/1/each[1]', 'RUNNING', 'a: RUNNING, b: NOT_CREATED');
  });

  test('is done again from one step, with what the step before gave', () => {
    const situation = done().when(restart('flow/1/each[1]', {}, { step: 'b' }));
    situation.reported('flow/1/each[0]/a', bad).shows('flow/1/each[1]', 'RUNNING', 'a: SUCCEEDED, b: RUNNING');
    expect(situation.run('flow/1/each[1]').steps[0]?.outputs).toEqual([{ name: 'n', value: 1 }]);
  });

  test('with nothing incomplete in it only counts again', () => {
    const situation = done()
      .when(restart('flow/1/each[1]', {}, 'INCOMPLETE'))
      .reported('flow/1/each[0]/a', bad);
    situation.shows('flow/1/each[1]', 'SUCCEEDED', 'a: SUCCEEDED, b: SUCCEEDED');
    expect(loopOf(situation)).toMatchObject({ ended: { SUCCEEDED: 1, FAILED: 1 } });
  });
});

describe('an iteration that waits to begin again', () => {
  const waiting = (more = ''): Situation => {
    const situation = oneFailed(`tolerate: 4, ${more}`);
    return situation.when(restart('flow/1/each[1]'));
  };

  test('comes before those that have never begun', () => {
    const situation = waiting();
    expect(loopOf(situation)).toMatchObject({ running: [0, 2, 3], again: [1], next: 4 });
    situation.reported('flow/1/each[3]/a', bad);
    expect(loopOf(situation)).toMatchObject({ running: [0, 2, 1], next: 4 });
  });

  test('is waited for also after everything else is over', () => {
    const situation = oneFailed().when(pause('flow/1')).when(restart('flow/1/each[1]'));
    for (const index of [0, 2])
      situation.when(stop(`flow/1/each[${String(index)}]`)).reported(`flow/1/each[${String(index)}]/a`, cancelled);
    situation.shows('flow/1', 'PAUSED', 'each: RUNNING, after: NOT_CREATED').shows('flow/1/each[1]', 'QUEUED');
    situation.when(resume('flow/1')).shows('flow/1/each[1]', 'RUNNING', 'a: RUNNING, b: NOT_CREATED');
  });

  test('keeps the window of a strict order where it is', () => {
    const situation = looping('strictOrdering: true, tolerate: 4,').reported('flow/1/each[0]/a', bad);
    expect(loopOf(situation).running).toEqual([1, 2, 3]);
    situation.when(restart('flow/1/each[0]')).reported('flow/1/each[1]/a', bad);
    expect(loopOf(situation)).toMatchObject({ running: [2, 3], again: [0], next: 4 });
    situation.reported('flow/1/each[3]/a', bad);
    expect(loopOf(situation)).toMatchObject({ running: [2, 0], next: 4 });
    situation.reported('flow/1/each[2]/a', bad);
    expect(loopOf(situation)).toMatchObject({ running: [0], next: 4 });
    situation.reported('flow/1/each[0]/a', succeeded()).reported('flow/1/each[0]/b', succeeded());
    expect(loopOf(situation)).toMatchObject({ running: [4], next: 5 });
  });

  test('ends where it is when someone stops it, and counts as it ended', () => {
    const situation = waiting().when(stop('flow/1/each[1]'));
    situation.shows('flow/1/each[1]', 'STOPPED');
    expect(loopOf(situation)).toMatchObject({ running: [0, 2, 3], ended: { FAILED: 0, STOPPED: 1 } });
    expect(loopOf(situation).again).toBeUndefined();
    expect(recorded(situation)[1]).toBe('STOPPED');
  });

  test('ends with its run', () => {
    const situation = waiting().when(stop('flow/1'));
    for (const index of [0, 2, 3]) situation.reported(`flow/1/each[${String(index)}]/a`, cancelled);
    situation.shows('flow/1/each[1]', 'STOPPED').shows('flow/1', 'STOPPED', 'each: STOPPED, after: NOT_CREATED');
  });

  test('ends where the loop fails now', () => {
    const situation = looping('tolerate: 1, onFailure: fail-now,').reported('flow/1/each[1]/a', bad);
    situation.when(restart('flow/1/each[1]')).reported('flow/1/each[0]/a', bad).reported('flow/1/each[1]/a', bad);
    situation.when(restart('flow/1/each[0]')).then({ refusal: { code: 'ACTION_NOT_ALLOWED' } });
    for (const index of [2, 3]) situation.reported(`flow/1/each[${String(index)}]/a`, cancelled);
    situation.shows('flow/1', 'FAILED', 'each: FAILED, after: NOT_CREATED');
  });
});

describe('a step of an iteration that has ended', () => {
  test('is tried again within the loop, with what needs it', () => {
    const situation = oneFailed().when(retry('flow/1/each[1]/a'));
    situation.shows('flow/1/each[1]', 'RUNNING', 'a: RUNNING, b: NOT_CREATED');
    expect(situation.run('flow/1/each[1]').reopened).toMatchObject({ from: { kind: 'STEP', step: 'a' } });
  });

  test('is left out, and what needs it goes on', () => {
    oneFailed().when(skip('flow/1/each[1]/a')).shows('flow/1/each[1]', 'RUNNING', 'a: SKIPPED, b: RUNNING');
  });

  test('that is not there names those that are', () => {
    oneFailed()
      .when(restart('flow/1/each[1]', {}, { step: 'other' }))
      .then({ refusal: { code: 'NOT_FOUND', hint: 'Its steps: a, b.' } });
  });
});

describe('what an iteration had begun', () => {
  const nested = '{ id: inner, foreach: { w: [1, 2] }, steps: [{ id: i, run: x }] }';

  test('is gone on with from what is incomplete: a loop in it keeps what succeeded', () => {
    const situation = looping('', nested).reported('flow/1/each[0]/inner[0]/i', succeeded());
    situation.reported('flow/1/each[0]/inner[1]/i', bad).shows('flow/1/each[0]', 'FAILED', 'inner: FAILED');
    situation.when(restart('flow/1/each[0]', {}, 'INCOMPLETE'));
    expect(loopOf(situation, 'flow/1/each[0]')).toMatchObject({ running: [1], ended: { SUCCEEDED: 1 } });
    situation
      .reported('flow/1/each[0]/inner[1.2]/i', succeeded())
      .shows('flow/1/each[0]', 'SUCCEEDED', 'inner: SUCCEEDED');
  });

  test('is forgotten from the beginning: a loop in it does all again', () => {
    const situation = looping('', nested).reported('flow/1/each[0]/inner[0]/i', succeeded());
    situation.reported('flow/1/each[0]/inner[1]/i', bad).when(restart('flow/1/each[0]'));
    expect(loopOf(situation, 'flow/1/each[0]')).toMatchObject({ running: [0, 1], ended: { SUCCEEDED: 0 } });
    situation.shows('flow/1/each[0]/inner[0.2]', 'RUNNING', 'i: RUNNING');
  });

  test('also of an iteration within one, as long as the loop in which it stands goes on', () => {
    const situation = looping('', nested).reported('flow/1/each[0]/inner[1]/i', bad);
    situation.when(restart('flow/1/each[0]/inner[1]')).shows('flow/1/each[0]/inner[1]', 'RUNNING', 'i: RUNNING');
    for (const index of [0, 1]) situation.reported(`flow/1/each[0]/inner[${String(index)}]/i`, succeeded());
    situation.shows('flow/1/each[0]', 'SUCCEEDED', 'inner: SUCCEEDED');
  });
});

describe('an iteration cannot begin again', () => {
  const refused = (situation: Situation, name: string, message: RegExp): void => {
    const before = situation.run(name);
    situation.when(restart(name));
    const { decision } = situation.taken.at(-1) ?? {};
    const refusals = decision?.kind === 'REFUSED' ? decision.refusals : [];
    expect(refusals).toMatchObject([{ code: 'ACTION_NOT_ALLOWED', message: expect.stringMatching(message) as string }]);
    expect(situation.run(name)).toBe(before);
  };

  test('that goes on', () => {
    refused(looping(), 'flow/1/each[1]', /is RUNNING/u);
  });

  test('that has run again since', () => {
    const situation = looping('retry: 1,');
    for (const index of [0, 1, 2]) situation.reported(`flow/1/each[${String(index)}]/a`, bad);
    refused(situation.after(SECOND), 'flow/1/each[1]', /has run again since/u);
  });

  test('whose loop is being ended', () => {
    refused(oneFailed().when(stop('flow/1')), 'flow/1/each[1]', /is being ended/u);
    refused(oneFailed().when(skip('flow/1/each')), 'flow/1/each[1]', /is being ended/u);
    refused(oneFailed('onFailure: fail-now,'), 'flow/1/each[1]', /is being ended/u);
  });

  test('that is a round of a `while`', () => {
    const round =
      'id: flow\nsteps: [{ id: turn, while: "n < 3", values: { n: 0 }, steps: [{ id: n1, run: x, outputs: { n: long } }] }]';
    const situation = given(round)
      .when(start('flow'))
      .reported('flow/1/turn[0]/n1', succeeded({ n: 1 }));
    refused(situation, 'flow/1/turn[0]', /round of a `while`/u);
  });

  test('with other parameters', () => {
    oneFailed()
      .when(restart('flow/1/each[1]', { v: 9 }))
      .then({ refusal: { code: 'BAD_INPUT' } });
  });
});

test('the steps of an iteration are counted as they ended the last time', () => {
  const situation = oneFailed();
  expect(loopOf(situation).leaves).toBe('f|n');
  situation.when(restart('flow/1/each[1]'));
  expect(loopOf(situation).leaves).toBe('|');
  situation.reported('flow/1/each[1]/a', succeeded({ n: 1 })).reported('flow/1/each[1]/b', succeeded());
  expect(loopOf(situation).leaves).toBe('s|s');
});

test('what may be done with an ended iteration depends on whether its loop takes it back', () => {
  const iteration = oneFailed().run('flow/1/each[1]');
  const [step] = iteration.steps;
  expect([runActions(iteration), runActions(iteration, true)]).toEqual([[], ['RESTART']]);
  if (step === undefined) throw new Error('no step');
  expect([stepActions(iteration, step, false), stepActions(iteration, step, false, true)]).toEqual([
    [],
    ['SKIP', 'RETRY'],
  ]);
});
