// One iteration of a loop begins again after it has ended, while its loop goes on: from its beginning, from what is incomplete
// in it, or from one step. It waits for a place in the loop, which takes back what it counted and goes on until it is over.

import { graphOf } from '../../definition/graph.ts';
import {
  enclosingPlace,
  type EntityId,
  iterationPlace,
  iterationsEntity,
  loopsOf,
  runEntity,
  type RunPlace,
} from '../../ids.ts';
import { type Entry } from '../../json.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { runActions } from '../../run/actions.ts';
import { type StepParamsWish } from '../../run/given-step-params.ts';
import { chunkOf, chunksOf, type IterationEntry, ITERATIONS_A_RECORD } from '../../run/iterations.ts';
import { type Level } from '../../run/level.ts';
import {
  isComplete,
  isTerminalRun,
  type LoopState,
  type RestartFrom,
  type RunEnd,
  type RunState,
} from '../../run/state.ts';
import { loopIndexOf, type NoWayBack, noWayBack } from '../../run/way-back.ts';
import { type Turn } from '../turn.ts';
import { notAllowed } from './control-run.ts';
import { deletion, redoneSteps, stepNamed, unknownStep } from './restart-extent.ts';
import { levelOf } from './runs.ts';

/** How many iterations of a loop may wait to begin again. */
const MOST_WAITING = 1_000;

/** How an iteration is to begin again. */
export interface ReturnWish {
  readonly actor: string;
  readonly params: readonly Entry[];
  readonly stepParams?: readonly StepParamsWish[] | undefined;
  /** Absent: from the beginning. */
  readonly from?: RestartFrom | undefined;
  /** The step at which it begins is left out. */
  readonly skip?: true;
}

/** Lets an iteration begin again that has ended. */
export function restartIteration(turn: Turn, run: RunState, wish: ReturnWish): Result<EntityId, readonly Refusal[]> {
  if (!isTerminalRun(run.status)) return failed([notAllowed(run, 'restart')]);
  const level = levelOf(turn, run);
  if (level?.outer === undefined) return failed([]);
  const refusal = deletion(turn, run) ?? valuesGiven(wish) ?? refusalOf(turn, level, level.outer, wish);
  if (refusal !== undefined) return failed([refusal]);
  takeBack(turn, run, level.outer);
  reopen(turn, level, wish);
  turn.follow(runEntity(level.outer.run));
  return success(runEntity(run));
}

function refusalOf(turn: Turn, { run, definition }: Level, outer: Level, { from }: ReturnWish): Refusal | undefined {
  const reason = noWayBack(outer.run, outer.definition, run);
  if (reason !== undefined) return noReturn(turn, run, reason);
  if (turn.quarantine(runEntity(outer.run)) !== undefined) return noReturn(turn, run, 'SET_ASIDE');
  if ((loopAround(outer, run)?.loop.again ?? []).length >= MOST_WAITING) return tooManyWait();
  if (from?.kind !== 'STEP' || stepNamed(definition, from.step) !== undefined) return undefined;
  return unknownStep(run, from.step, definition);
}

/** A loop that has begun, in the run or iteration in which it stands. */
interface FoundLoop {
  readonly around: RunState;
  readonly step: number;
  readonly id: string;
  readonly loop: LoopState;
}

function loopAround({ run: around, definition }: Level, { path = '' }: RunState): FoundLoop | undefined {
  const id = loopsOf(path).at(-1) ?? '';
  const step = graphOf(definition).indexes.get(id);
  const loop = step === undefined ? undefined : around.steps[step]?.loop;
  return step === undefined || loop === undefined ? undefined : { around, step, id, loop };
}

/** The loop no longer counts what the iteration had come to. */
function takeBack(turn: Turn, run: RunState, outer: Level): void {
  const found = loopAround(outer, run);
  if (found === undefined || !isTerminalRun(run.status)) return;
  const { loop, step, around } = found;
  const index = loopIndexOf(run);
  const record = iterationsEntity(loop.book, chunkOf(index));
  const leaves = turn.read('iterations', record)?.entries[index % ITERATIONS_A_RECORD]?.leaves;
  const other = loop.firstBad?.index === index ? otherBad(turn, found, index) : undefined;
  turn.emit(record, { type: 'IterationErased', book: loop.book, index });
  turn.emit(runEntity(around), {
    type: 'IterationReopened',
    step,
    index,
    was: run.status,
    ...(leaves === undefined ? {} : { leaves }),
    ...(other === undefined ? {} : { firstBad: other }),
  });
}

/** The first iteration beside one that did not succeed. */
function otherBad(turn: Turn, found: FoundLoop, index: number): LoopState['firstBad'] {
  const { loop } = found;
  const { FAILED, STOPPED, TIMED_OUT } = loop.ended;
  if (FAILED + STOPPED + TIMED_OUT <= 1) return undefined;
  for (let chunk = 0; chunk < chunksOf(loop.next); chunk++) {
    const entries = turn.read('iterations', iterationsEntity(loop.book, chunk))?.entries ?? [];
    const from = chunk * ITERATIONS_A_RECORD;
    const place = entries.findIndex((entry, at) => isBad(entry) && from + at !== index);
    if (place !== -1) return blameOf(turn, found, from + place, entries[place]?.status ?? 'FAILED');
  }
  return undefined;
}

function isBad(entry: IterationEntry | null): boolean {
  return entry !== null && entry.status !== 'SUCCEEDED';
}

function blameOf(
  turn: Turn,
  { around, step, id }: FoundLoop,
  index: number,
  status: RunEnd,
): NonNullable<LoopState['firstBad']> {
  const { workflowId, number, attempt, path, steps } = around;
  const place = { workflowId, number, attempt, ...(path === undefined ? {} : { path }) };
  const bad = turn.read('run', runEntity(iterationPlace(place, id, index, steps[step]?.attempts.length ?? 1)));
  return { index, message: bad?.failure?.message ?? `was ${status.toLowerCase()}` };
}

function reopen(turn: Turn, { run, definition }: Level, { actor, from, skip }: ReturnWish): void {
  const again = from?.kind === 'STEP' ? stepNamed(definition, from.step) : undefined;
  const redone = redoneSteps(run, graphOf(definition), from, again);
  const left = run.steps.flatMap(({ status }, step) => (redone.has(step) || isComplete(status) ? [] : [step]));
  turn.emit(runEntity(run), {
    type: 'RunReopened',
    actor,
    ...(from === undefined ? {} : { from }),
    anew: [...redone, ...left],
    ...(from?.kind === 'INCOMPLETE' ? { resumes: true } : {}),
    ...(again === undefined ? {} : { only: [...redone] }),
  });
  if (skip === true && again !== undefined) turn.emit(runEntity(run), { type: 'StepSkipped', step: again, actor });
}

function valuesGiven({ params, stepParams = [] }: ReturnWish): Refusal | undefined {
  if (params.length + stepParams.length === 0) return undefined;
  return {
    code: 'BAD_INPUT',
    message: 'An iteration that begins again has the values that its loop gave it: parameters cannot be given.',
    path: ['params'],
    hint: 'Leave them out; to run with other values, restart the run when it is over.',
  };
}

const REASONS: Readonly<Record<NoWayBack | 'SET_ASIDE', string>> = {
  LOOP_OVER: 'is an iteration of a loop that is over, so it cannot begin again alone',
  LOOP_ENDING: 'is an iteration of a loop that is being ended, so none of them begins any more',
  WHILE: 'is one round of a `while`: what came after was made of what it gave, so it cannot begin again alone',
  SET_ASIDE: 'is an iteration of a loop that an error in Downbeat set aside, so it cannot begin again now',
};

function noReturn(turn: Turn, run: RunState, reason: keyof typeof REASONS): Refusal {
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `${nameOf(run)} ${REASONS[reason]}.`,
    path: ['runId'],
    hint: wayUp(turn, run),
    status: run.status,
    allowed: runActions(run),
  };
}

/** What can be restarted instead: the nearest iteration around it whose loop goes on, or the run. */
function wayUp(turn: Turn, run: RunState): string {
  for (let place = enclosingPlace(run); place !== undefined; place = enclosingPlace(place)) {
    const around = turn.peek(runEntity(place));
    const outer = around === undefined ? undefined : levelOf(turn, around)?.outer;
    const returns = around !== undefined && outer !== undefined && isTerminalRun(around.status);
    if (returns && noWayBack(outer.run, outer.definition, around) === undefined) {
      return `Let ${nameOf(around)} begin again, which keeps what succeeded in it: downbeat restart ${nameOf(around)} --from incomplete.`;
    }
  }
  const name = nameOf({ workflowId: run.workflowId, number: run.number });
  return `When the run is over, restart it from what is incomplete, which keeps the iterations that succeeded: downbeat restart ${name} --from incomplete.`;
}

function nameOf({ workflowId, number, path }: Pick<RunPlace, 'workflowId' | 'number' | 'path'>): string {
  return `${workflowId}/${String(number)}${path === undefined ? '' : `/${path}`}`;
}

function tooManyWait(): Refusal {
  return {
    code: 'LIMIT_EXCEEDED',
    message: `${String(MOST_WAITING)} iterations of the loop wait to begin again already, and that is the most.`,
    path: ['runId'],
    hint: 'Wait until some of them have begun, or let the loop end and restart the run from what is incomplete.',
  };
}
