// How a run ends: its status by those of its steps, timeouts, and being stopped at any moment of its life.

import { describe, expect, test } from 'vitest';

import { cancelled, failed, given, noon, restart, start, stop, succeeded, wake } from '../../support/given.ts';

const SECOND = 1_000;

describe('the status of a run', () => {
  const results = {
    done: succeeded(),
    failed: failed('USER', false),
    late: failed('TIMEOUT', false),
  } as const;
  test.each([
    ['done', 'done', 'SUCCEEDED'],
    ['done', 'failed', 'FAILED'],
    ['done', 'late', 'TIMED_OUT'],
    ['late', 'failed', 'FAILED'],
    ['failed', 'late', 'FAILED'],
    ['late', 'late', 'TIMED_OUT'],
  ] as const)('with steps that are %s and %s is %s', (a, b, status) => {
    given('id: flow\nsteps: [{ id: a, run: x }, { id: b, run: x }]')
      .when(start('flow'))
      .reported('flow/1/a', results[a])
      .shows('flow/1', 'RUNNING')
      .reported('flow/1/b', results[b])
      .shows('flow/1', status);
  });

  test('names the first step that failed, and what is to be done', () => {
    const situation = given('id: flow\nsteps: [{ id: a, run: x }, { id: b, run: x }]')
      .when(start('flow'))
      .reported('flow/1/b', failed('USER', false))
      .reported('flow/1/a', failed('PLATFORM', false));
    expect(situation.run('flow/1').failure).toMatchObject({
      kind: 'PLATFORM',
      message: 'Step "a": The command ended with exit code 3.',
    });
  });

  test('is SUCCEEDED when everything was left out', () => {
    given('id: flow\nsteps: [{ id: a, when: false, noop: true }, { id: b, needs: a, noop: true }]')
      .when(start('flow'))
      .shows('flow/1', 'SUCCEEDED', 'a: UNSATISFIED, b: UNSATISFIED');
  });
});

describe('a step’s timeout', () => {
  const definition = 'id: flow\nsteps: [{ id: a, run: x, timeout: 10s, retry: { timeout: 1 } }]';

  test('ends the attempt, which is tried again if the policy grants it', () => {
    given(definition)
      .when(start('flow'))
      .after(10 * SECOND - 1)
      .shows('flow/1', 'RUNNING', 'a: RUNNING')
      .after(1)
      .then({ events: [{ type: 'AttemptCancelling', why: 'TIMEOUT' }], effects: ['CancelAttempt a'] })
      .reported('flow/1/a', cancelled)
      .then({ events: [{ type: 'RetryScheduled', at: noon + 11 * SECOND, failure: { code: 'STEP_TIMEOUT' } }] })
      .after(1 * SECOND)
      .then({ events: [{ type: 'AttemptStarted', attempt: 2, timeoutAt: noon + 21 * SECOND }] })
      .after(10 * SECOND)
      .reported('flow/1/a', cancelled)
      .shows('flow/1', 'TIMED_OUT', 'a: TIMED_OUT');
  });

  test.each([
    ['succeeded', succeeded()],
    ['failed', failed('USER', false)],
    ['ended', cancelled],
  ])('holds also if the attempt says that it %s after it was told to end', (_, result) => {
    const situation = given('id: flow\nsteps: [{ id: a, run: x, timeout: 1500ms }]')
      .when(start('flow'))
      .after(5 * SECOND)
      .reported('flow/1/a', result)
      .shows('flow/1', 'TIMED_OUT', 'a: TIMED_OUT');
    expect(situation.run('flow/1').failure?.message).toBe(
      'Step "a": It took longer than its timeout of 1.5 s and was ended.',
    );
  });

  test('counts for each attempt by itself and not for the pause between them', () => {
    given('id: flow\nsteps: [{ id: a, run: x, timeout: 10s, retry: { user: 1, backoff: 30s..30s } }]')
      .when(start('flow'))
      .after(9 * SECOND)
      .reported('flow/1/a', failed())
      .after(29 * SECOND)
      .shows('flow/1', 'RUNNING', 'a: RETRY_PENDING')
      .after(1 * SECOND)
      .then({ events: [{ type: 'AttemptStarted', timeoutAt: noon + 49 * SECOND }] });
  });
});

describe('a run’s timeout', () => {
  test('begins with the run and not with its waiting, and stops what is going on', () => {
    const situation = given(
      'id: flow\ntimeout: 300ms\nsteps: [{ id: a, run: x }, { id: b, sleep: 1h }, { id: c, needs: a, noop: true }]',
    )
      .when(start('flow'))
      .when(start('flow'))
      .after(200)
      .when(stop('flow/1'))
      .reported('flow/1/a', cancelled)
      .shows('flow/2', 'RUNNING', 'a: RUNNING, b: RUNNING, c: NOT_CREATED')
      .after(299)
      .shows('flow/2', 'RUNNING')
      .after(1)
      .then({
        events: ['RunEnding TIMED_OUT', { type: 'AttemptCancelling', why: 'STOP' }, 'StepStopped b'],
        effects: ['CancelAttempt a'],
      })
      .reported('flow/2/a', cancelled)
      .shows('flow/2', 'TIMED_OUT', 'a: STOPPED, b: STOPPED, c: NOT_CREATED');
    expect(situation.run('flow/2').failure).toMatchObject({
      code: 'RUN_TIMEOUT',
      message: 'The run took longer than its timeout of 0.3 s, counted from its start at 2026-01-15T12:00:00.200Z.',
    });
  });
});

describe('stopping a run', () => {
  const two = 'id: flow\nsteps: [{ id: a, run: x, retry: 1 }, { id: b, needs: a, noop: true }]';

  test('that waits ends it at once, and it never runs', () => {
    given(two)
      .when(start('flow'))
      .when(start('flow'))
      .when(stop('flow/2'))
      .then({ events: ['RunEnding STOPPED', 'RunEnded STOPPED', 'RunLeft 2'], effects: [] })
      .reported('flow/1/a', succeeded())
      .shows('flow/2', 'STOPPED', 'a: NOT_CREATED, b: NOT_CREATED');
  });

  test('that runs tells its attempts to end, and ends it after the last of them', () => {
    given(two)
      .when(start('flow'))
      .when(stop('flow/1'))
      .then({
        events: [
          { type: 'RunEnding', actor: 'ada' },
          { type: 'AttemptCancelling', why: 'STOP' },
        ],
        effects: ['CancelAttempt a'],
      })
      .shows('flow/1', 'RUNNING', 'a: RUNNING, b: NOT_CREATED')
      .reported('flow/1/a', cancelled)
      .then({ events: ['StepStopped a', 'RunEnded STOPPED', 'RunLeft 1'] });
  });

  test.each([
    ['succeeds all the same, which counts', succeeded(), 'SUCCEEDED'],
    ['fails, which is not tried again', failed(), 'STOPPED'],
    ['ends', cancelled, 'STOPPED'],
  ])('whose step %s', (_, result, step) => {
    given(two)
      .when(start('flow'))
      .when(stop('flow/1'))
      .reported('flow/1/a', result)
      .shows('flow/1', 'STOPPED', `a: ${step}, b: NOT_CREATED`);
  });

  test('between two tries ends it at once', () => {
    given(two)
      .when(start('flow'))
      .reported('flow/1/a', failed())
      .when(stop('flow/1'))
      .then({ events: ['RunEnding STOPPED', 'StepStopped a', 'RunEnded STOPPED', 'RunLeft 1'], effects: [] })
      .after(60 * SECOND)
      .shows('flow/1', 'STOPPED', 'a: STOPPED, b: NOT_CREATED');
  });

  test('that sleeps ends it at once', () => {
    given('id: flow\nsteps: [{ id: a, sleep: 1h }]')
      .when(start('flow'))
      .when(stop('flow/1'))
      .shows('flow/1', 'STOPPED', 'a: STOPPED');
  });

  test('whose attempt is being ended for its timeout ends it as stopped, without another try', () => {
    given('id: flow\nsteps: [{ id: a, run: x, timeout: 1s, retry: { timeout: 5 } }]')
      .when(start('flow'))
      .after(SECOND)
      .when(stop('flow/1'))
      .then({ events: ['RunEnding STOPPED'], effects: [] })
      .reported('flow/1/a', cancelled)
      .shows('flow/1', 'STOPPED', 'a: STOPPED');
  });

  test('twice is answered as done, and does nothing more', () => {
    given(two)
      .when(start('flow'))
      .when(stop('flow/1'))
      .when(stop('flow/1'))
      .then({ events: [], effects: [], outcome: { type: 'Done' } });
  });

  test('that has ended is refused, with what would be allowed', () => {
    given('id: flow\nsteps: [{ id: a, noop: true }]')
      .when(start('flow'))
      .when(stop('flow/1'))
      .then({
        refusal: {
          code: 'ACTION_NOT_ALLOWED',
          message: 'Run flow/1 is SUCCEEDED, so there is nothing to stop.',
          status: 'SUCCEEDED',
          allowed: ['RESTART', 'FORK'],
        },
      });
  });

  test('that was never there is refused', () => {
    const situation = given('id: flow\nsteps: [{ id: a, noop: true }]');
    situation.when(stop('flow/7')).then({ refusal: { code: 'NOT_FOUND', message: 'There is no run "flow/7".' } });
    situation.when(stop('other/1')).then({ refusal: { code: 'NOT_FOUND', message: 'There is no run "other/1".' } });
  });
});

describe('a restart', () => {
  const one = 'id: flow\nparams: { n: 1, m: 1 }\nlabels: { team: birds }\nsteps: [{ id: a, run: x }]';

  test('makes the next attempt of the same number, with the parameters of before and those it is given', () => {
    const situation = given(one)
      .when(start('flow', { n: 2, m: 2 }))
      .when(stop('flow/1'))
      .reported('flow/1/a', cancelled);
    situation.when(restart('flow/1', { m: 3 })).then({
      events: [
        'RunSuperseded',
        { type: 'RunCreated', number: 1, attempt: 2 },
        'RunQueued 1.2',
        'RunAdmitted 1.2',
        'RunStarted',
        'AttemptStarted a',
      ],
      outcome: { type: 'Started', run: 'run:flow/1.2' },
    });
    expect(situation.run('flow/1')).toMatchObject({
      attempt: 2,
      params: [
        { name: 'n', value: 2 },
        { name: 'm', value: 3 },
      ],
      labels: [{ name: 'team', value: 'birds' }],
      cause: { kind: 'RESTART', actor: 'ada', attempt: 1, of: { kind: 'MANUAL' } },
    });
    expect(situation.run('flow/1.1')).toMatchObject({ status: 'STOPPED', superseded: true });
  });

  test('keeps to the version that it ran before, and the next number goes to the next start', () => {
    const situation = given(one).when(start('flow')).reported('flow/1/a', failed('USER', false));
    situation.applied(one.replace('run: x', 'run: y')).when(restart('flow/1')).when(start('flow'));
    expect([situation.run('flow/1'), situation.run('flow/2')]).toMatchObject([
      { version: 1, attempt: 2 },
      { version: 2, number: 2 },
    ]);
  });

  test('of a restart remembers what began it all', () => {
    const situation = given(one).when(start('flow'));
    for (const attempt of [1, 2, 3])
      situation.reported('flow/1/a', failed('USER', false)).when(restart(`flow/1.${String(attempt)}`));
    expect(situation.run('flow/1')).toMatchObject({
      attempt: 4,
      cause: { kind: 'RESTART', attempt: 3, of: { kind: 'MANUAL', actor: 'ada' } },
    });
  });

  test('of a run that goes on, or of an attempt that was restarted already, is refused', () => {
    const situation = given(one).when(start('flow'));
    situation
      .when(restart('flow/1'))
      .then({ refusal: { code: 'ACTION_NOT_ALLOWED', status: 'RUNNING', allowed: ['STOP', 'KILL', 'PAUSE', 'FORK'] } });
    situation.reported('flow/1/a', succeeded()).when(restart('flow/1')).when(restart('flow/1.1'));
    situation.then({
      refusal: {
        message: 'Attempt 1 of run flow/1 was restarted already.',
        hint: 'Restart the newest attempt: flow/1.',
      },
    });
  });

  test('with a parameter that does not fit is refused and changes nothing', () => {
    const situation = given(one).when(start('flow')).reported('flow/1/a', succeeded());
    situation.when(restart('flow/1', { n: 'many' })).then({ refusal: { code: 'BAD_INPUT' } });
    expect(situation.run('flow/1')).toMatchObject({ attempt: 1, superseded: false });
  });

  test('waits in the queue like any other', () => {
    given(one)
      .when(start('flow'))
      .reported('flow/1/a', succeeded())
      .when(start('flow'))
      .when(restart('flow/1'))
      .shows('flow/1', 'QUEUED')
      .reported('flow/2/a', succeeded())
      .shows('flow/1', 'RUNNING');
  });
});

describe('a sleep', () => {
  test('is over at its time, not before, and only once', () => {
    given('id: flow\nsteps: [{ id: a, sleep: 5m }, { id: b, needs: a, run: x }]')
      .when(start('flow'))
      .then({
        events: [
          'RunCreated 1',
          'RunQueued 1',
          'RunAdmitted 1',
          'RunStarted',
          { type: 'StepSleeping', until: noon + 300 * SECOND },
        ],
      })
      .when(wake('run:flow/1.1'), noon + 300 * SECOND - 1)
      .then({ events: [] })
      .when(wake('run:flow/1.1'), noon + 400 * SECOND)
      .then({ events: ['StepSucceeded a', 'AttemptStarted b'] })
      .when(wake('run:flow/1.1'), noon + 500 * SECOND)
      .then({ events: [] });
  });
});
