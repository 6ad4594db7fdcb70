// Leaving a step out, and beginning one again while its run goes on: what comes of it behind the step.

import { describe, expect, test } from 'vitest';

import { cancelled, failed, given, retry, skip, start, succeeded } from '../../support/given.ts';

const SECOND = 1_000;

describe('a skipped step', () => {
  test('leads on like one that was done, also by its conditions', () => {
    given(
      'id: flow\nparams: { n: 5 }\nsteps: [{ id: a, run: x }, { id: b, needs: { a: n > 3 }, noop: true }, { id: c, needs: { a: n > 9 }, noop: true }]',
    )
      .when(start('flow'))
      .when(skip('flow/1/a'))
      .then({ effects: ['CancelAttempt a'] })
      .reported('flow/1/a', cancelled)
      .shows('flow/1', 'SUCCEEDED', 'a: SKIPPED, b: SUCCEEDED, c: UNSATISFIED');
  });

  test('that was done before it heard of it is done', () => {
    given('id: flow\nsteps: [{ id: a, run: x }]')
      .when(start('flow'))
      .when(skip('flow/1/a'))
      .reported('flow/1/a', succeeded())
      .shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED');
  });

  test('is skipped also if it had been cut off already, and is not tried again', () => {
    given('id: flow\nsteps: [{ id: a, run: x, timeout: 10s, retry: { timeout: 3 } }, { id: b, needs: a, noop: true }]')
      .when(start('flow'))
      .after(10 * SECOND)
      .when(skip('flow/1/a'))
      .reported('flow/1/a', cancelled)
      .shows('flow/1', 'SUCCEEDED', 'a: SKIPPED, b: SUCCEEDED');
  });

  test('that had failed no longer makes the run fail', () => {
    const situation = given('id: flow\nsteps: [{ id: a, run: x }, { id: b, run: x }, { id: c, needs: a, noop: true }]')
      .when(start('flow'))
      .reported('flow/1/a', failed('USER', false))
      .when(skip('flow/1/a'))
      .shows('flow/1', 'RUNNING', 'a: SKIPPED, b: RUNNING, c: SUCCEEDED')
      .reported('flow/1/b', succeeded())
      .shows('flow/1', 'SUCCEEDED');
    expect(situation.run('flow/1').failure).toBeUndefined();
  });
});

describe('a step that is begun again', () => {
  test('is a further attempt of it, and what needs it goes on behind it', () => {
    const situation = given('id: flow\nsteps: [{ id: a, run: x }, { id: b, run: x }, { id: c, needs: a, noop: true }]')
      .when(start('flow'))
      .reported('flow/1/a', failed('USER', false))
      .when(retry('flow/1/a'))
      .then({ events: ['StepRetried a', { type: 'AttemptStarted', attempt: 2 }], effects: ['StartAttempt a'] })
      .reported('flow/1/a', succeeded())
      .reported('flow/1/b', succeeded())
      .shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED, b: SUCCEEDED, c: SUCCEEDED');
    expect(situation.run('flow/1').steps[0]?.failure).toBeUndefined();
  });

  test('before its pause is over does not begin a second time when it is', () => {
    given('id: flow\nsteps: [{ id: a, run: x, retry: { user: 1, backoff: 1m..1m } }]')
      .when(start('flow'))
      .reported('flow/1/a', failed())
      .when(retry('flow/1/a'))
      .then({ events: [{ type: 'AttemptStarted', attempt: 2 }] })
      .after(120 * SECOND)
      .shows('flow/1', 'RUNNING', 'a: RUNNING')
      .reported('flow/1/a', succeeded())
      .shows('flow/1', 'SUCCEEDED');
  });
});
