// `while`: one iteration after the other, with values that the steps inside change, and where it goes on after a failure.

import { describe, expect, test } from 'vitest';

import { type LoopState } from '../../../src/core/run/state.ts';
import { failed, given, pause, restart, resume, type Situation, start, stop, succeeded } from '../../support/given.ts';

function counting(condition: string, more = ''): string {
  return `id: flow\nparams: { limit: 2 }\nsteps:\n  - { id: round, while: "${condition}", values: { i: 0 }, ${more} steps: [{ id: a, run: x, outputs: { i: long } }] }\n  - { id: b, needs: round, noop: true }`;
}

function loopOf(situation: Situation): LoopState | undefined {
  return situation.run('flow/1').steps[0]?.loop;
}

describe('a loop as long as a condition holds', () => {
  test('hands each iteration what the one before gave under the names of its values', () => {
    const situation = given(counting('i < limit')).when(start('flow'));
    situation.reported('flow/1/round[0]/a', succeeded({ i: 1 }));
    expect(situation.run('flow/1/round[1]').params).toEqual([
      { name: 'i', type: 'long', value: 1 },
      { name: 'loop_index', type: 'long', value: 1 },
    ]);
    situation
      .reported('flow/1/round[1]/a', succeeded({ i: 2 }))
      .shows('flow/1', 'SUCCEEDED', 'round: SUCCEEDED, b: SUCCEEDED');
    expect(loopOf(situation)).toMatchObject({ next: 2, running: [], values: [2], ended: { SUCCEEDED: 2 } });
  });

  test('keeps the values that an iteration does not give', () => {
    const situation = given(counting('i < limit')).when(start('flow')).reported('flow/1/round[0]/a', succeeded());
    expect(situation.run('flow/1/round[1]').params[0]).toMatchObject({ value: 0 });
  });

  test('that does not hold at once succeeds without any iteration', () => {
    const situation = given(counting('i > limit')).when(start('flow')).shows('flow/1', 'SUCCEEDED');
    expect(loopOf(situation)).toMatchObject({ next: 0 });
  });

  test.each([['cannot be evaluated', '10 / i > 2', 'EXPRESSION_ARITHMETIC']])(
    'that %s fails, and is not tried again',
    (_, condition) => {
      const situation = given(counting(condition, 'retry: 2,')).when(start('flow'));
      situation.shows('flow/1', 'FAILED', 'round: FAILED, b: NOT_CREATED');
      expect(situation.run('flow/1').steps[0]?.attempts).toHaveLength(1);
      expect(situation.run('flow/1').failure?.message).toMatch(
        /^An expression of step "round" could not be evaluated: /u,
      );
    },
  );

  test('ends with its first iteration that does not succeed', () => {
    given(counting('true'))
      .when(start('flow'))
      .reported('flow/1/round[0]/a', failed('USER', false))
      .shows('flow/1', 'FAILED', 'round: FAILED, b: NOT_CREATED');
    given(counting('true')).when(start('flow')).when(stop('flow/1/round[0]')).shows('flow/1', 'RUNNING');
  });

  test('begins no iteration while the run is paused', () => {
    const situation = given(counting('true')).when(start('flow')).when(pause('flow/1'));
    situation.reported('flow/1/round[0]/a', succeeded({ i: 1 })).shows('flow/1/round[0]', 'PAUSED', 'a: SUCCEEDED');
    situation.when(resume('flow/1'));
    expect(loopOf(situation)).toMatchObject({ running: [1], next: 2 });
  });
});

describe('a restart from what is incomplete', () => {
  function failedInTheSecond(): Situation {
    return given(counting('i < limit'))
      .when(start('flow'))
      .reported('flow/1/round[0]/a', succeeded({ i: 1 }))
      .reported('flow/1/round[1]/a', failed('USER', false))
      .shows('flow/1', 'FAILED');
  }

  test('goes on with the iteration that failed, with the values it had', () => {
    const situation = failedInTheSecond().when(restart('flow/1', {}, 'INCOMPLETE'));
    expect(loopOf(situation)).toMatchObject({ running: [1], next: 2, ended: { SUCCEEDED: 1 } });
    expect(situation.run('flow/1/round[1]').params[0]).toMatchObject({ value: 1 });
    situation.reported('flow/1/round[1]/a', succeeded({ i: 2 })).shows('flow/1', 'SUCCEEDED');
  });

  test('twice goes on from there again', () => {
    const situation = failedInTheSecond().when(restart('flow/1', {}, 'INCOMPLETE'));
    situation.reported('flow/1/round[1]/a', failed('USER', false)).when(restart('flow/1', {}, 'INCOMPLETE'));
    expect(loopOf(situation)).toMatchObject({ running: [1], next: 2, ended: { SUCCEEDED: 1 } });
  });

  test('under which the condition no longer holds counts what was done before', () => {
    const situation = failedInTheSecond().when(restart('flow/1', { limit: 1 }, 'INCOMPLETE'));
    situation.shows('flow/1', 'SUCCEEDED');
    expect(loopOf(situation)).toMatchObject({ next: 1, ended: { SUCCEEDED: 1, FAILED: 0 } });
  });
});
