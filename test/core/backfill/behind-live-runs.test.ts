// Runs of a backfill wait behind all others, whatever the strategy; and they take nobody's place.

import { describe, expect, test } from 'vitest';

import { explainRun } from '../../../src/core/explanation/explain-run.ts';
import { backfilled, backfillOf, hours } from '../../support/backfills.ts';
import { cancelled, failed, given, type Situation, start, succeeded } from '../../support/given.ts';

function flow(strategy: string): Situation {
  return given(`id: flow\nrunStrategy: ${strategy}\nsteps: [{ id: a, run: x }]`);
}

/** The statuses of the runs, by number. */
function statuses(situation: Situation): string {
  const { last } = situation.queue('flow');
  return Array.from({ length: last }, (_, index) => situation.run(`flow/${String(index + 1)}`).status).join(' ');
}

const strategies = ['sequential', 'strict-sequential', '{ parallel: 1 }', 'first-only', 'last-only', 'latest-only'];

describe.each(strategies)('under %s', (strategy) => {
  test('a live run that comes while a run of a backfill waits is admitted before it', () => {
    const situation = flow(strategy).when(start('flow'));
    backfilled(situation, hours(3), { concurrency: 2 });
    expect(statuses(situation)).toBe('RUNNING QUEUED QUEUED');
    situation.reported('flow/1/a', succeeded());
    expect(statuses(situation)).toBe('SUCCEEDED RUNNING QUEUED');
    // What came last is live, and comes first.
    situation.when(start('flow'));
    expect(statuses(situation)).toBe('SUCCEEDED RUNNING QUEUED QUEUED');
    situation.reported('flow/2/a', succeeded());
    expect(situation.run('flow/4').status).toBe('RUNNING');
    expect(situation.run('flow/3').status).toBe('QUEUED');
    situation.reported('flow/4/a', succeeded());
    expect(situation.run('flow/3').status).toBe('RUNNING');
  });

  test('a run of a backfill neither stops a live run nor is stopped by one', () => {
    const situation = backfilled(flow(strategy), hours(1)).when(start('flow'));
    expect(statuses(situation)).toBe('RUNNING QUEUED');
    expect(situation.run('flow/1').ending).toBeUndefined();
    situation.reported('flow/1/a', succeeded());
    expect(statuses(situation)).toBe('SUCCEEDED RUNNING');
    backfilled(situation, hours(1, 5));
    expect(statuses(situation)).toBe('SUCCEEDED RUNNING QUEUED');
    expect(situation.run('flow/2').ending).toBeUndefined();
  });
});

test('under first-only a second live run is ended while the first waits for a run of a backfill', () => {
  const situation = backfilled(flow('first-only'), hours(1)).when(start('flow')).when(start('flow'));
  expect(statuses(situation)).toBe('RUNNING QUEUED STOPPED');
});

test('under last-only and latest-only the newest live run still takes the place of the others', () => {
  const last = backfilled(flow('last-only'), hours(1)).when(start('flow')).when(start('flow'));
  expect(statuses(last)).toBe('RUNNING STOPPED QUEUED');
  last.reported('flow/1/a', succeeded()).when(start('flow'));
  expect(statuses(last)).toBe('SUCCEEDED STOPPED RUNNING QUEUED');
  last.reported('flow/3/a', cancelled);
  expect(statuses(last)).toBe('SUCCEEDED STOPPED STOPPED RUNNING');
  const latest = backfilled(flow('latest-only'), hours(1)).when(start('flow')).when(start('flow'));
  expect(statuses(latest)).toBe('RUNNING STOPPED QUEUED');
});

test('under strict-sequential a failed run of a backfill holds nobody up, and a failed live run holds the backfill up', () => {
  const situation = backfilled(flow('strict-sequential'), hours(2));
  situation.reported('flow/1/a', failed('USER', false));
  expect(statuses(situation)).toBe('FAILED RUNNING');
  situation.when(start('flow')).reported('flow/2/a', succeeded()).reported('flow/3/a', failed('USER', false));
  backfilled(situation, hours(1, 9));
  expect(statuses(situation)).toBe('FAILED SUCCEEDED FAILED QUEUED');
  situation.when({ type: 'UnblockWorkflow', workflowId: 'flow' });
  expect(statuses(situation)).toBe('FAILED SUCCEEDED FAILED RUNNING');
});

test('the queue says how many come before a run of a backfill, and why', () => {
  const situation = flow('sequential').when(start('flow'));
  backfilled(situation, hours(1)).when(start('flow')).when(start('flow'));
  const run = situation.run('flow/2');
  const { reasons } = explainRun(run, situation.definition(run.definition), situation.queue('flow'), 'flow/2');
  expect(reasons[0]?.text).toContain('2 runs are before it');
  expect(reasons[0]?.text).toContain('It is of a backfill, and waits behind all that are not');
  expect(backfillOf(situation).counts).toMatchObject({ RUNNING: 1 });
});
