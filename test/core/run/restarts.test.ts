// Starting an ended run again: from its beginning, from what is incomplete, or from one step; and what is kept.

import { describe, expect, test } from 'vitest';

import {
  failed,
  given,
  givenMany,
  restart,
  type Situation,
  skip,
  start,
  stop,
  succeeded,
} from '../../support/given.ts';

const flow =
  'id: flow\nsteps: [{ id: a, run: x, outputs: { n: long } }, { id: b, needs: a, run: x }, { id: c, needs: b, run: x }, { id: d, run: x }, { id: e, needs: d, run: x }]';

/** a and d are done, b failed, e failed. */
function ended(): Situation {
  return given(flow)
    .when(start('flow'))
    .reported('flow/1/a', succeeded({ n: 7 }))
    .reported('flow/1/b', failed('USER', false))
    .reported('flow/1/d', succeeded())
    .reported('flow/1/e', failed('USER', false))
    .shows('flow/1', 'FAILED', 'a: SUCCEEDED, b: FAILED, c: NOT_CREATED, d: SUCCEEDED, e: FAILED');
}

describe('a restart', () => {
  test('from the beginning does everything anew', () => {
    ended()
      .when(restart('flow/1'))
      .shows('flow/1.2', 'RUNNING', 'a: RUNNING, b: NOT_CREATED, c: NOT_CREATED, d: RUNNING, e: NOT_CREATED');
  });

  test('from what is incomplete keeps what is done, with what it gave and when it was', () => {
    const situation = ended().when(restart('flow/1', {}, 'INCOMPLETE'));
    situation.shows('flow/1.2', 'RUNNING', 'a: SUCCEEDED, b: RUNNING, c: NOT_CREATED, d: SUCCEEDED, e: RUNNING');
    expect(situation.run('flow/1').steps[0]).toMatchObject({
      keptFrom: 1,
      attempts: [],
      outputs: [{ name: 'n', value: 7 }],
    });
    situation
      .reported('flow/1/b', succeeded())
      .reported('flow/1/c', failed('USER', false))
      .reported('flow/1/e', succeeded());
    situation.when(restart('flow/1', {}, 'INCOMPLETE'));
    situation.shows('flow/1.3', 'RUNNING', 'a: SUCCEEDED, b: SUCCEEDED, c: RUNNING, d: SUCCEEDED, e: SUCCEEDED');
    expect(situation.run('flow/1').steps.map(({ keptFrom }) => keptFrom)).toEqual([1, 2, undefined, 1, 2]);
  });

  test('from one step does that and all behind it, and leaves the rest as it is', () => {
    const situation = ended().when(restart('flow/1', {}, { step: 'a' }));
    situation.shows('flow/1.2', 'RUNNING', 'a: RUNNING, b: NOT_CREATED, c: NOT_CREATED, d: SUCCEEDED, e: NOT_CREATED');
    for (const step of ['a', 'b', 'c']) situation.reported(`flow/1/${step}`, succeeded());
    situation.shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED, b: SUCCEEDED, c: SUCCEEDED, d: SUCCEEDED, e: NOT_CREATED');
    situation.when(restart('flow/1', {}, 'INCOMPLETE')).shows('flow/1.3', 'RUNNING');
    expect(situation.run('flow/1').steps[4]?.status).toBe('RUNNING');
  });

  test('that leaves the step out goes on behind it', () => {
    ended()
      .when(skip('flow/1/b'))
      .shows('flow/1.2', 'RUNNING', 'a: SUCCEEDED, b: SKIPPED, c: RUNNING, d: SUCCEEDED, e: NOT_CREATED');
  });

  test('of a run of which nothing is incomplete is over at once', () => {
    given('id: flow\nsteps: [{ id: a, run: x }]')
      .when(start('flow'))
      .reported('flow/1/a', succeeded())
      .when(restart('flow/1', {}, 'INCOMPLETE'))
      .shows('flow/1.2', 'SUCCEEDED', 'a: SUCCEEDED');
  });

  test('waits in the queue as any run does, and can be stopped there', () => {
    const situation = ended()
      .when(start('flow'))
      .when(restart('flow/1', {}, 'INCOMPLETE'));
    situation.shows('flow/1.2', 'QUEUED', 'a: SUCCEEDED, b: NOT_CREATED, c: NOT_CREATED, d: SUCCEEDED, e: NOT_CREATED');
    situation
      .when(stop('flow/1'))
      .shows('flow/1.2', 'STOPPED')
      .when(restart('flow/1', {}, 'INCOMPLETE'));
    situation.shows('flow/1.3', 'QUEUED', 'a: SUCCEEDED, b: NOT_CREATED, c: NOT_CREATED, d: SUCCEEDED, e: NOT_CREATED');
  });

  test('of a loop from its beginning does every iteration, with the values that there are then', () => {
    const situation = given(
      'id: flow\nsteps: [{ id: a, run: x, outputs: { list: long_array } }, { id: each, needs: a, foreach: { v: steps.a.list }, steps: [{ id: in, run: x }] }]',
    ).when(start('flow'));
    situation.reported('flow/1/a', succeeded({ list: [1] })).reported('flow/1/each[0]/in', succeeded());
    situation.when(restart('flow/1')).reported('flow/1/a', succeeded({ list: [8, 9] }));
    expect(situation.run('flow/1').steps[1]?.loop).toMatchObject({ total: 2, running: [0, 1] });
    expect(situation.run('flow/1/each[1]').params[0]?.value).toBe(9);
  });

  test('of a loop that succeeded keeps all that it gave', () => {
    const situation = given(
      'id: flow\nsteps: [{ id: each, foreach: { v: [1, 2] }, steps: [{ id: in, run: x, outputs: { n: long } }] }, { id: b, needs: each, run: x, env: { ALL: "${steps.each.in.n}" } }]',
    ).when(start('flow'));
    for (const index of [0, 1]) situation.reported(`flow/1/each[${String(index)}]/in`, succeeded({ n: index }));
    situation.reported('flow/1/b', failed('USER', false)).when(restart('flow/1', {}, 'INCOMPLETE'));
    const decision = situation.taken.at(-1)?.decision;
    expect(decision?.kind === 'COMMIT' && decision.gathered.effects).toMatchObject([
      { spec: { value: { env: [{ value: '[0,1]' }] } } },
    ]);
  });

  test('of five thousand steps keeps them all', () => {
    const situation = givenMany(5_000, (index) => (index === 4_999 ? 'run: x' : 'noop: true'));
    situation.when(start('flow')).delivered().reported('flow/1/s4999', failed('USER', false)).delivered();
    situation
      .shows('flow/1', 'FAILED')
      .when(restart('flow/1', {}, 'INCOMPLETE'))
      .delivered();
    expect(situation.run('flow/1').steps.filter(({ keptFrom }) => keptFrom === 1)).toHaveLength(4_999);
    situation.reported('flow/1/s4999', succeeded()).delivered().shows('flow/1', 'SUCCEEDED');
  });
});
