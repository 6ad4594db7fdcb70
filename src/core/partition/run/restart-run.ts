// Starting again what has ended (maestro-behaviour §5.5): a run as a new attempt; an iteration in its loop while that goes on, and
// after that with whatever it stands in, up to the first that goes on, or to the run. What is around keeps everything else.

import { graphOf } from '../../definition/graph.ts';
import { type Definition } from '../../definition/model.ts';
import { type EntityId, isSameRun, queueEntity, runEntity, runPlaceOf } from '../../ids.ts';
import { newestAttempt } from '../../queue/queue.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { type Level } from '../../run/level.ts';
import { loopStepOf, type Within } from '../../run/restart-from.ts';
import { childRunOf, isEnding, isTerminalRun, type RunState } from '../../run/state.ts';
import { laterRecord, mayRetry, type WayBack, wayBack } from '../../run/way-back.ts';
import { type CommandBody } from '../command.ts';
import { type Turn } from '../turn.ts';
import { findRun, nameOfRun, notAllowed } from './control-run.ts';
import { newAttempt, type Restarting } from './new-attempt.ts';
import { deletion, opened, stepNamed, unknownStep } from './restart-extent.ts';
import { noReturn, returnToLoop, tooManyWait, valuesGiven } from './restart-iteration.ts';
import { levelOf, withRun } from './runs.ts';

/** Takes a `RestartRun` command. */
export function restartRun(
  turn: Turn,
  command: Extract<CommandBody, { type: 'RestartRun' }>,
  actor: string,
): Result<EntityId, readonly Refusal[]> {
  const found = findRun(turn, command.run);
  return found.ok ? restartFrom(turn, found.value, { ...command, actor }) : found;
}

/** Starts something again that has ended; answers the run, or the iteration, in which that begins. */
export function restartFrom(turn: Turn, asked: RunState, wish: Restarting): Result<EntityId, readonly Refusal[]> {
  const refusal = refusalOf(turn, asked, wish);
  if (refusal !== undefined) return failed([refusal]);
  let run = asked;
  let now = wish;
  while (isTerminalRun(run.status) && run.path !== undefined) {
    const way = wayOf(turn, run);
    if (!way.ok) return way;
    if (way.value.kind === 'LOOP') {
      const refused = tooManyWait(way.value.outer, run);
      return refused === undefined ? success(returnToLoop(turn, way.value, now)) : failed([refused]);
    }
    now = { ...wish, from: { kind: 'STEP', step: loopStepOf(run.path), within: withinOf(run, now) }, skip: undefined };
    run = way.value.outer.run;
  }
  return isTerminalRun(run.status) ? newAttempt(turn, run, now) : success(beginWithin(turn, run, now));
}

function refusalOf(turn: Turn, run: RunState, wish: Restarting): Refusal | undefined {
  const { from } = wish;
  const definition = levelOf(turn, run)?.definition;
  if (definition === undefined) return undefined;
  if (from?.kind === 'STEP' && from.within !== undefined) {
    return deletion(turn, run) ?? insideRefusal(turn, run, { definition, step: from.step, within: from.within });
  }
  if (!isTerminalRun(run.status)) return notAllowed(run, 'restart');
  return run.path === undefined ? undefined : iterationRefusal(turn, run, { definition, wish });
}

/** Of what is asked for from further in: an iteration of the run, or the run that one of its steps had started. */
function insideRefusal(
  turn: Turn,
  run: RunState,
  { definition, step, within }: { readonly definition: Definition; readonly step: string; readonly within: Within },
): Refusal | undefined {
  if (runPlaceOf(within.run).path === undefined) return childRefusal(run, definition, { step, within });
  if (!isTerminalRun(run.status)) return notAllowed(run, 'restart');
  const level = levelOf(turn, run);
  const iteration = turn.read('run', within.run);
  if (level === undefined || iteration === undefined) return noReturn(runPlaceOf(within.run), 'SET_ASIDE');
  const way = wayBack(run, definition, { iteration, isKept: isKept(turn, level, iteration) });
  return way.ok ? undefined : noReturn(iteration, way.failure);
}

function iterationRefusal(
  turn: Turn,
  run: RunState,
  { definition, wish }: { readonly definition: Definition; readonly wish: Restarting },
): Refusal | undefined {
  const refusal = deletion(turn, run) ?? valuesGiven(wish);
  if (refusal !== undefined || wish.from?.kind !== 'STEP') return refusal;
  const { step } = wish.from;
  return stepNamed(definition, step) === undefined ? unknownStep(run, step, definition) : undefined;
}

/** The way back of an iteration, with the levels that it leads through. */
interface FoundWay {
  readonly kind: WayBack;
  readonly level: Level;
  readonly outer: Level;
}

function wayOf(turn: Turn, run: RunState): Result<FoundWay, readonly Refusal[]> {
  const level = levelOf(turn, run);
  const outer = level?.outer === undefined ? undefined : newest(turn, level.outer);
  if (level === undefined || outer === undefined) return failed([noReturn(run, 'SET_ASIDE')]);
  const way = wayBack(outer.run, outer.definition, { iteration: run, isKept: isKept(turn, outer, run) });
  if (!way.ok) return failed([noReturn(run, way.failure)]);
  if (turn.quarantine(runEntity(outer.run)) !== undefined) return failed([noReturn(run, 'SET_ASIDE')]);
  return success({ kind: way.value, level, outer });
}

/** The newest attempt in place of one that was restarted: what that one keeps begins again there. */
function newest(turn: Turn, level: Level): Level | undefined {
  const { workflowId, number, path, superseded } = level.run;
  if (path !== undefined || !superseded) return level;
  const queue = turn.read('queue', queueEntity(workflowId));
  const attempt = queue === undefined ? undefined : newestAttempt(queue, number);
  const run = attempt === undefined ? undefined : turn.read('run', runEntity({ workflowId, number, attempt }));
  return run === undefined ? undefined : levelOf(turn, run);
}

/** Whether the last try of its loop has kept an iteration of an earlier one. */
function isKept(turn: Turn, { run: around, definition }: Level, iteration: RunState): boolean {
  const later = laterRecord(around, definition, iteration);
  return later?.isKept(turn.read('iterations', later.record)) === true;
}

function withinOf(run: RunState, { actor, from, skip }: Restarting): Within {
  return {
    run: runEntity(run),
    actor,
    ...(from === undefined ? {} : { from }),
    ...(skip === true ? { skip } : {}),
  };
}

/** In a run that goes on, the step begins another attempt: for what is within it alone. */
function beginWithin(turn: Turn, run: RunState, { actor, from }: Restarting): EntityId {
  const id = runEntity(run);
  if (from?.kind !== 'STEP') return id;
  const { step, within } = from;
  withRun(turn, id, (work) => {
    const index = graphOf(work.definition).indexes.get(step);
    if (index === undefined || within === undefined) return;
    work.emit({ type: 'StepRetried', step: index, actor, within, ...opened(work.run, work.definition, index) });
  });
  return id;
}

/** Why the run that a step had started cannot begin again for it. */
function childRefusal(
  run: RunState,
  definition: Definition,
  { step, within }: { readonly step: string; readonly within: Within },
): Refusal | undefined {
  const state = run.steps[stepNamed(definition, step) ?? -1];
  const child = childRunOf(state);
  if (state === undefined || child === undefined || !isSameRun(child, within.run)) return notItsStep(run, step, within);
  if (isTerminalRun(run.status)) return undefined;
  const goesOn = !isEnding(run) && run.finishing === undefined;
  return goesOn && mayRetry(state) ? undefined : stepGoesOn(run, step, { status: state.status, within });
}

function notItsStep(run: RunState, step: string, { run: child }: Within): Refusal {
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Step "${step}" of run ${nameOfRun(run)} no longer waits for run ${nameOfRun(runPlaceOf(child))}.`,
    path: ['runId'],
    hint: alone(child),
    status: run.status,
    allowed: [],
  };
}

function stepGoesOn(
  run: RunState,
  step: string,
  { status, within }: { readonly status: string; readonly within: Within },
): Refusal {
  const child = nameOfRun(runPlaceOf(within.run));
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Run ${child} belongs to step "${step}" of run ${nameOfRun(run)}, which is ${run.status}, and the step is ${status}: what comes behind it goes on with what ${child} gave.`,
    path: ['runId'],
    hint: `Restart it when ${nameOfRun(run)} is over, or ${alone(within.run).replace('To', 'to')}`,
    status: run.status,
    allowed: [],
  };
}

function alone(child: EntityId): string {
  return `To run it again by itself, with nobody waiting for it: downbeat restart ${nameOfRun(runPlaceOf(child))} --alone.`;
}
