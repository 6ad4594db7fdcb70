// A foreach that may lose some of its iterations.

import { describe, expect, test } from 'vitest';

import { isSpent } from '../../../src/core/run/loop.ts';
import { failed, given, restart, type Situation, start, succeeded } from '../../support/given.ts';

const loop = (tolerate: string, more = ''): string =>
  `id: flow\nsteps: [{ id: each, foreach: { v: [1, 2, 3, 4] }, concurrency: 1, ${tolerate}${more} steps: [{ id: i, run: x, outputs: { r: long } }] }, { id: after, needs: each, run: x }]`;

function ended(text: string, ...ends: readonly boolean[]): Situation {
  const situation = given(text).when(start('flow'));
  for (const [index, isGood] of ends.entries()) {
    situation.reported(`flow/1/each[${String(index)}]/i`, isGood ? succeeded({ r: index }) : failed('USER', false));
  }
  return situation;
}

describe('a foreach that tolerates some', () => {
  test('goes on after a failure, and what needs it runs; that some failed stays to be seen', () => {
    const situation = ended(loop('tolerate: 1,'), true, false, true, true);
    situation.shows('flow/1', 'RUNNING', 'each: COMPLETED_WITH_ERROR, after: RUNNING');
    expect(situation.run('flow/1').steps[0]?.failure).toMatchObject({
      code: 'ITERATIONS_FAILED',
      message: '1 of 4 iterations of "each" did not succeed: each[1] Step "i": The command ended with exit code 3.',
    });
  });

  test('fails with one more, and begins no further one', () => {
    const situation = ended(loop('tolerate: 1,'), false, false);
    situation.shows('flow/1', 'FAILED', 'each: FAILED, after: NOT_CREATED');
    expect(situation.run('flow/1').steps[0]?.loop?.next).toBe(2);
  });

  test('succeeds where none failed', () => {
    ended(loop('tolerate: 2,'), true, true, true, true).shows('flow/1', 'RUNNING', 'each: SUCCEEDED, after: RUNNING');
  });

  test('can say how many of a hundred', () => {
    ended(loop('tolerate: 50%,'), false, true, false, true).shows(
      'flow/1',
      'RUNNING',
      'each: COMPLETED_WITH_ERROR, after: RUNNING',
    );
    ended(loop('tolerate: 49%,'), false, true, false).shows('flow/1', 'FAILED');
  });

  test('with `onFailure: fail-now` goes on until it is too much', () => {
    ended(loop('tolerate: 1,', ' onFailure: fail-now,'), false).shows(
      'flow/1',
      'RUNNING',
      'each: RUNNING, after: NOT_CREATED',
    );
    ended(loop('tolerate: 1,', ' onFailure: fail-now,'), false, false).shows('flow/1', 'FAILED');
  });

  test('keeps what succeeded when it is restarted after all', () => {
    const situation = ended(loop('tolerate: 1,'), false, true, false).when(restart('flow/1', {}, 'INCOMPLETE'));
    situation.reported('flow/1/each[0]/i', succeeded({ r: 0 })).reported('flow/1/each[2]/i', failed('USER', false));
    situation.reported('flow/1/each[3]/i', succeeded({ r: 3 }));
    situation.shows('flow/1', 'RUNNING', 'each: COMPLETED_WITH_ERROR, after: RUNNING');
  });

  test('counts by the whole number of iterations', () => {
    const { work } = { work: { kind: 'foreach', over: [], steps: [], tolerate: { percent: 10 } } as const };
    const state = (total: number, bad: number) => ({
      book: 'b',
      total,
      next: total,
      running: [],
      ended: { SUCCEEDED: 0, FAILED: bad, STOPPED: 0, TIMED_OUT: 0 },
    });
    expect([isSpent(work, state(19, 1)), isSpent(work, state(19, 2)), isSpent(work, state(9, 1))]).toEqual([
      false,
      true,
      true,
    ]);
  });
});
