// A run that waits too long in its queue gives up, and never begins.

import { describe, expect, test } from 'vitest';

import { cancelled, given, restart, start, stop, succeeded } from '../../support/given.ts';

const flow = 'id: flow\nqueueTimeout: 10m\nsteps: [{ id: a, run: x }]';
const MINUTE = 60_000;

describe('a run in a queue with a time limit', () => {
  test('gives up when the time is over, and says why', () => {
    const situation = given(flow).when(start('flow')).when(start('flow'));
    situation.after(10 * MINUTE - 1).shows('flow/2', 'QUEUED');
    situation.after(1).shows('flow/2', 'TIMED_OUT', 'a: NOT_CREATED').shows('flow/1', 'RUNNING');
    expect(situation.run('flow/2').failure).toMatchObject({
      code: 'QUEUE_TIMEOUT',
      message: 'The run waited in its queue for longer than the queueTimeout of 10m, and never began.',
    });
    expect(situation.queue('flow').waiting).toEqual([]);
  });

  test('that has started in time runs as long as it takes', () => {
    const situation = given(flow)
      .when(start('flow'))
      .when(start('flow'))
      .after(9 * MINUTE);
    situation
      .reported('flow/1/a', succeeded())
      .shows('flow/2', 'RUNNING')
      .after(60 * MINUTE)
      .shows('flow/2', 'RUNNING');
  });

  test('has all its time again when it is restarted', () => {
    const situation = given(flow).when(start('flow')).when(stop('flow/1')).reported('flow/1/a', cancelled);
    situation
      .when(start('flow'))
      .after(5 * MINUTE)
      .when(restart('flow/1'))
      .after(9 * MINUTE)
      .shows('flow/1', 'QUEUED');
    situation.after(MINUTE).shows('flow/1', 'TIMED_OUT');
  });

  test('tells the step that had asked for it', () => {
    const texts = [
      'id: kid\nqueueTimeout: 1m\nsteps: [{ id: a, run: x }]',
      'id: flow\nsteps: [{ id: s, workflow: kid }]',
    ];
    const situation = given(...texts)
      .when(start('kid'))
      .when(start('flow'))
      .delivered()
      .after(MINUTE)
      .delivered();
    situation.shows('kid/2', 'TIMED_OUT').shows('flow/1', 'TIMED_OUT', 's: TIMED_OUT');
  });
});

describe('workflows that run one another in a circle', () => {
  const one = (more: string): string => `id: one\n${more}steps: [{ id: s, workflow: two }]`;
  const two = 'id: two\nsteps: [{ id: s, workflow: one }]';

  test('are refused where neither could go on, with the way round', () => {
    const situation = given(one(''), two)
      .when(start('one'))
      .delivered()
      .shows('one/1', 'FAILED')
      .shows('two/1', 'FAILED');
    expect(situation.run('two/1').failure?.message).toContain(
      'Workflows run one another in a circle: one runs two runs one. "one" does one run at a time, and one/1 waits for this one',
    );
  });

  test('that leave more room go round until it is used up', () => {
    const situation = given(
      one('runStrategy: { parallel: 3 }\n'),
      two.replace('steps', 'runStrategy: { parallel: 9 }\nsteps'),
    );
    situation.when(start('one')).delivered().shows('one/1', 'FAILED');
    expect(situation.queue('one').last).toBe(3);
  });

  test('are no circle where nobody waits', () => {
    const situation = given(one(''), two.replace('workflow: one', 'workflow: { id: one, async: true }'));
    situation.when(start('one')).delivered(6);
    expect(situation.queue('one').last).toBeGreaterThan(1);
  });
});
