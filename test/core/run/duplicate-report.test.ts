// Reports that come late, twice or from a host that is no longer in charge change nothing. What ran on a lost host goes out again.

import { describe, expect, test } from 'vitest';

import { cancelled, failed, given, lost, start, stop, succeeded } from '../../support/given.ts';

const definition = 'id: flow\nsteps: [{ id: a, run: x, retry: { user: 1 } }, { id: b, run: x }]';
const started = () => given(definition).when(start('flow'));
const refused = { refusal: { code: 'ACTION_NOT_ALLOWED' } } as const;

describe('a report', () => {
  test('that comes twice is refused the second time', () => {
    const situation = started();
    const { token = '' } = situation.run('flow/1').steps[0]?.attempts[0] ?? {};
    situation
      .reported('flow/1/a', succeeded(), { token })
      .reported('flow/1/a', succeeded(), { token })
      .then({
        refusal: {
          code: 'ACTION_NOT_ALLOWED',
          message: 'Attempt 1 of step "a" is over or was handed to another host; its report changes nothing.',
          status: 'SUCCEEDED',
        },
      });
  });

  test('of an earlier attempt is refused, and the newer one goes on', () => {
    const situation = started();
    const { token = '' } = situation.run('flow/1').steps[0]?.attempts[0] ?? {};
    situation.reported('flow/1/a', failed()).reported('flow/1/a', succeeded(), { token, attempt: 1 }).then(refused);
    situation.after(60_000).reported('flow/1/a', succeeded(), { token, attempt: 1 }).then(refused);
    situation
      .reported('flow/1/a', succeeded(), { token, attempt: 2 })
      .then(refused)
      .shows('flow/1', 'RUNNING', 'a: RUNNING, b: RUNNING');
  });

  test('for a step that never began, or that is not there, is refused', () => {
    started().reported('flow/1/a', succeeded(), { step: 1, token: 'none' }).then(refused);
    started().reported('flow/1/a', succeeded(), { step: 99 }).then(refused);
    started().reported('flow/1/a', succeeded(), { step: -1 }).then(refused);
  });

  test('after the run’s end is refused, and says so', () => {
    const situation = started();
    const [a] = situation.run('flow/1').steps;
    const token = a?.attempts[0]?.token ?? '';
    situation
      .when(stop('flow/1'))
      .reported('flow/1/a', cancelled)
      .reported('flow/1/b', cancelled)
      .shows('flow/1', 'STOPPED');
    situation.reported('flow/1/a', succeeded(), { token }).then({
      refusal: {
        code: 'ACTION_NOT_ALLOWED',
        message: 'Run "run:flow/1.1" is over; a report changes nothing.',
        status: 'STOPPED',
      },
    });
  });

  test('for a run that is not there is refused as such', () => {
    started()
      .when({
        type: 'ReportAttempt',
        run: { workflowId: 'flow', number: 9, attempt: 1 },
        report: { step: 0, attempt: 1, token: '', result: cancelled },
      })
      .then({ refusal: { code: 'NOT_FOUND' } });
  });

  test('that the attempt ended though nobody told it to is a failure of the platform, which is tried again', () => {
    started()
      .reported('flow/1/b', cancelled)
      .then({ events: [{ type: 'RetryScheduled', failure: { code: 'HOST_STOPPED', kind: 'PLATFORM' } }] });
  });
});

describe('a lost host', () => {
  test('has its attempts sent out again under a new token, and the old token counts no more', () => {
    const situation = started();
    const [before] = situation.run('flow/1').steps[0]?.attempts ?? [];
    situation.host = 'host-2';
    situation.when(lost('run:flow/1.1', 'host-1')).then({
      events: ['AttemptRedispatched a', 'AttemptRedispatched b'],
      effects: ['StartAttempt a', 'StartAttempt b'],
    });
    const attempts = situation.run('flow/1').steps[0]?.attempts;
    expect(attempts).toMatchObject([{ number: 1, host: 'host-2' }]);
    expect(attempts?.[0]?.token).not.toBe(before?.token);
    situation.reported('flow/1/a', succeeded(), { token: before?.token ?? '' }).then(refused);
    situation.reported('flow/1/a', succeeded()).shows('flow/1', 'RUNNING', 'a: SUCCEEDED, b: RUNNING');
  });

  test('costs no try, however often it happens', () => {
    const situation = started();
    for (const host of ['host-2', 'host-3', 'host-4', 'host-5', 'host-6']) {
      const gone = situation.host;
      situation.host = host;
      situation.when(lost('run:flow/1.1', gone));
    }
    expect(situation.run('flow/1').steps[0]?.attempts).toHaveLength(1);
    situation.reported('flow/1/a', failed()).then({ events: ['RetryScheduled a'] });
  });

  test('that had nothing of the run, or is told twice, changes nothing', () => {
    const situation = started();
    situation.when(lost('run:flow/1.1', 'host-9')).then({ events: [] });
    situation.host = 'host-2';
    situation.when(lost('run:flow/1.1', 'host-1')).when(lost('run:flow/1.1', 'host-1')).then({ events: [] });
  });

  test('ends what was being stopped', () => {
    const situation = started().when(stop('flow/1'));
    situation.host = 'host-2';
    situation
      .when(lost('run:flow/1.1', 'host-1'))
      .then({ events: ['StepStopped a', 'StepStopped b', 'RunEnded STOPPED', 'RunLeft 1'], effects: [] });
  });

  test('ends what was being ended for its timeout, which may be tried again', () => {
    const situation = given('id: flow\nsteps: [{ id: a, run: x, timeout: 1s, retry: { timeout: 1 } }]')
      .when(start('flow'))
      .after(1_000);
    situation.host = 'host-2';
    situation
      .when(lost('run:flow/1.1', 'host-1'))
      .then({ events: [{ type: 'RetryScheduled', failure: { code: 'STEP_TIMEOUT' } }] });
  });

  test('leaves the timeout of the attempt where it was', () => {
    const situation = given('id: flow\nsteps: [{ id: a, run: x, timeout: 10s }]').when(start('flow')).after(6_000);
    situation.host = 'host-2';
    situation
      .when(lost('run:flow/1.1', 'host-1'))
      .after(4_000)
      .then({ events: ['AttemptCancelling a'] });
  });
});
