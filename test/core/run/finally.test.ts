// `finally`: what runs last, whatever became of the steps, and changes nothing about how the run ended.

import { describe, expect, test } from 'vitest';

import {
  cancelled,
  failed,
  given,
  kill,
  pause,
  restart,
  resume,
  retry,
  skip,
  start,
  stop,
  succeeded,
} from '../../support/given.ts';

const SECOND = 1_000;
const flow =
  'id: flow\ntimeout: 1m\nsteps: [{ id: a, run: x }]\nfinally: [{ id: tidy, run: x, env: { HOW: "${run.status}" } }]';

describe('what stands under `finally`', () => {
  test.each([
    ['SUCCEEDED', succeeded()],
    ['FAILED', failed('USER', false)],
    ['TIMED_OUT', failed('TIMEOUT', false)],
  ])('runs when all else has ended, is told that the run is %s, and then it is', (status, result) => {
    const situation = given(flow).when(start('flow')).reported('flow/1/a', result);
    situation.shows('flow/1', 'RUNNING');
    const decision = situation.taken.at(-1)?.decision;
    expect(decision?.kind === 'COMMIT' && decision.gathered.effects).toMatchObject([
      { spec: { value: { env: [{ value: status }] } } },
    ]);
    situation.reported('flow/1/tidy', failed('USER', false)).shows('flow/1', status as 'FAILED');
    expect(situation.run('flow/1').steps[1]?.status).toBe('FAILED');
  });

  test('runs after a stop and after the run’s own timeout, and no timeout counts for it', () => {
    given(flow)
      .when(start('flow'))
      .when(stop('flow/1'))
      .shows('flow/1', 'RUNNING', 'a: RUNNING, tidy: NOT_CREATED')
      .reported('flow/1/a', cancelled)
      .shows('flow/1', 'RUNNING', 'a: STOPPED, tidy: RUNNING')
      .after(3_600 * SECOND)
      .reported('flow/1/tidy', succeeded())
      .shows('flow/1', 'STOPPED');
    given(flow)
      .when(start('flow'))
      .after(60 * SECOND)
      .reported('flow/1/a', cancelled)
      .reported('flow/1/tidy', succeeded())
      .shows('flow/1', 'TIMED_OUT', 'a: STOPPED, tidy: SUCCEEDED');
  });

  test('is left out by a kill, at any time', () => {
    given(flow)
      .when(start('flow'))
      .when(kill('flow/1'))
      .reported('flow/1/a', cancelled)
      .shows('flow/1', 'FAILED', 'a: STOPPED, tidy: NOT_CREATED');
    given(flow)
      .when(start('flow'))
      .reported('flow/1/a', succeeded())
      .when(kill('flow/1'))
      .reported('flow/1/tidy', cancelled)
      .shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED, tidy: STOPPED');
  });

  test('is not ended by a stop, unless the run was being stopped before: then it is no news', () => {
    given(flow)
      .when(start('flow'))
      .reported('flow/1/a', succeeded())
      .when(stop('flow/1'))
      .then({ refusal: { code: 'ACTION_NOT_ALLOWED', allowed: ['KILL', 'PAUSE', 'FORK'] } });
    given(flow)
      .when(start('flow'))
      .when(stop('flow/1'))
      .reported('flow/1/a', cancelled)
      .when(stop('flow/1'))
      .then({ events: [] });
  });

  test('runs even if the run was paused when it was stopped, and can be paused itself', () => {
    given(flow)
      .when(start('flow'))
      .when(pause('flow/1'))
      .when(stop('flow/1'))
      .reported('flow/1/a', cancelled)
      .shows('flow/1', 'RUNNING', 'a: STOPPED, tidy: RUNNING')
      .when(pause('flow/1'))
      .reported('flow/1/tidy', succeeded())
      .shows('flow/1', 'PAUSED')
      .when(resume('flow/1'))
      .shows('flow/1', 'STOPPED');
  });

  test('can be skipped and begun again, while the other steps are over for good', () => {
    const situation = given(
      'id: flow\nsteps: [{ id: a, run: x }]\nfinally: [{ id: one, run: x }, { id: two, run: x }, { id: three, needs: one, noop: true }]',
    )
      .when(start('flow'))
      .reported('flow/1/a', failed('USER', false))
      .reported('flow/1/one', failed('USER', false))
      .when(retry('flow/1/a'))
      .then({ refusal: { code: 'ACTION_NOT_ALLOWED' } })
      .when(skip('flow/1/a'))
      .then({ refusal: { code: 'ACTION_NOT_ALLOWED' } })
      .when(retry('flow/1/one'))
      .shows('flow/1', 'RUNNING', 'a: FAILED, one: RUNNING, two: RUNNING, three: NOT_CREATED')
      .when(skip('flow/1/two'))
      .reported('flow/1/two', cancelled)
      .reported('flow/1/one', succeeded());
    situation.shows('flow/1', 'FAILED', 'a: FAILED, one: SUCCEEDED, two: SKIPPED, three: SUCCEEDED');
  });

  test('does not end the others when it fails now, and may be ignored', () => {
    given(
      'id: flow\nsteps: [{ id: a, noop: true }]\nfinally: [{ id: one, run: x, onFailure: fail-now }, { id: two, run: x }]',
    )
      .when(start('flow'))
      .reported('flow/1/one', failed('USER', false))
      .shows('flow/1', 'RUNNING', 'a: SUCCEEDED, one: FAILED, two: RUNNING')
      .reported('flow/1/two', succeeded())
      .shows('flow/1', 'SUCCEEDED');
  });

  test.each([
    ['from its beginning', undefined],
    ['from what is incomplete', 'INCOMPLETE' as const],
    ['from one step', { step: 'a' }],
  ])('is done anew by a restart %s, also where it is a loop', (_, from) => {
    const situation = given(
      'id: flow\nsteps: [{ id: a, run: x }]\nfinally: [{ id: each, foreach: { v: [1, 2] }, steps: [{ id: tidy, run: x }] }]',
    )
      .when(start('flow'))
      .reported('flow/1/a', failed('USER', false))
      .reported('flow/1/each[0]/tidy', succeeded())
      .reported('flow/1/each[1]/tidy', failed('USER', false))
      .shows('flow/1', 'FAILED', 'a: FAILED, each: FAILED')
      .when(restart('flow/1', {}, from))
      .shows('flow/1', 'RUNNING', 'a: RUNNING, each: NOT_CREATED')
      .reported('flow/1/a', succeeded());
    expect(situation.run('flow/1').steps[1]?.loop?.running).toEqual([0, 1]);
  });

  test('cannot be where a restart begins', () => {
    given(flow)
      .when(start('flow'))
      .reported('flow/1/a', succeeded())
      .reported('flow/1/tidy', succeeded())
      .when(restart('flow/1', {}, { step: 'tidy' }))
      .then({ refusal: { code: 'NOT_FOUND' } })
      .when(skip('flow/1/tidy'))
      .then({ refusal: { code: 'NOT_FOUND' } });
  });
});
