// What the failure of a step means for its run: the rest goes on, everything else is stopped, or it counts as done.

import { describe, expect, test } from 'vitest';

import { cancelled, failed, given, start, stop, succeeded } from '../../support/given.ts';

const SECOND = 1_000;
const flow = (mode: string, more = ''): string =>
  `id: flow\nsteps: [{ id: a, run: x${mode === '' ? '' : `, onFailure: ${mode}`}${more} }, { id: b, needs: a, run: x }, { id: c, run: x }, { id: d, needs: c, run: x }]`;

describe('a step that fails', () => {
  test.each(['', 'fail-after-running'])('holds up only what needs it (`%s`)', (mode) => {
    given(flow(mode))
      .when(start('flow'))
      .reported('flow/1/a', failed('USER', false))
      .shows('flow/1', 'RUNNING', 'a: FAILED, b: NOT_CREATED, c: RUNNING, d: NOT_CREATED')
      .reported('flow/1/c', succeeded())
      .reported('flow/1/d', succeeded())
      .shows('flow/1', 'FAILED', 'a: FAILED, b: NOT_CREATED, c: SUCCEEDED, d: SUCCEEDED');
  });

  test('now stops everything else, and nothing begins any more', () => {
    const situation = given(flow('fail-now')).when(start('flow')).reported('flow/1/a', failed('USER', false));
    situation
      .then({ effects: ['CancelAttempt c'] })
      .shows('flow/1', 'RUNNING', 'a: FAILED, b: NOT_CREATED, c: RUNNING, d: NOT_CREATED')
      .reported('flow/1/c', succeeded())
      .shows('flow/1', 'FAILED', 'a: FAILED, b: NOT_CREATED, c: SUCCEEDED, d: NOT_CREATED');
    expect(situation.run('flow/1').failure?.message).toBe('Step "a": The command ended with exit code 3.');
  });

  test('now stops also what sleeps or waits for another try', () => {
    given(
      'id: flow\nsteps: [{ id: a, run: x, onFailure: fail-now }, { id: b, sleep: 1h }, { id: c, run: x, retry: 1 }]',
    )
      .when(start('flow'))
      .reported('flow/1/c', failed())
      .reported('flow/1/a', failed('USER', false))
      .shows('flow/1', 'FAILED', 'a: FAILED, b: STOPPED, c: STOPPED')
      .after(3_600 * SECOND);
  });

  test.each([
    ['failed', failed('USER', false)],
    ['took too long', failed('TIMEOUT', false)],
  ])('but is ignored counts as done, also if it %s', (_, result) => {
    const situation = given(flow('ignore')).when(start('flow')).reported('flow/1/a', result);
    situation.shows('flow/1', 'RUNNING', 'a: COMPLETED_WITH_ERROR, b: RUNNING, c: RUNNING, d: NOT_CREATED');
    for (const step of ['b', 'c', 'd']) situation.reported(`flow/1/${step}`, succeeded());
    situation.shows('flow/1', 'SUCCEEDED');
    expect(situation.run('flow/1').steps[0]?.failure).toBeDefined();
    expect(situation.run('flow/1').failure).toBeUndefined();
  });

  test('but is ignored also when the engine itself cut it off', () => {
    given(flow('ignore', ', timeout: 10s'))
      .when(start('flow'))
      .after(10 * SECOND)
      .reported('flow/1/a', cancelled)
      .shows('flow/1', 'RUNNING', 'a: COMPLETED_WITH_ERROR, b: RUNNING, c: RUNNING, d: NOT_CREATED');
  });

  test.each(['fail-now', 'ignore'])('is tried again first as its policy says (`%s`)', (mode) => {
    given(flow(mode, ', retry: 1'))
      .when(start('flow'))
      .reported('flow/1/a', failed())
      .shows('flow/1', 'RUNNING', 'a: RETRY_PENDING, b: NOT_CREATED, c: RUNNING, d: NOT_CREATED')
      .after(SECOND)
      .reported('flow/1/a', succeeded())
      .shows('flow/1', 'RUNNING', 'a: SUCCEEDED, b: RUNNING, c: RUNNING, d: NOT_CREATED');
  });

  test('since its condition cannot be evaluated fails in its mode too', () => {
    given(
      'id: flow\nparams: { z: 0 }\nsteps: [{ id: a, run: x }, { id: b, when: "1 / z > 0", noop: true, onFailure: fail-now }, { id: c, run: x }]',
    )
      .when(start('flow'))
      .reported('flow/1/a', cancelled)
      .shows('flow/1', 'FAILED', 'a: STOPPED, b: FAILED, c: NOT_CREATED');
    given(
      'id: flow\nparams: { z: 0 }\nsteps: [{ id: b, when: "1 / z > 0", noop: true, onFailure: ignore }, { id: c, needs: b, noop: true }]',
    )
      .when(start('flow'))
      .shows('flow/1', 'SUCCEEDED', 'b: COMPLETED_WITH_ERROR, c: SUCCEEDED');
  });

  test('while its run is being stopped is STOPPED, whatever its mode', () => {
    for (const mode of ['', 'fail-now', 'ignore']) {
      given(flow(mode))
        .when(start('flow'))
        .when(stop('flow/1'))
        .reported('flow/1/a', failed('USER', false))
        .reported('flow/1/c', failed('USER', false))
        .shows('flow/1', 'STOPPED', 'a: STOPPED, b: NOT_CREATED, c: STOPPED, d: NOT_CREATED');
    }
  });
});
