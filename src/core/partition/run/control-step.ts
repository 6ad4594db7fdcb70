// Leaving a step out, and letting one begin again, while its run goes on or after it.

import { type EntityId, runEntity } from '../../ids.ts';
import { graphOf } from '../../definition/graph.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { begin } from '../../run/begin.ts';
import { mayPass } from '../../run/breakpoints.ts';
import { cancelAttempt } from '../../run/ending.ts';
import { isEnding, isTerminalRun, openAttempt, type RunState, type StepStatus } from '../../run/state.ts';
import { type RunWork } from '../../run/work.ts';
import { type RunTarget } from '../command.ts';
import { findRun } from './control-run.ts';
import { opened } from './restart-extent.ts';
import { restartFrom } from './restart-run.ts';
import { levelOf, withRun } from './runs.ts';
import { type Turn } from '../turn.ts';

/** A step of a run. */
export interface StepTarget {
  readonly run: RunTarget;
  readonly stepId: string;
}

/** Takes a `SkipStep` command: the run goes on as if the step were done. One of an ended run: a new attempt from there. */
export function skipStep(turn: Turn, target: StepTarget, actor: string): Result<EntityId, readonly Refusal[]> {
  return onStep(turn, target, {
    running: (work, index) => skip(work, index, actor),
    ended: (run) =>
      restartFrom(turn, run, { actor, params: [], from: { kind: 'STEP', step: target.stepId }, skip: true }),
  });
}

/** Takes a `RetryStep` command: the step begins again now. One of an ended run: a new attempt from there. */
export function retryStep(turn: Turn, target: StepTarget, actor: string): Result<EntityId, readonly Refusal[]> {
  return onStep(turn, target, {
    running: (work, index) => retry(work, index, actor),
    ended: (run) => restartFrom(turn, run, { actor, params: [], from: { kind: 'STEP', step: target.stepId } }),
  });
}

/** Takes a `ResumeStep` command: a step that stands at a breakpoint goes on. Repeating it changes nothing. */
export function resumeStep(turn: Turn, target: StepTarget, actor: string): Result<EntityId, readonly Refusal[]> {
  return onStep(turn, target, {
    running: (work, index) => resume(work, index, actor),
    ended: (run) => failed([notNow(run, target.stepId, 'NOT_CREATED')]),
  });
}

/** Finds the step and acts on it: while its run goes on, or after the run's end. */
export function onStep(
  turn: Turn,
  { run: target, stepId }: StepTarget,
  acts: {
    readonly running: (work: RunWork, index: number) => Refusal | undefined;
    readonly ended: (run: RunState) => Result<EntityId, readonly Refusal[]>;
  },
): Result<EntityId, readonly Refusal[]> {
  const found = findRun(turn, target);
  if (!found.ok) return found;
  const run = found.value;
  const level = levelOf(turn, run);
  if (level === undefined) return failed([]);
  const index = graphOf(level.definition).indexes.get(stepId);
  if (index === undefined) return failed([unknownStep(run, stepId, [...graphOf(level.definition).indexes.keys()])]);
  if (isTerminalRun(run.status)) return acts.ended(run);
  const status = run.steps[index]?.status ?? 'NOT_CREATED';
  const isFinal = graphOf(level.definition).steps[index]?.isFinal === true;
  if (!goesOn(run, isFinal)) return failed([notNow(run, stepId, status)]);
  const refusals: (Refusal | undefined)[] = [];
  withRun(turn, runEntity(run), (work) => {
    refusals.push(acts.running(work, index));
  });
  const [refusal] = refusals;
  return refusal === undefined ? success(runEntity(run)) : failed([refusal]);
}

/** Whether steps of this kind still begin: under `finally`, or before. */
function goesOn(run: RunState, isFinal: boolean): boolean {
  return !isTerminalRun(run.status) && !isEnding(run) && (isFinal || run.finishing === undefined);
}

function skip(work: RunWork, index: number, actor: string): Refusal | undefined {
  const state = work.run.steps[index];
  const { id } = graphOf(work.definition).steps[index]?.step ?? { id: '' };
  const status = state?.status ?? 'NOT_CREATED';
  const open = openAttempt(state);
  if (status === 'SKIPPED' || open?.cancelling === 'SKIP') return undefined;
  if (open !== undefined) cancelAttempt(work, index, 'SKIP');
  else if (isSkippable(status)) {
    work.emit({ type: 'StepSkipped', step: index, actor });
  } else return notNow(work.run, id, status);
  return undefined;
}

function retry(work: RunWork, index: number, actor: string): Refusal | undefined {
  const { id } = graphOf(work.definition).steps[index]?.step ?? { id: '' };
  const status = work.run.steps[index]?.status ?? 'NOT_CREATED';
  if (endedBadly(status))
    work.emit({ type: 'StepRetried', step: index, actor, ...opened(work.run, work.definition, index) });
  else if (status === 'RETRY_PENDING' && work.run.status === 'RUNNING') begin(work, index);
  else return notNow(work.run, id, status);
  return undefined;
}

function isSkippable(status: StepStatus): boolean {
  const waits = status === 'PAUSED' || status === 'WAITING_FOR_SIGNALS' || status === 'WAITING_FOR_PERMITS';
  return waits || status === 'RUNNING' || status === 'RETRY_PENDING' || endedBadly(status);
}

function resume(work: RunWork, index: number, actor: string): Refusal | undefined {
  const { id } = graphOf(work.definition).steps[index]?.step ?? { id: '' };
  const state = work.run.steps[index];
  if (state === undefined) return notNow(work.run, id, 'NOT_CREATED');
  if (mayPass(work.run, state)) work.emit({ type: 'StepResumed', step: index, actor });
  else if (state.breakpoint?.passed !== true) return notAtBreakpoint(work.run, id, state.status);
  return undefined;
}

function endedBadly(status: StepStatus): boolean {
  return status === 'FAILED' || status === 'STOPPED' || status === 'TIMED_OUT';
}

function unknownStep(run: RunState, step: string, ids: readonly string[]): Refusal {
  return {
    code: 'NOT_FOUND',
    message: `Run ${run.workflowId}/${String(run.number)} has no step "${step}".`,
    path: ['stepId'],
    hint: `Its steps: ${ids.join(', ')}.`,
  };
}

function notAtBreakpoint(run: RunState, step: string, status: StepStatus): Refusal {
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Step "${step}" of run ${run.workflowId}/${String(run.number)} is ${status}: it stands at no breakpoint.`,
    path: ['stepId'],
    hint: `See where it is: downbeat explain ${run.workflowId}/${String(run.number)}/${step}.`,
    status,
    allowed: [],
  };
}

function notNow(run: RunState, step: string, status: StepStatus): Refusal {
  const name = `${run.workflowId}/${String(run.number)}`;
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Step "${step}" of run ${name} is ${status} and the run is ${run.status}: that is not possible now.`,
    path: ['stepId'],
    hint:
      status === 'NOT_CREATED'
        ? 'It has not begun; wait until it has, or stop the run.'
        : 'When the run is over, restart it from this step.',
    status,
    allowed: [],
  };
}
