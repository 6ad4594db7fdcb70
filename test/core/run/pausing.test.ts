// A paused run: what runs goes on, nothing begins, and nothing is forgotten.

import { describe, expect, test } from 'vitest';

import { failed, given, pause, resume, start, stop, succeeded, cancelled } from '../../support/given.ts';

const SECOND = 1_000;

describe('a paused run', () => {
  test('lets what runs go on, begins nothing, and goes on from there', () => {
    given(
      'id: flow\nsteps: [{ id: a, run: x }, { id: b, needs: a, run: x }, { id: c, sleep: 10s }, { id: d, needs: c, noop: true }]',
    )
      .when(start('flow'))
      .when(pause('flow/1'))
      .reported('flow/1/a', succeeded())
      .after(10 * SECOND)
      .shows('flow/1', 'PAUSED', 'a: SUCCEEDED, b: NOT_CREATED, c: SUCCEEDED, d: NOT_CREATED')
      .when(resume('flow/1'))
      .shows('flow/1', 'RUNNING', 'a: SUCCEEDED, b: RUNNING, c: SUCCEEDED, d: SUCCEEDED');
  });

  test('does not end until it goes on, even if nothing is left', () => {
    given('id: flow\nsteps: [{ id: a, run: x }]')
      .when(start('flow'))
      .when(pause('flow/1'))
      .reported('flow/1/a', succeeded())
      .shows('flow/1', 'PAUSED')
      .when(resume('flow/1'))
      .shows('flow/1', 'SUCCEEDED');
  });

  test('keeps tries waiting beyond their time, and begins them at once when it goes on', () => {
    given('id: flow\nsteps: [{ id: a, run: x, retry: 1 }]')
      .when(start('flow'))
      .reported('flow/1/a', failed())
      .when(pause('flow/1'))
      .after(60 * SECOND)
      .shows('flow/1', 'PAUSED', 'a: RETRY_PENDING')
      .when(resume('flow/1'))
      .after(0)
      .shows('flow/1', 'RUNNING', 'a: RUNNING');
  });

  test('times out all the same, and so do its steps', () => {
    given('id: flow\ntimeout: 1m\nsteps: [{ id: a, run: x, timeout: 10s }, { id: b, run: x }]')
      .when(start('flow'))
      .when(pause('flow/1'))
      .after(10 * SECOND)
      .then({ effects: ['CancelAttempt a'] })
      .reported('flow/1/a', cancelled)
      .after(50 * SECOND)
      .reported('flow/1/b', cancelled)
      .shows('flow/1', 'TIMED_OUT', 'a: TIMED_OUT, b: STOPPED');
  });

  test('can be stopped', () => {
    given('id: flow\nsteps: [{ id: a, run: x }, { id: b, needs: a, noop: true }]')
      .when(start('flow'))
      .when(pause('flow/1'))
      .when(stop('flow/1'))
      .reported('flow/1/a', cancelled)
      .shows('flow/1', 'STOPPED', 'a: STOPPED, b: NOT_CREATED');
  });

  test('pauses the iterations of its loops, at every depth, and begins no more of them', () => {
    const situation = given(
      'id: flow\nsteps: [{ id: each, concurrency: 1, foreach: { v: [1, 2] }, steps: [{ id: in, foreach: { w: [1] }, steps: [{ id: a, run: x }, { id: b, needs: a, noop: true }] }] }]',
    ).when(start('flow'));
    situation
      .when(pause('flow/1'))
      .reported('flow/1/each[0]/in[0]/a', succeeded())
      .shows('flow/1/each[0]', 'PAUSED', 'in: RUNNING')
      .shows('flow/1/each[0]/in[0]', 'PAUSED', 'a: SUCCEEDED, b: NOT_CREATED')
      .when(resume('flow/1'))
      .shows('flow/1/each[0]', 'SUCCEEDED')
      .reported('flow/1/each[1]/in[0]/a', succeeded())
      .shows('flow/1', 'SUCCEEDED');
  });

  test('still holds its place in the queue', () => {
    given('id: flow\nsteps: [{ id: a, run: x }]')
      .when(start('flow'))
      .when(start('flow'))
      .when(pause('flow/1'))
      .reported('flow/1/a', succeeded())
      .shows('flow/2', 'QUEUED')
      .when(resume('flow/1'))
      .shows('flow/2', 'RUNNING');
  });

  test('can be one iteration alone, which its loop waits for', () => {
    const situation = given('id: flow\nsteps: [{ id: each, foreach: { v: [1, 2] }, steps: [{ id: a, run: x }] }]');
    situation.when(start('flow')).when(pause('flow/1/each[0]'));
    for (const index of [0, 1]) situation.reported(`flow/1/each[${String(index)}]/a`, succeeded());
    situation.shows('flow/1', 'RUNNING', 'each: RUNNING').when(resume('flow/1/each[0]')).shows('flow/1', 'SUCCEEDED');
    expect(situation.run('flow/1/each[0]').status).toBe('SUCCEEDED');
  });
});
