// Runs that wait in their queue no longer than their workflow lets them: then they are over without having begun. Those of a
// backfill are made to wait, behind all others, and wait as long as it takes.

import { type Definition } from '../../definition/model.ts';
import { durationText } from '../../definition/plain-view.ts';
import { type EntityId } from '../../ids.ts';
import { takeTime } from '../../run/outcome.ts';
import { firstCause, type RunCause, type RunState } from '../../run/state.ts';
import { type Instant } from '../../time.ts';
import { endQueued } from './control-run.ts';
import { withRun } from './runs.ts';
import { type Turn } from '../turn.ts';

/** When a run that is made now gives up waiting, for its first event. */
export function queueTimeoutOf(
  { queueTimeout }: Definition,
  cause: RunCause,
  now: Instant,
): Pick<RunState, 'queueTimeoutAt'> {
  const waitsOn = queueTimeout === undefined || firstCause(cause).kind === 'BACKFILL';
  return waitsOn ? {} : { queueTimeoutAt: now + queueTimeout };
}

/** Does what is due in a run: in the queue, that is giving up. */
export function takeRunTime(turn: Turn, id: EntityId): void {
  const run = turn.read('run', id);
  if (run?.status === 'QUEUED') giveUp(turn, run);
  else withRun(turn, id, takeTime);
}

function giveUp(turn: Turn, run: RunState): void {
  const { queueTimeoutAt, createdAt } = run;
  if (queueTimeoutAt === undefined || queueTimeoutAt > turn.circumstances.now) return;
  endQueued(turn, run, {
    status: 'TIMED_OUT',
    failure: {
      kind: 'TIMEOUT',
      code: 'QUEUE_TIMEOUT',
      message: `The run waited in its queue for longer than the queueTimeout of ${durationText(queueTimeoutAt - createdAt)}, and never began.`,
      hint: 'Let more runs go on at once with `runStrategy`, or let them wait longer; to run it after all, restart it.',
      retryable: true,
    },
  });
}
