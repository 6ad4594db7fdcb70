// What a workflow's run strategy does with its runs: which wait, which are ended because another is there, which may start.

import { type EntityId, queueEntity, runEntity } from '../../ids.ts';
import { type Failure } from '../../failure.ts';
import {
  admissible,
  isNewestFirst,
  newestWaiting,
  overtaken,
  type QueuedRun,
  type QueueState,
  waitsBehind,
} from '../../queue/queue.ts';
import { runTimeout } from '../../run/given-limits.ts';
import { isTerminalRun } from '../../run/state.ts';
import { endQueued, stopFound } from './control-run.ts';
import { type Turn } from '../turn.ts';

/** How many runs are ended in one turn because a newer one is there. */
const OVERTAKEN_AT_ONCE = 500;

/** Lets a run take its place in the queue, into which it has just been written; one too many under `first-only` is ended. */
export function enterQueue(turn: Turn, id: EntityId): void {
  const run = turn.read('run', id);
  if (run === undefined) return;
  const queue = turn.read('queue', queueEntity(run.workflowId));
  const isJudged = queue?.strategy === 'first-only' && !waitsBehind(queue, run);
  const other = isJudged ? otherIn(queue, run) : undefined;
  if (other === undefined) turn.follow(queueEntity(run.workflowId));
  else endQueued(turn, run, { status: 'STOPPED', failure: overtakenBy(run.workflowId, other, 'first-only') });
}

/** Starts the runs that the strategy lets in, and ends those that it does not want any more. */
export function admit(turn: Turn, entity: EntityId): void {
  const before = turn.read('queue', entity);
  if (before === undefined) return;
  // Whoever is ended lets the queue be looked at again: only then is it known which is the newest.
  if (isNewestFirst(before.strategy) && makeRoom(turn, before)) return;
  const queue = turn.read('queue', entity);
  if (queue === undefined) return;
  for (const admitted of admissible(queue)) {
    const id = runEntity({ workflowId: queue.workflowId, ...admitted });
    const run = turn.read('run', id);
    const definition = run === undefined ? undefined : turn.definition(run.definition);
    if (run === undefined || definition === undefined) continue;
    const timeout = runTimeout({ run, definition });
    if (!timeout.ok) {
      endQueued(turn, run, { status: 'FAILED', failure: timeout.failure });
      continue;
    }
    turn.emit(entity, { type: 'RunAdmitted', ...admitted });
    turn.emit(id, {
      type: 'RunStarted',
      ...(timeout.value === undefined ? {} : { timeoutAt: turn.circumstances.now + timeout.value }),
    });
    turn.follow(id);
  }
}

/**
 * Ends what waits for nothing because a newer run waits too, and under `last-only` what goes on. Answers whether it ended any
 * that waited.
 */
function makeRoom(turn: Turn, queue: QueueState): boolean {
  const { workflowId, strategy } = queue;
  const newest = newestWaiting(queue);
  if (newest === undefined || (strategy !== 'last-only' && strategy !== 'latest-only')) return false;
  let hasEnded = false;
  for (const one of overtaken(queue, OVERTAKEN_AT_ONCE)) {
    const run = turn.read('run', runEntity({ workflowId, ...one }));
    if (run !== undefined) {
      hasEnded = true;
      endQueued(turn, run, { status: 'STOPPED', failure: overtakenBy(workflowId, newest, strategy) });
    }
  }
  if (hasEnded || strategy !== 'last-only') return hasEnded;
  for (const one of queue.running) {
    // A run of a backfill is not what a newer one replaces: its day would stay without one.
    if (one.behind === true) continue;
    const run = turn.read('run', runEntity({ workflowId, ...one }));
    if (run !== undefined && !isTerminalRun(run.status)) stopFound(turn, run, `run ${String(newest.number)}`);
  }
  return false;
}

/** A run that was there before this one. Those of a backfill keep no other from coming: it waits until they are over. */
function otherIn({ running, waiting }: QueueState, run: QueuedRun): QueuedRun | undefined {
  const before = waiting.map(({ from, attempt }) => ({ number: from, attempt }));
  const ownRight = running.filter(({ behind }) => behind !== true);
  return [...ownRight, ...before].find(({ number, attempt }) => number !== run.number || attempt !== run.attempt);
}

function overtakenBy(workflowId: string, { number }: QueuedRun, strategy: string): Failure {
  const other = `${workflowId}/${String(number)}`;
  const message = {
    'first-only': `Run ${other} was there already, and under the strategy first-only no other run may start while it is.`,
    'last-only': `Run ${other} came, and under the strategy last-only the newest run takes the place of all others.`,
    'latest-only': `Run ${other} came, and under the strategy latest-only only the newest of the waiting runs stays.`,
  }[strategy];
  return {
    kind: 'USER',
    code: 'OVERTAKEN',
    message: message ?? '',
    hint: 'This is how the workflow wants it: see `runStrategy` in its definition.',
    retryable: false,
  };
}
