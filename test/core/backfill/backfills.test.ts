// Backfills in the core: what a plan makes of its lines, one run for each, its budget, and how it is held.

import { describe, expect, test } from 'vitest';

import { backfillEntity } from '../../../src/core/ids.ts';
import { noop } from './flows.ts';
import { allSucceed, apply, backfilled, backfillOf, held, hours, linesOf, wholePlan } from '../../support/backfills.ts';
import { failed, given, restart, type Situation, start, succeeded, wake } from '../../support/given.ts';

const flow = 'id: flow\nsteps: [{ id: a, run: x }]';
const day = 86_400_000;

function at(hour: number): Parameters<Situation['when']>[0] {
  return { type: 'StartRun', workflowId: 'flow', params: [], labels: [], scheduledFor: Date.UTC(2026, 0, 1, hour) };
}

describe('a plan', () => {
  test('tells for each line whether it is new, done, to be done again, or in conflict with a run that goes on', () => {
    const situation = given('id: flow\nrunStrategy: { parallel: 9 }\nsteps: [{ id: a, run: x }]');
    for (const hour of [1, 2, 3]) situation.when(at(hour));
    situation.reported('flow/1/a', succeeded()).reported('flow/2/a', failed('USER', false));
    const verdicts = (redo: 'MISSING' | 'FAILED' | 'ALL'): string =>
      wholePlan(situation, hours(4), { redo })
        .lines.map(({ verdict, seen }) => `${verdict}${seen === undefined ? '' : ` ${String(seen.number)}`}`)
        .join(', ');
    expect(verdicts('MISSING')).toBe('NEW, SKIP 1, SKIP 2, CONFLICT 3');
    expect(verdicts('FAILED')).toBe('NEW, SKIP 1, REDO 2, CONFLICT 3');
    expect(verdicts('ALL')).toBe('NEW, REDO 1, REDO 2, CONFLICT 3');
  });

  test('knows keys by the parameters of their runs', () => {
    const situation = given('id: flow\nparams: { island: Biscoe, year: 2007 }\nsteps: [{ id: a, run: x }]');
    situation.when(start('flow', { island: 'Dream' })).reported('flow/1/a', succeeded());
    const key = (island: string) => ({ params: [{ name: 'island', value: island }] });
    const { lines } = wholePlan(situation, [key('Dream'), key('Torgersen')]);
    expect(lines.map(({ verdict }) => verdict)).toEqual(['SKIP', 'NEW']);
  });

  test('is refused whose parameters do not fit the workflow, and nothing of it is kept', () => {
    const situation = given(flow);
    const whole = wholePlan(situation, hours(2), { params: [{ name: 'islnd', value: 'Dream' }] });
    situation.when({ type: 'PlanBackfill', workflowId: 'flow', whole }).then({ refusal: { code: 'BAD_INPUT' } });
    expect(situation.entity(backfillEntity('flow', 1))).toBeUndefined();
  });

  test('that nobody applied for a day expires, and is refused then', () => {
    const situation = given(flow);
    const whole = wholePlan(situation, hours(1));
    situation.when({ type: 'PlanBackfill', workflowId: 'flow', whole });
    situation.after(day);
    expect(backfillOf(situation).status).toBe('EXPIRED');
    situation.when(apply(situation, 1, whole)).then({ refusal: { code: 'ACTION_NOT_ALLOWED', status: 'EXPIRED' } });
    situation.when(wake('backfill:flow/1')).then({ events: [] });
  });

  test('is refused while another backfill of the workflow is not over', () => {
    const situation = backfilled(given(flow), hours(3));
    const whole = wholePlan(situation, hours(1, 5));
    situation.when({ type: 'PlanBackfill', workflowId: 'flow', whole });
    situation.when(apply(situation, 2, whole)).then({ refusal: { code: 'ACTION_NOT_ALLOWED' } });
    situation.when(held('CancelBackfill')).when(apply(situation, 2, whole));
    expect(backfillOf(situation, 2).status).toBe('RUNNING');
  });

  test('is refused if a run came for one of its lines while it was being applied, and not if one came for something else', () => {
    const situation = given(flow);
    const whole = wholePlan(situation, hours(2));
    situation.when({ type: 'PlanBackfill', workflowId: 'flow', whole });
    const applying = apply(situation, 1, whole);
    situation.when(start('flow')).when(at(1)).when(applying);
    situation.then({ refusal: { code: 'ACTION_NOT_ALLOWED', status: 'MOVED' } });
    const other = given(flow);
    other.when({ type: 'PlanBackfill', workflowId: 'flow', whole });
    const sure = apply(other, 1, whole);
    other.when(start('flow')).when(at(7)).when(sure);
    expect(backfillOf(other).status).toBe('RUNNING');
  });
});

describe('applied', () => {
  test('each line gets one run for its time, one after the other, with the cause and the parameters of the plan', () => {
    const situation = backfilled(given('id: flow\nparams: { island: Biscoe }\nsteps: [{ id: a, run: x }]'), hours(3), {
      params: [{ name: 'island', value: 'Dream' }],
    });
    expect(situation.queue('flow').last).toBe(1);
    allSucceed(situation, succeeded());
    expect(linesOf(situation).map(({ run, status }) => [run, status])).toEqual([
      [1, 'SUCCEEDED'],
      [2, 'SUCCEEDED'],
      [3, 'SUCCEEDED'],
    ]);
    expect(situation.run('flow/2')).toMatchObject({
      cause: { kind: 'BACKFILL', backfill: 'backfill:flow/1', line: 1 },
      scheduledFor: Date.UTC(2026, 0, 1, 1),
      params: [{ name: 'island', value: 'Dream' }],
    });
    expect(backfillOf(situation)).toMatchObject({ status: 'SUCCEEDED', counts: { SUCCEEDED: 3, WAITING: 0 } });
  });

  test('no more runs go on at once than it may', () => {
    const situation = given('id: flow\nrunStrategy: { parallel: 9 }\nsteps: [{ id: a, run: x }]');
    backfilled(situation, hours(7), { concurrency: 3 });
    expect(situation.queue('flow').running).toHaveLength(3);
    situation.reported('flow/2/a', succeeded());
    expect(situation.queue('flow').running.map(({ number }) => number)).toEqual([1, 3, 4]);
  });

  test('ten thousand lines are done in commits of a bearable size', () => {
    const situation = backfilled(given(noop), hours(10_000));
    situation.delivered();
    expect(backfillOf(situation)).toMatchObject({ status: 'SUCCEEDED', counts: { SUCCEEDED: 10_000 } });
    expect(situation.queue('flow').last).toBe(10_000);
  }, 60_000);

  test('it pauses by itself after too many failures, and goes on when someone says so', () => {
    const situation = backfilled(given(flow), hours(4), { stopAfterFailures: 2 });
    situation.reported('flow/1/a', failed('USER', false)).reported('flow/2/a', failed('USER', false));
    expect(backfillOf(situation)).toMatchObject({ status: 'PAUSED', failures: 2, going: [] });
    situation.when(held('ResumeBackfill'));
    allSucceed(situation, succeeded());
    expect(backfillOf(situation)).toMatchObject({ status: 'FAILED', counts: { SUCCEEDED: 2, FAILED: 2 } });
  });

  test('a retry starts what failed again as further attempts, and then all has succeeded', () => {
    const situation = backfilled(given(flow), hours(3));
    situation.reported('flow/1/a', failed('USER', false)).reported('flow/2/a', succeeded());
    situation.reported('flow/3/a', failed('USER', false)).when(held('RetryBackfill'));
    allSucceed(situation, succeeded());
    expect(situation.queue('flow').last).toBe(3);
    expect(situation.run('flow/3')).toMatchObject({ attempt: 2, status: 'SUCCEEDED' });
    expect(backfillOf(situation)).toMatchObject({ status: 'SUCCEEDED', counts: { SUCCEEDED: 3, FAILED: 0 } });
  });

  test('a restart by a person counts for the line, and waits behind nobody', () => {
    const situation = backfilled(given(flow), hours(1));
    situation.reported('flow/1/a', failed('USER', false)).when(restart('flow/1'));
    expect(backfillOf(situation)).toMatchObject({ status: 'FAILED', going: [{ line: 0, number: 1, attempt: 2 }] });
    situation.reported('flow/1/a', succeeded());
    expect(backfillOf(situation)).toMatchObject({ status: 'SUCCEEDED', counts: { SUCCEEDED: 1, FAILED: 0 } });
  });

  test('paused, nothing more of it begins', () => {
    const situation = backfilled(given(flow), hours(3)).when(held('PauseBackfill'));
    situation.reported('flow/1/a', succeeded());
    expect(situation.queue('flow').last).toBe(1);
    situation.when(held('PauseBackfill')).then({ events: [] }).when(held('ResumeBackfill'));
    expect(situation.queue('flow').last).toBe(2);
  });

  test('cancelled, its waiting runs are stopped and those that go on come to their end', () => {
    const situation = given('id: flow\nrunStrategy: { parallel: 2 }\nsteps: [{ id: a, run: x }]');
    backfilled(situation, hours(9), { concurrency: 4 }).when(held('CancelBackfill', 1));
    expect([1, 2, 3, 4].map((number) => situation.run(`flow/${String(number)}`).status)).toEqual([
      'RUNNING',
      'RUNNING',
      'STOPPED',
      'STOPPED',
    ]);
    situation.reported('flow/1/a', succeeded()).reported('flow/2/a', succeeded());
    expect(situation.queue('flow').last).toBe(4);
    expect(backfillOf(situation)).toMatchObject({
      status: 'CANCELLED',
      counts: { SUCCEEDED: 2, STOPPED: 2, WAITING: 5 },
    });
  });

  test('a line whose run was started again meanwhile is refused rather than done twice', () => {
    const situation = given('id: flow\nrunStrategy: { parallel: 3 }\nsteps: [{ id: a, run: x }]');
    situation.when(at(1)).reported('flow/1/a', failed('USER', false));
    backfilled(situation, hours(2), { redo: 'FAILED' }).when(restart('flow/1')).reported('flow/2/a', succeeded());
    expect(linesOf(situation)[1]).toMatchObject({ status: 'REFUSED' });
    expect(linesOf(situation)[1]?.message).toContain('Run flow/1 was started again');
  });
});
