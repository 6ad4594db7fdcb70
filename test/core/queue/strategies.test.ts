// Run strategies: which runs wait, which are stopped since another is there, and what holds the others up.

import { describe, expect, test } from 'vitest';

import { type CommandBody } from '../../../src/core/partition/command.ts';
import {
  cancelled,
  failed,
  given,
  kill,
  restart,
  type Situation,
  start,
  stop,
  succeeded,
} from '../../support/given.ts';

const flow = (strategy: string, more = ''): string =>
  `id: flow\nrunStrategy: ${strategy}\nsteps: [{ id: a, run: x }]${more}`;
const unblock: CommandBody = { type: 'UnblockWorkflow', workflowId: 'flow' };

/** The statuses of the runs, by number; of each the newest attempt. */
function statuses(situation: Situation): string {
  const { last } = situation.queue('flow');
  return Array.from({ length: last }, (_, index) => situation.run(`flow/${String(index + 1)}`).status).join(' ');
}

function started(strategy: string, count: number, more = ''): Situation {
  const situation = given(flow(strategy, more));
  for (let number = 0; number < count; number++) situation.when(start('flow'));
  return situation;
}

describe('three starts', () => {
  test.each([
    ['sequential', 'RUNNING QUEUED QUEUED'],
    ['strict-sequential', 'RUNNING QUEUED QUEUED'],
    ['{ parallel: 2 }', 'RUNNING RUNNING QUEUED'],
    ['first-only', 'RUNNING STOPPED STOPPED'],
    ['last-only', 'RUNNING STOPPED QUEUED'],
    ['latest-only', 'RUNNING STOPPED QUEUED'],
  ])('under %s are %s', (strategy, shown) => {
    expect(statuses(started(strategy, 3))).toBe(shown);
  });
});

describe('`first-only`', () => {
  test('tells which run was there, and lets the next in when that has ended', () => {
    const situation = started('first-only', 2);
    expect(situation.run('flow/2').failure).toMatchObject({ code: 'OVERTAKEN' });
    expect(situation.run('flow/2').failure?.message).toContain('Run flow/1 was there already');
    situation.reported('flow/1/a', succeeded()).when(start('flow'));
    expect(statuses(situation)).toBe('SUCCEEDED STOPPED RUNNING');
  });

  test('stops a restart too while another is there', () => {
    const situation = started('first-only', 1)
      .reported('flow/1/a', succeeded())
      .when(start('flow'))
      .when(restart('flow/1'));
    expect(statuses(situation)).toBe('STOPPED RUNNING');
    expect(situation.queue('flow')).toMatchObject({ waiting: [], running: [{ number: 2 }] });
  });
});

describe('`last-only`', () => {
  test('tells the running one to stop, and starts the newest when it has ended', () => {
    const situation = started('last-only', 3);
    expect(situation.run('flow/1').ending).toMatchObject({ status: 'STOPPED', actor: 'run 2' });
    situation.reported('flow/1/a', cancelled);
    expect(statuses(situation)).toBe('STOPPED STOPPED RUNNING');
  });

  test('waits for what the running one does `finally`', () => {
    const situation = started('last-only', 2, '\nfinally: [{ id: tidy, run: x }]').reported('flow/1/a', cancelled);
    expect(statuses(situation)).toBe('RUNNING QUEUED');
    situation.reported('flow/1/tidy', succeeded());
    expect(statuses(situation)).toBe('STOPPED RUNNING');
  });

  test('takes a restarted run for the newest', () => {
    const situation = started('last-only', 1)
      .reported('flow/1/a', succeeded())
      .when(start('flow'))
      .when(restart('flow/1'));
    situation.reported('flow/2/a', cancelled);
    expect(statuses(situation)).toBe('RUNNING STOPPED');
  });
});

describe('`latest-only`', () => {
  test('leaves the running one alone, and of those that wait keeps the newest', () => {
    const situation = started('latest-only', 4);
    expect(situation.run('flow/1').ending).toBeUndefined();
    situation.reported('flow/1/a', succeeded());
    expect(statuses(situation)).toBe('SUCCEEDED STOPPED STOPPED RUNNING');
  });

  test('taken up with thousands waiting stops all but the newest, over several commits', () => {
    const situation = started('sequential', 2_000).applied(flow('latest-only')).delivered();
    expect(situation.queue('flow').waiting).toEqual([{ from: 2_000, to: 2_000, attempt: 1 }]);
    situation.reported('flow/1/a', succeeded());
    expect(situation.queue('flow')).toMatchObject({ waiting: [], running: [{ number: 2_000 }] });
  });

  test('taken up with thousands waiting and nothing running starts the newest alone', () => {
    const situation = started('strict-sequential', 2_000).reported('flow/1/a', failed('USER', false));
    situation.applied(flow('latest-only')).delivered();
    expect(situation.queue('flow')).toMatchObject({ waiting: [], running: [{ number: 2_000 }] });
  });
});

describe('`strict-sequential`', () => {
  test.each([
    ['SUCCEEDED', 'RUNNING'],
    ['FAILED', 'QUEUED'],
    ['STOPPED', 'RUNNING'],
    ['TIMED_OUT', 'RUNNING'],
  ])('after a run that %s, the next is %s', (end, next) => {
    const situation = started('strict-sequential', 2);
    if (end === 'STOPPED') situation.when(stop('flow/1')).reported('flow/1/a', cancelled);
    else if (end === 'SUCCEEDED') situation.reported('flow/1/a', succeeded());
    else situation.reported('flow/1/a', failed(end === 'FAILED' ? 'USER' : 'TIMEOUT', false));
    expect(statuses(situation)).toBe(`${end} ${next}`);
  });

  test('goes on when it is unblocked, and unblocking it twice changes nothing', () => {
    const situation = started('strict-sequential', 2).reported('flow/1/a', failed('USER', false)).when(unblock);
    expect(statuses(situation)).toBe('FAILED RUNNING');
    situation.when(unblock).then({ events: [] });
  });

  test('goes on when the failed run is restarted: that first, then the others', () => {
    const situation = started('strict-sequential', 2)
      .reported('flow/1/a', failed('USER', false))
      .when(restart('flow/1'));
    expect(statuses(situation)).toBe('RUNNING QUEUED');
    situation.reported('flow/1/a', failed('USER', false));
    expect(statuses(situation)).toBe('FAILED QUEUED');
    situation.when(restart('flow/1')).reported('flow/1/a', succeeded());
    expect(statuses(situation)).toBe('SUCCEEDED RUNNING');
  });

  test('is held up by a waiting run that was killed, which says so', () => {
    const situation = started('strict-sequential', 3).when(kill('flow/2')).reported('flow/1/a', succeeded());
    expect(statuses(situation)).toBe('SUCCEEDED FAILED QUEUED');
    expect(situation.run('flow/2').failure?.code).toBe('RUN_KILLED');
  });

  test('given up for another strategy holds nobody up any more', () => {
    const situation = started('strict-sequential', 2).reported('flow/1/a', failed('USER', false));
    situation.applied(flow('sequential'));
    expect(statuses(situation)).toBe('FAILED RUNNING');
    situation.applied(flow('strict-sequential')).reported('flow/2/a', succeeded()).when(start('flow'));
    expect(statuses(situation)).toBe('FAILED SUCCEEDED RUNNING');
  });
});

describe('a strategy under which one run is wanted', () => {
  test.each(['first-only', 'last-only'])('%s is refused while two are not over, and changes nothing', (strategy) => {
    const situation = started('sequential', 2)
      .applied(flow(strategy))
      .then({ refusal: { code: 'ACTION_NOT_ALLOWED' } });
    expect(situation.queue('flow').strategy).toBeUndefined();
    situation.when(stop('flow/2')).applied(flow(strategy));
    expect(situation.queue('flow').strategy).toBe(strategy);
  });
});
