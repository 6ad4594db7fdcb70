// One iteration of a loop: a run of its own, with tries, conditions and actions like any other.

import { describe, test } from 'vitest';

import { cancelled, failed, given, lost, retry, skip, start, succeeded } from '../../support/given.ts';

const SECOND = 1_000;

/** A workflow of one loop over `values`, with more keys of the loop's step, and a step behind it. */
function looping(values: string, more = '', inner = '{ id: a, run: x, outputs: { n: long } }'): string {
  return `id: flow\nsteps:\n  - { id: each, foreach: { v: ${values} }, ${more} steps: [${inner}] }\n  - { id: b, needs: each, noop: true }`;
}

describe('one iteration', () => {
  test('has the steps, conditions and tries of any run', () => {
    given(
      looping(
        '[1, 2]',
        '',
        '{ id: a, run: x, retry: 1 }, { id: c, needs: a, when: "v > 1", run: x }, { id: d, needs: c, noop: true }',
      ),
    )
      .when(start('flow'))
      .reported('flow/1/each[0]/a', failed())
      .shows('flow/1/each[0]', 'RUNNING', 'a: RETRY_PENDING, c: NOT_CREATED, d: NOT_CREATED')
      .after(SECOND)
      .reported('flow/1/each[0]/a', succeeded())
      .shows('flow/1/each[0]', 'SUCCEEDED', 'a: SUCCEEDED, c: UNSATISFIED, d: UNSATISFIED')
      .reported('flow/1/each[1]/a', succeeded())
      .reported('flow/1/each[1]/c', succeeded())
      .shows('flow/1', 'SUCCEEDED');
  });

  test('fails now without touching the others, if one of its steps says so', () => {
    given(looping('[1, 2]', '', '{ id: a, run: x, onFailure: fail-now }, { id: c, run: x }'))
      .when(start('flow'))
      .reported('flow/1/each[0]/a', failed('USER', false))
      .reported('flow/1/each[0]/c', cancelled)
      .shows('flow/1/each[0]', 'FAILED', 'a: FAILED, c: STOPPED')
      .shows('flow/1/each[1]', 'RUNNING', 'a: RUNNING, c: RUNNING');
  });

  test('goes out again when its host is gone', () => {
    const situation = given(looping('[1, 2]')).when(start('flow'));
    situation.host = 'host-2';
    situation
      .when(lost('run:flow/1.1/each[1]', 'host-1'))
      .then({ events: [{ type: 'AttemptRedispatched', host: 'host-2' }], effects: ['StartAttempt a'] });
  });

  test('can have a step skipped or begun again while it goes on', () => {
    given(looping('[1]', '', '{ id: a, run: x }, { id: c, run: x }, { id: d, needs: a, noop: true }'))
      .when(start('flow'))
      .reported('flow/1/each[0]/a', failed('USER', false))
      .when(retry('flow/1/each[0]/a'))
      .shows('flow/1/each[0]', 'RUNNING', 'a: RUNNING, c: RUNNING, d: NOT_CREATED')
      .reported('flow/1/each[0]/a', failed('USER', false))
      .when(skip('flow/1/each[0]/a'))
      .shows('flow/1/each[0]', 'RUNNING', 'a: SKIPPED, c: RUNNING, d: SUCCEEDED')
      .reported('flow/1/each[0]/c', succeeded())
      .shows('flow/1', 'SUCCEEDED');
  });
});
