// Limits that parameters of the run give: what they may be, what follows from them, and what becomes of a step or a run that
// is given one which cannot be.

import { describe, expect, test } from 'vitest';

import { failed, given, pause, restart, resume, start, succeeded } from '../../support/given.ts';

const MINUTE = 60_000;

const timed = 'id: flow\nparams: { limit: 10m }\nsteps: [{ id: a, run: x, timeout: "${limit}" }]';

describe('the timeout of a step', () => {
  test.each([
    ['10m', 10 * MINUTE],
    ['90', 90_000],
    ['1h 30m', 90 * MINUTE],
    ['120d', 120 * 24 * 60 * MINUTE],
  ])('%s, as a parameter gives it, ends its attempt after that', (limit, length) => {
    const situation = given(timed).when(start('flow', { limit }));
    expect(situation.run('flow/1').steps[0]?.wakeAt).toBe(situation.now + length);
    situation.after(length).then({ events: ['AttemptCancelling a'] });
  });

  test('may be a number of seconds, or a part of a text', () => {
    const situation = given(
      'id: flow\nparams: { n: 3 }\nsteps:\n  - { id: a, run: x, timeout: "${n}" }\n  - { id: b, run: x, timeout: "${n}m" }',
    ).when(start('flow'));
    expect(situation.run('flow/1').steps.map(({ wakeAt = 0 }) => wakeAt - situation.now)).toEqual([3000, 3 * MINUTE]);
  });

  test.each([
    ['soon', 'limit is "soon"'],
    ['', 'limit is ""'],
    ['0', 'limit is "0"'],
    ['-5', 'limit is "-5"'],
    ['121d', 'limit is "121d"'],
  ])('that is "%s" fails the step, which says why', (limit, why) => {
    const situation = given(timed).when(start('flow', { limit })).shows('flow/1', 'FAILED', 'a: FAILED');
    const { failure, attempts } = situation.run('flow/1').steps[0] ?? {};
    expect(failure).toMatchObject({ kind: 'USER', code: 'BAD_LIMIT', retryable: false });
    expect(failure?.message).toBe(
      `The timeout of step "a" is \${limit}, and what that gives cannot be it. It must be a number of seconds or a length of time such as 10m, longer than nothing and at most 120 days, and ${why}.`,
    );
    expect(attempts).toEqual([]);
  });

  test('is that of the parameters of a restart', () => {
    given(timed)
      .when(start('flow', { limit: 'soon' }))
      .when(restart('flow/1', { limit: '5m' }, 'INCOMPLETE'))
      .after(5 * MINUTE)
      .then({ events: ['AttemptCancelling a'] });
  });

  test('that cannot be is the end of the run as its failure mode says', () => {
    given(
      'id: flow\nparams: { limit: 1m }\nsteps:\n  - { id: a, run: x, timeout: "${limit}", onFailure: ignore }\n  - { id: b, needs: a, noop: true }',
    )
      .when(start('flow', { limit: 'soon' }))
      .shows('flow/1', 'SUCCEEDED', 'a: COMPLETED_WITH_ERROR, b: SUCCEEDED');
  });

  test('of a wait, which may take as long as that', () => {
    given('id: flow\nparams: { limit: 1m }\nsteps: [{ id: a, wait: ready, timeout: "${limit}" }]')
      .when(start('flow', { limit: '2m' }))
      .delivered()
      .after(2 * MINUTE - 1)
      .shows('flow/1', 'RUNNING')
      .after(1)
      .shows('flow/1', 'TIMED_OUT', 'a: TIMED_OUT');
  });

  test('inside a loop may come from the loop', () => {
    const situation = given(
      'id: flow\nsteps:\n  - id: each\n    foreach: { limit: [1m, 5m, soon] }\n    steps: [{ id: a, run: x, timeout: "${limit}" }]',
    ).when(start('flow'));
    expect(situation.run('flow/1/each[0]').steps[0]?.wakeAt).toBe(situation.now + MINUTE);
    expect(situation.run('flow/1/each[1]').steps[0]?.wakeAt).toBe(situation.now + 5 * MINUTE);
    situation.shows('flow/1/each[2]', 'FAILED', 'a: FAILED');
  });
});

describe('the timeout of a workflow', () => {
  const source = 'id: flow\nparams: { limit: 10m }\ntimeout: "${limit}"\nsteps: [{ id: a, run: x }]';

  test('as a parameter gives it ends the run after that, counted from its start', () => {
    const situation = given(source).when(start('flow', { limit: '2m' }));
    expect(situation.run('flow/1').timeoutAt).toBe(situation.now + 2 * MINUTE);
    situation.when(pause('flow/1')).when(resume('flow/1'));
    situation.after(2 * MINUTE).then({ events: ['RunEnding TIMED_OUT', 'AttemptCancelling a'] });
    expect(situation.reported('flow/1/a', { outcome: 'cancelled' }).run('flow/1').failure?.message).toContain('120 s');
  });

  test('that cannot be ends the run before it begins, and lets the next one in', () => {
    const situation = given(source)
      .when(start('flow', { limit: 'soon' }))
      .shows('flow/1', 'FAILED', 'a: NOT_CREATED');
    expect(situation.run('flow/1').failure).toMatchObject({ code: 'BAD_LIMIT', kind: 'USER' });
    expect(situation.run('flow/1').failure?.message).toContain('The timeout of the workflow is ${limit}');
    situation.when(start('flow')).shows('flow/2', 'RUNNING');
    expect(situation.queue('flow').running).toHaveLength(1);
  });

  test('that cannot be is another one after a restart', () => {
    given(source)
      .when(start('flow', { limit: 'soon' }))
      .when(restart('flow/1', { limit: '5m' }, 'INCOMPLETE'))
      .shows('flow/1', 'RUNNING', 'a: RUNNING');
  });

  test('that cannot be is found once the run has its turn', () => {
    given(source)
      .when(start('flow'))
      .when(start('flow', { limit: 'soon' }))
      .when(start('flow'))
      .shows('flow/2', 'QUEUED')
      .reported('flow/1/a', succeeded())
      .shows('flow/2', 'FAILED')
      .shows('flow/3', 'RUNNING');
  });
});

describe('the number of tries', () => {
  test('that a parameter gives is granted, and no more', () => {
    const situation = given('id: flow\nparams: { tries: 0 }\nsteps: [{ id: a, run: x, retry: "${tries}" }]').when(
      start('flow', { tries: 2 }),
    );
    for (let more = 0; more < 2; more++) {
      situation
        .reported('flow/1/a', failed())
        .then({ events: ['RetryScheduled a'] })
        .after(MINUTE);
    }
    situation.reported('flow/1/a', failed()).shows('flow/1', 'FAILED');
  });

  test('of one kind of failure leaves the others as they are', () => {
    const situation = given(
      'id: flow\nparams: { tries: 1 }\nsteps: [{ id: a, run: x, retry: { user: "${tries}", platform: 0 } }]',
    ).when(start('flow'));
    situation.reported('flow/1/a', failed('USER')).after(MINUTE);
    situation.reported('flow/1/a', failed('PLATFORM')).shows('flow/1', 'FAILED');
  });

  test.each([-1, 100])('%i is none', (tries) => {
    const situation = given('id: flow\nparams: { tries: 1 }\nsteps: [{ id: a, run: x, retry: "${tries}" }]');
    const { failure } = situation.when(start('flow', { tries })).run('flow/1');
    expect(failure?.message).toContain(`It must be a whole number from 0 to 99, and tries is ${String(tries)}.`);
  });
});

describe('the concurrency of a loop', () => {
  const source =
    'id: flow\nparams: { n: 1 }\nsteps:\n  - id: each\n    foreach: { i: [1, 2, 3, 4, 5] }\n    concurrency: "${n}"\n    steps: [{ id: a, run: x }]';

  test('that a parameter gives is how many rounds go on at once', () => {
    const situation = given(source).when(start('flow', { n: 2 }));
    expect(situation.run('flow/1').steps[0]?.loop?.running).toEqual([0, 1]);
    situation.reported('flow/1/each[1]/a', succeeded());
    expect(situation.run('flow/1').steps[0]?.loop?.running).toEqual([0, 2]);
  });

  test('may not be none', () => {
    given(source)
      .when(start('flow', { n: 0 }))
      .shows('flow/1', 'FAILED', 'each: FAILED');
  });
});
