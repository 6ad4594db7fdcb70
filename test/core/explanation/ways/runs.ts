// Ways in which a run does not start, or does not go on.

import { explainRun } from '../../../../src/core/explanation/explain-run.ts';
import { backfilled, held, hours } from '../../../support/backfills.ts';
import { cancelled, given, kill, pause, start, stop, succeeded } from '../../../support/given.ts';
import {
  bad,
  flow,
  failNow,
  finallySteps,
  waiting,
  wanting,
  starts,
  lastOnlyWaiting,
  deleted,
  passive,
  planned,
  refusedLine,
  returning,
} from './situations.ts';
import { run, workflow, backfill, refused, setAside, reason, type Way } from './way.ts';

/** Ways in which a run does not start, or does not go on. */
export const runs: readonly Way[] = [
  {
    what: 'another run of it goes on',
    ask: () => reason(run(flow().when(start('flow')).when(start('flow')), 'flow/2')),
    code: 'STRATEGY',
    says: 'It waits in the queue: "flow" does one run at a time, and flow/1 is still going on; it is next.',
    unblock: 'It starts by itself when its turn comes. A wider `runStrategy` lets more runs go on at once.',
  },
  {
    what: 'as many runs go on as may, and others wait before it',
    ask: () => reason(run(starts(flow('runStrategy: { parallel: 2 }'), 4), 'flow/4')),
    code: 'STRATEGY',
    says: 'It waits in the queue: "flow" does 2 runs at a time, and flow/1 and flow/2 are still going on; 1 run is before it.',
    unblock: 'It starts by itself when its turn comes. A wider `runStrategy` lets more runs go on at once.',
  },
  {
    what: 'a failed run holds all others up',
    ask: () => reason(run(starts(flow('runStrategy: strict-sequential'), 2).reported('flow/1/a', bad), 'flow/2')),
    code: 'STRATEGY',
    says: 'It waits in the queue: under the strategy strict-sequential the failed run flow/1 holds all others up.',
    unblock: 'Restart that run: downbeat restart flow/1 – or let the others go on: downbeat unblock flow.',
  },
  {
    what: 'it is of a backfill, and others come first',
    ask: () => reason(run(backfilled(starts(flow(), 2), hours(1)), 'flow/3')),
    code: 'STRATEGY',
    says: 'It waits in the queue: "flow" does one run at a time, and flow/1 is still going on; 1 run is before it. It is of a backfill, and waits behind all that are not.',
    unblock: 'It starts by itself when its turn comes. A wider `runStrategy` lets more runs go on at once.',
  },
  {
    what: 'its turn has come, between two commits',
    ask: () =>
      reason(
        explainRun(
          { ...flow().when(start('flow')).run('flow/1'), status: 'QUEUED' },
          flow()
            .when(start('flow'))
            .definition(flow().when(start('flow')).run('flow/1').definition),
          undefined,
          'flow/1',
        ),
      ),
    code: 'STRATEGY',
    says: 'It waits in the queue and is about to start.',
  },
  {
    what: 'it is an iteration that is to begin again, and others go on',
    ask: () => reason(run(returning(), 'flow/1/each[0]')),
    code: 'ITERATIONS',
    says: 'It is to begin again, as ada wished at 2026-01-15 12:00:00 UTC, and waits for a place in its loop.',
    unblock: 'It begins by itself when one of the others is over: downbeat explain flow/1/each',
  },
  {
    what: 'it waits, and not for ever',
    ask: () => reason(run(starts(flow('queueTimeout: 10m'), 2), 'flow/2'), 1),
    code: 'STRATEGY',
    says: 'If it has not started by 2026-01-15 12:10:00 UTC, it never will: that is the queueTimeout of its workflow.',
  },
  {
    what: 'it has waited too long in the queue',
    ask: () => reason(run(starts(flow('queueTimeout: 10m'), 2).after(600_000), 'flow/2')),
    code: 'ENDED',
    says: 'It timed out at 2026-01-15 12:10:00 UTC: The run waited in its queue for longer than the queueTimeout of 10m, and never began.',
    unblock:
      'Let more runs go on at once with `runStrategy`, or let them wait longer; to run it after all, restart it.',
  },
  {
    what: 'another was there, under first-only',
    ask: () => reason(run(starts(flow('runStrategy: first-only'), 2), 'flow/2')),
    code: 'STRATEGY',
    says: 'It was stopped at 2026-01-15 12:00:00 UTC: Run flow/1 was there already, and under the strategy first-only no other run may start while it is.',
    unblock:
      'This is how the workflow wants it: see `runStrategy` in its definition. Run it again: downbeat restart flow/2',
  },
  {
    what: 'a newer one came while it waited, under last-only',
    ask: () => reason(run(lastOnlyWaiting(), 'flow/2')),
    code: 'STRATEGY',
    says: 'It was stopped at 2026-01-15 12:00:00 UTC: Run flow/3 came, and under the strategy last-only the newest run takes the place of all others.',
    unblock:
      'This is how the workflow wants it: see `runStrategy` in its definition. Run it again: downbeat restart flow/2',
  },
  {
    what: 'a newer one came while it ran, under last-only',
    ask: () => reason(run(starts(flow('runStrategy: last-only'), 2), 'flow/1')),
    code: 'STOPPING',
    says: 'Run flow/2 came, and under the strategy last-only the newest run takes the place of all others: it was stopped at 2026-01-15 12:00:00 UTC; it ends when nothing of it is left running.',
    unblock: 'To end it without what stands under `finally`: downbeat kill flow/1',
  },
  {
    what: 'a newer one took its place, under last-only',
    ask: () => reason(run(starts(flow('runStrategy: last-only'), 2).reported('flow/1/a', cancelled), 'flow/1')),
    code: 'ENDED',
    says: 'Run flow/2 came, and under the strategy last-only the newest run takes the place of all others: it was stopped at 2026-01-15 12:00:00 UTC.',
    unblock: 'Run it again: downbeat restart flow/1',
  },
  {
    what: 'a newer one came while it waited, under latest-only',
    ask: () => reason(run(starts(flow('runStrategy: latest-only'), 3), 'flow/2')),
    code: 'STRATEGY',
    says: 'It was stopped at 2026-01-15 12:00:00 UTC: Run flow/3 came, and under the strategy latest-only only the newest of the waiting runs stays.',
    unblock:
      'This is how the workflow wants it: see `runStrategy` in its definition. Run it again: downbeat restart flow/2',
  },
  {
    what: 'someone stopped it while it waited',
    ask: () => reason(run(starts(flow(), 2).when(stop('flow/2')), 'flow/2')),
    code: 'ENDED',
    says: 'ada stopped it at 2026-01-15 12:00:00 UTC.',
    unblock: 'Run it again: downbeat restart flow/2',
  },
  {
    what: 'someone has paused it',
    ask: () => reason(run(starts(flow(), 1).when(pause('flow/1')), 'flow/1')),
    code: 'PAUSED',
    says: 'It is paused: what runs goes on, and nothing else begins.',
    unblock: 'downbeat resume flow/1',
  },
  {
    what: 'someone is stopping it',
    ask: () => reason(run(starts(flow(), 1).when(stop('flow/1')), 'flow/1')),
    code: 'STOPPING',
    says: 'ada stopped it at 2026-01-15 12:00:00 UTC; it ends when nothing of it is left running.',
    unblock: 'To end it without what stands under `finally`: downbeat kill flow/1',
  },
  {
    what: 'someone is killing it',
    ask: () => reason(run(starts(flow(), 1).when(kill('flow/1')), 'flow/1')),
    code: 'STOPPING',
    says: 'ada killed it at 2026-01-15 12:00:00 UTC; it ends when nothing of it is left running.',
  },
  {
    what: 'it has taken too long',
    ask: () => reason(run(starts(flow('timeout: 90s'), 1).after(90_000), 'flow/1')),
    code: 'STOPPING',
    says: 'It has taken longer than its timeout, which was over at 2026-01-15 12:01:30 UTC; it ends when nothing of it is left running.',
    unblock: 'To end it without what stands under `finally`: downbeat kill flow/1',
  },
  {
    what: 'a step that ends all has failed',
    ask: () => reason(run(starts(given(failNow), 1).reported('flow/1/a', bad), 'flow/1')),
    code: 'STOPPING',
    says: 'A step with `onFailure: fail-now` failed at 2026-01-15 12:00:00 UTC; it ends when nothing of it is left running.',
    unblock: 'To end it without what stands under `finally`: downbeat kill flow/1',
  },
  {
    what: 'only its `finally` is left',
    ask: () => reason(run(starts(given(finallySteps), 1).reported('flow/1/a', succeeded()), 'flow/1')),
    code: 'FINALLY',
    says: 'Its steps are over, and it will have ended SUCCEEDED; what stands under `finally` is still going on.',
  },
  {
    what: 'all of it waits for something else',
    ask: () => reason(run(starts(given(waiting), 1).delivered(), 'flow/1')),
    code: 'RUNNING',
    says: 'It is running: 0 steps of 1 going on, 1 waiting for signals.',
  },
  {
    what: 'it has failed',
    ask: () => reason(run(starts(flow(), 1).reported('flow/1/a', bad), 'flow/1')),
    code: 'ENDED',
    says: 'It failed at 2026-01-15 12:00:00 UTC: Step "a": The command ended with exit code 3.',
    unblock: 'Run it again: downbeat restart flow/1',
  },
  {
    what: 'an error of Downbeat set it aside',
    ask: () => reason(run(setAside(starts(flow(), 1), 'run:flow/1.1'), 'flow/1')),
    code: 'QUARANTINED',
    says: 'An error in Downbeat set it aside at 2026-01-15 12:00:00 UTC, so that everything else could go on: TypeError: x is y.',
    unblock: 'Please report the error. When it is mended, let it take part again: downbeat release run:flow/1.',
  },
  {
    what: 'there is no such workflow',
    ask: () => refused(flow(), start('flaw')),
    code: 'NOT_FOUND',
    says: 'There is no workflow "flaw".',
    unblock: 'Apply its definition first: downbeat apply <file>.',
  },
  {
    what: 'its workflow was deleted',
    ask: () => refused(deleted(), start('flow')),
    code: 'ACTION_NOT_ALLOWED',
    says: 'Workflow "flow" was deleted by ada at 2026-01-15T12:00:00.000Z: nothing of it starts any more.',
    unblock:
      'To have it again, apply its definition: downbeat apply <file>. Its versions and runs go on being counted from where they were.',
  },
  {
    what: 'its workflow was deleted (asked of the workflow)',
    ask: () => reason(workflow(deleted(), 'flow')),
    code: 'DELETED',
    says: 'ada deleted "flow" at 2026-01-15 12:00:00 UTC: nothing of it starts any more. Its runs can still be read.',
    unblock: 'Apply its definition again: downbeat apply <file>.',
  },
  {
    what: 'no version of its workflow is active',
    ask: () => refused(passive(), start('flow')),
    code: 'ACTION_NOT_ALLOWED',
    says: 'No version of "flow" is active.',
    unblock: 'Name a version from 1 to 1, or apply one with `activate: true`.',
  },
  {
    what: 'no version is active (asked of the workflow)',
    ask: () => reason(workflow(passive(), 'flow')),
    code: 'INACTIVE',
    says: 'No version of "flow" is active, so nothing of it starts.',
    unblock: 'downbeat activate flow 1',
  },
  {
    what: 'there is no such version',
    ask: () => refused(flow(), { type: 'StartRun', workflowId: 'flow', version: 7, params: [], labels: [] }),
    code: 'NOT_FOUND',
    says: '"flow" has no version 7; its newest is 1.',
    unblock: 'Name a version from 1 to 1.',
  },
  {
    what: 'its parameters do not fit',
    ask: () => refused(given(wanting), start('flow')),
    code: 'BAD_INPUT',
    says: 'The parameter "rows" (long) has no value, neither in the workflow nor at this start.',
    unblock: 'Give it at the start, on the command line as -p rows=…',
  },
  {
    what: 'an error of Downbeat set its workflow aside',
    ask: () => refused(setAside(flow(), 'workflow:flow'), start('flow')),
    code: 'ACTION_NOT_ALLOWED',
    says: 'An error in Downbeat set workflow "flow" aside, so that everything else could go on: TypeError: x is y.',
    unblock: 'Please report the error. When it is mended, release the workflow: downbeat release workflow:flow.',
  },
  {
    what: 'its workflow is set aside (asked of the workflow)',
    ask: () => reason(workflow(setAside(flow(), 'workflow:flow'), 'flow')),
    code: 'QUARANTINED',
    says: 'An error in Downbeat set it aside at 2026-01-15 12:00:00 UTC, so that everything else could go on: TypeError: x is y.',
    unblock: 'Please report the error. When it is mended, let it take part again: downbeat release workflow:flow.',
  },
  {
    what: 'a failed run holds all up (asked of the workflow)',
    ask: () => reason(workflow(starts(flow('runStrategy: strict-sequential'), 2).reported('flow/1/a', bad), 'flow')),
    code: 'STRATEGY',
    says: 'Its runs wait in the queue: under the strategy strict-sequential the failed run flow/1 holds all others up.',
    unblock: 'Restart that run: downbeat restart flow/1 – or let the others go on: downbeat unblock flow.',
  },
  {
    what: 'nothing starts it (asked of the workflow)',
    ask: () => reason(workflow(flow(), 'flow')),
    code: 'NO_TRIGGERS',
    says: '"flow" has no trigger, so it runs only when someone starts it.',
    unblock: 'Start it: downbeat run flow – or add `triggers:` to its definition.',
  },
  {
    what: 'a breakpoint is set (asked of the workflow)',
    ask: () =>
      reason(workflow(flow().when({ type: 'SetBreakpoint', workflowId: 'flow', place: { step: 'a' } }), 'flow'), 1),
    code: 'BREAKPOINT',
    says: 'Its runs stop before "a": ada set a breakpoint there.',
    unblock: 'downbeat break flow a --clear',
  },
  {
    what: 'its backfill is a plan that nobody has applied',
    ask: () => reason(backfill(planned())),
    code: 'PLANNED',
    says: 'It is a plan that nobody has applied yet; it can be until 2026-01-16 12:00:00 UTC.',
    unblock: 'downbeat backfill apply backfill:flow/1 --hash 5f3a',
  },
  {
    what: 'its backfill was not applied within a day',
    ask: () => reason(backfill(planned().after(86_400_000))),
    code: 'ENDED',
    says: 'It was a plan, and nobody applied it within a day.',
    unblock: 'Plan it again: downbeat backfill plan flow',
  },
  {
    what: 'its backfill does only so many at once',
    ask: () => reason(backfill(backfilled(flow(), hours(3)))),
    code: 'RUNNING',
    says: 'It is going on: 0 of 3 runs succeeded, 2 wait. 1 run of it at most at once, and none before a run that is of no backfill.',
  },
  {
    what: 'its backfill paused after too many failures',
    ask: () => reason(backfill(backfilled(flow(), hours(3), { stopAfterFailures: 1 }).reported('flow/1/a', bad))),
    code: 'PAUSED',
    says: 'It paused by itself after 1 failure: 0 of 3 runs succeeded, 2 wait.',
    unblock: 'downbeat backfill resume backfill:flow/1',
  },
  {
    what: 'someone has paused its backfill',
    ask: () => reason(backfill(backfilled(flow(), hours(3)).when(held('PauseBackfill')))),
    code: 'PAUSED',
    says: 'ada paused it: 0 of 3 runs succeeded, 2 wait.',
    unblock: 'downbeat backfill resume backfill:flow/1',
  },
  {
    what: 'someone has cancelled its backfill',
    ask: () => reason(backfill(backfilled(flow(), hours(3)).when(held('CancelBackfill')))),
    code: 'ENDED',
    says: 'ada cancelled it: 0 of 3 runs succeeded.',
  },
  {
    what: 'its line of a backfill could not be started',
    ask: () => reason(backfill(refusedLine()), -1),
    code: 'REFUSED',
    says: '1 line did not succeed.',
    unblock: 'Start them again: downbeat backfill retry backfill:flow/1',
  },
];
