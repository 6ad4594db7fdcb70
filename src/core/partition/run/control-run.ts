// Stopping, killing, pausing and resuming a run, and letting a workflow's queue go on.

import { type EntityId, iterationPlace, queueEntity, runEntity, type RunPlace } from '../../ids.ts';
import { graphOf } from '../../definition/graph.ts';
import { newestAttempt } from '../../queue/queue.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { runActions } from '../../run/actions.ts';
import { runKilled } from '../../run/ending.ts';
import { isEnding, isTerminalRun, type RunState } from '../../run/state.ts';
import { type RunTarget } from '../command.ts';
import { type Message } from '../message.ts';
import { leave, levelOf } from './runs.ts';
import { type Turn } from '../turn.ts';
import { unknownWorkflow } from '../workflow/unknown-workflow.ts';

/** Takes a `StopRun` command. A run that is ending already is answered as done. */
export function stopRun(turn: Turn, target: RunTarget, actor: string): Result<EntityId, readonly Refusal[]> {
  const found = findRun(turn, target);
  if (!found.ok) return found;
  const run = found.value;
  if (isTerminalRun(run.status)) return failed([notAllowed(run, 'stop')]);
  const isOver = run.finishing !== undefined && run.ending?.killed !== true && run.ending?.status !== 'STOPPED';
  if (isOver) return failed([alreadyFinishing(run)]);
  stopFound(turn, run, actor);
  return success(runEntity(run));
}

/** Stops a run that is not over. */
export function stopFound(turn: Turn, run: RunState, actor: string): void {
  if (run.ending === undefined && run.finishing === undefined) endEarly(turn, run, { status: 'STOPPED', actor });
}

/** Takes a `KillRun` command: the run FAILED, and not even its `finally` steps run. */
export function killRun(turn: Turn, target: RunTarget, actor: string): Result<EntityId, readonly Refusal[]> {
  const found = findRun(turn, target);
  if (!found.ok) return found;
  const run = found.value;
  if (isTerminalRun(run.status)) return failed([notAllowed(run, 'kill')]);
  if (run.ending?.killed !== true) endEarly(turn, run, { status: 'FAILED', actor, killed: true });
  return success(runEntity(run));
}

/** Takes a `PauseRun` or `ResumeRun` command. Repeating it changes nothing. */
export function setRunPaused(
  turn: Turn,
  target: RunTarget,
  { paused, actor }: { readonly paused: boolean; readonly actor: string },
): Result<EntityId, readonly Refusal[]> {
  const found = findRun(turn, target);
  if (!found.ok) return found;
  const run = found.value;
  if (isTerminalRun(run.status) || run.status === 'QUEUED')
    return failed([notAllowed(run, paused ? 'pause' : 'resume')]);
  if (isEnding(run)) return failed([alreadyEnding(run)]);
  holdBack(turn, run, { paused, actor, top: runEntity(run) });
  return success(runEntity(run));
}

/** Takes an `UnblockWorkflow` command: failed runs no longer hold the others up. */
export function unblockWorkflow(turn: Turn, workflowId: string, actor: string): Result<EntityId, readonly Refusal[]> {
  const id = queueEntity(workflowId);
  const queue = turn.read('queue', id);
  if (queue === undefined) return failed([unknownWorkflow(workflowId)]);
  if ((queue.blockedBy ?? []).length > 0) {
    turn.emit(id, { type: 'QueueUnblocked', actor });
    turn.follow(id);
  }
  return success(id);
}

/** Ends a run that still waits in its queue. */
export function endQueued(
  turn: Turn,
  run: RunState,
  ended: Pick<RunState, 'failure'> & { readonly status: 'STOPPED' | 'FAILED' | 'TIMED_OUT' },
): void {
  turn.emit(runEntity(run), {
    type: 'RunEnded',
    status: ended.status,
    ...(ended.failure === undefined ? {} : { failure: ended.failure }),
  });
  leave(turn, { ...run, ...ended });
}

function endEarly(
  turn: Turn,
  run: RunState,
  ending: { readonly status: 'STOPPED' | 'FAILED'; readonly actor: string; readonly killed?: true },
): void {
  turn.emit(runEntity(run), { type: 'RunEnding', ...ending });
  const failure = ending.killed === true ? { failure: runKilled(ending.actor) } : {};
  if (run.status === 'QUEUED') endQueued(turn, run, { status: ending.status, ...failure });
  else turn.follow(runEntity(run));
}

/** How runs are held back: `top` is the run that someone paused or resumed, and the others stand in it. */
interface HoldingBack {
  readonly paused: boolean;
  readonly actor: string;
  readonly top: EntityId;
}

/** Goes on with iterations that a full commit left over, as the run around them is now: it may have changed again since. */
export function goOnHoldingBack(turn: Turn, { run, top, actor }: Extract<Message, { type: 'HoldBack' }>): void {
  const around = turn.read('run', top);
  const inner = turn.read('run', run);
  if (around === undefined || inner === undefined || isTerminalRun(around.status) || isEnding(around)) return;
  holdBack(turn, inner, { paused: around.status === 'PAUSED', actor, top });
}

/** Pauses or resumes a run and the iterations of its loops; what does not fit into the commit follows. */
function holdBack(turn: Turn, run: RunState, change: HoldingBack): void {
  if (isTerminalRun(run.status) || isEnding(run)) return;
  const id = runEntity(run);
  if ((run.status === 'PAUSED') !== change.paused) {
    turn.emit(id, { type: change.paused ? 'RunPaused' : 'RunResumed', actor: change.actor });
    turn.follow(id);
  }
  for (const inner of iterationsGoingOn(turn, run)) {
    if (turn.isFull()) {
      // Those that are held back already will be passed over.
      const { top, actor } = change;
      turn.send(turn.circumstances.partition, { type: 'HoldBack', run: id, top, actor });
      return;
    }
    holdBack(turn, inner, change);
  }
}

function iterationsGoingOn(turn: Turn, run: RunState): readonly RunState[] {
  const level = levelOf(turn, run);
  if (level === undefined) return [];
  return run.steps.flatMap(({ loop, attempts }, index) => {
    const step = graphOf(level.definition).steps[index]?.step.id ?? '';
    return (loop?.running ?? []).flatMap((iteration) => {
      const inner = turn.read('run', runEntity(iterationPlace(placeOf(run), step, iteration, attempts.length)));
      return inner === undefined ? [] : [inner];
    });
  });
}

function placeOf({ workflowId, number, attempt, path }: RunPlace): RunPlace {
  return { workflowId, number, attempt, ...(path === undefined ? {} : { path }) };
}

/** The run that is meant, or why there is none. */
export function findRun(turn: Turn, target: RunTarget): Result<RunState, readonly Refusal[]> {
  const queue = turn.read('queue', queueEntity(target.workflowId));
  const attempt = target.attempt ?? (queue === undefined ? undefined : newestAttempt(queue, target.number));
  if (attempt === undefined) return failed([unknownRun(target)]);
  const id = runEntity({ ...target, attempt });
  const reason = turn.quarantine(id);
  if (reason !== undefined) return failed([setAside(id, reason)]);
  const run = turn.read('run', id);
  return run === undefined ? failed([unknownRun(target)]) : success(run);
}

function setAside(id: EntityId, reason: string): Refusal {
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `An error in Downbeat set this run aside, so that everything else could go on: ${reason}`,
    path: ['runId'],
    hint: `Please report the error. When it is mended, release the run: downbeat release ${id}.`,
    status: 'QUARANTINED',
    allowed: [],
  };
}

function unknownRun({ workflowId, number, attempt }: RunTarget): Refusal {
  const name = `${workflowId}/${String(number)}${attempt === undefined ? '' : `.${String(attempt)}`}`;
  return {
    code: 'NOT_FOUND',
    message: `There is no run "${name}".`,
    path: ['runId'],
    hint: `See which there are: downbeat runs --workflow ${workflowId}.`,
  };
}

/** The refusal of an action that the run's status does not allow. */
export function notAllowed(run: RunState, action: string): Refusal {
  const allowed = runActions(run);
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Run ${nameOfRun(run)} is ${run.status}, so there is nothing to ${action}.`,
    path: ['runId'],
    hint: isTerminalRun(run.status) ? 'To run it again, restart it.' : 'Stop it first, or wait for its end.',
    status: run.status,
    allowed,
  };
}

/** The refusal of an action on an attempt that a newer one has replaced. */
export function superseded(run: RunState): Refusal {
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Attempt ${String(run.attempt)} of run ${run.workflowId}/${String(run.number)} was restarted already.`,
    path: ['runId'],
    hint: `Restart the newest attempt: ${run.workflowId}/${String(run.number)}.`,
    status: run.status,
    allowed: [],
  };
}

/** A run, or an iteration of it, as people name it. */
export function nameOfRun({ workflowId, number, path }: Pick<RunPlace, 'workflowId' | 'number' | 'path'>): string {
  return `${workflowId}/${String(number)}${path === undefined ? '' : `/${path}`}`;
}

function alreadyFinishing(run: RunState): Refusal {
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Run ${nameOfRun(run)} is over but for its \`finally\` steps, which a stop does not end.`,
    path: ['runId'],
    hint: `Wait for them, or end them too: downbeat kill ${nameOfRun(run)}.`,
    status: run.status,
    allowed: runActions(run),
  };
}

function alreadyEnding(run: RunState): Refusal {
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Run ${nameOfRun(run)} is being stopped: nothing of it begins any more.`,
    path: ['runId'],
    hint: 'Wait for its end; then it can be restarted.',
    status: run.status,
    allowed: runActions(run),
  };
}
