// What follows a failed attempt: another try or the end, by what kind of failure it was.

import { describe, expect, test } from 'vitest';

import { failed, given, noon, start, succeeded } from '../../support/given.ts';

const SECOND = 1_000;

describe('a failed attempt', () => {
  test.each([
    ['USER', 'user: 2', true, 2],
    ['PLATFORM', 'platform: 2', true, 2],
    ['TIMEOUT', 'timeout: 2', true, 2],
    ['PLATFORM', 'user: 2', true, 3],
    ['USER', 'platform: 9', true, 0],
    ['TIMEOUT', 'user: 9', true, 0],
    ['INTERNAL', 'user: 9, platform: 9, timeout: 9', true, 0],
    ['USER', 'user: 9', false, 0],
    ['PLATFORM', 'platform: 9', false, 0],
  ] as const)('of kind %s under { %s }, retryable: %s, is tried %i more times', (kind, policy, retryable, tries) => {
    const situation = given(`id: flow\nsteps: [{ id: a, run: x, retry: { ${policy} } }]`).when(start('flow'));
    for (let retry = 0; retry < tries; retry++) {
      situation.reported('flow/1/a', failed(kind, retryable)).then({ events: ['RetryScheduled a'], effects: [] });
      situation.after(60 * SECOND).then({ events: ['AttemptStarted a'], effects: ['StartAttempt a'] });
    }
    const end = kind === 'TIMEOUT' ? 'TIMED_OUT' : 'FAILED';
    situation
      .reported('flow/1/a', failed(kind, retryable))
      .then({ events: [kind === 'TIMEOUT' ? 'StepTimedOut a' : 'StepFailed a', `RunEnded ${end}`, 'RunLeft 1'] })
      .shows('flow/1', end, `a: ${end}`);
    expect(situation.run('flow/1').steps[0]?.attempts.map(({ number }) => number)).toEqual(
      Array.from({ length: tries + 1 }, (_, index) => index + 1),
    );
  });

  test('is counted by its own kind only', () => {
    const situation = given('id: flow\nsteps: [{ id: a, run: x, retry: { user: 1, platform: 1 } }]').when(
      start('flow'),
    );
    situation.reported('flow/1/a', failed('USER')).after(SECOND);
    situation
      .reported('flow/1/a', failed('PLATFORM'))
      .then({ events: ['RetryScheduled a'] })
      .after(2 * SECOND);
    situation.reported('flow/1/a', failed('USER')).then({ events: ['StepFailed a', 'RunEnded FAILED', 'RunLeft 1'] });
  });

  test.each([
    ['1s..8s', [1, 2, 4, 8, 8]],
    ['1s..1m', [1, 2, 4, 8, 16]],
    ['5s..5s', [5, 5, 5, 5, 5]],
    ['3s..10s', [3, 6, 10, 10, 10]],
  ])('waits %s as %j seconds', (backoff, pauses) => {
    const situation = given(`id: flow\nsteps: [{ id: a, run: x, retry: { user: 5, backoff: ${backoff} } }]`).when(
      start('flow'),
    );
    const waited = pauses.map((pause) => {
      situation.reported('flow/1/a', failed());
      const { wakeAt = 0 } = situation.run('flow/1').steps[0] ?? {};
      const seconds = (wakeAt - situation.now) / SECOND;
      situation.after(pause * SECOND - 1).shows('flow/1', 'RUNNING', 'a: RETRY_PENDING');
      situation.after(1).shows('flow/1', 'RUNNING', 'a: RUNNING');
      return seconds;
    });
    expect(waited).toEqual(pauses);
  });

  test('that is tried again may succeed, and keeps what went wrong before', () => {
    const situation = given('id: flow\nsteps: [{ id: a, run: x, retry: 1, outputs: { n: long } }]')
      .when(start('flow'))
      .reported('flow/1/a', failed())
      .after(SECOND)
      .reported('flow/1/a', succeeded({ n: 7 }))
      .shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED');
    const [step] = situation.run('flow/1').steps;
    expect(step?.outputs).toEqual([{ name: 'n', value: 7 }]);
    expect(step?.failure).toBeUndefined();
    expect(step?.attempts).toMatchObject([
      { number: 1, failure: { kind: 'USER' }, startedAt: noon, endedAt: noon },
      { number: 2, startedAt: noon + SECOND, endedAt: noon + SECOND },
    ]);
    expect(step?.attempts[1]).not.toHaveProperty('failure');
  });

  test('of one step holds up no other', () => {
    given('id: flow\nsteps: [{ id: a, run: x, retry: 1 }, { id: b, run: x }, { id: c, needs: b, noop: true }]')
      .when(start('flow'))
      .reported('flow/1/a', failed())
      .reported('flow/1/b', succeeded())
      .shows('flow/1', 'RUNNING', 'a: RETRY_PENDING, b: SUCCEEDED, c: SUCCEEDED');
  });
});
