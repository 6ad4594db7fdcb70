// One iteration of a loop begins again after it has ended, while its loop goes on: from its beginning, from what is incomplete
// in it, or from one step. It waits for a place in the loop, which takes back what it counted and goes on until it is over.

import { graphOf } from '../../definition/graph.ts';
import { type EntityId, iterationPlace, iterationsEntity, runEntity } from '../../ids.ts';
import { type Refusal } from '../../refusal.ts';
import { chunkOf, chunksOf, type IterationEntry, ITERATIONS_A_RECORD } from '../../run/iterations.ts';
import { type Level } from '../../run/level.ts';
import { isComplete, isTerminalRun, type LoopState, type RunEnd, type RunState } from '../../run/state.ts';
import { loopIndexOf, loopOf, type NoWayBack } from '../../run/way-back.ts';
import { type Turn } from '../turn.ts';
import { nameOfRun } from './control-run.ts';
import { type Restarting } from './new-attempt.ts';
import { redoneSteps, skipAt, stepNamed } from './restart-extent.ts';

/** How many iterations of a loop may wait to begin again. */
const MOST_WAITING = 1_000;

/** Lets an iteration begin again that has ended, in its loop that goes on; answers it. */
export function returnToLoop(
  turn: Turn,
  { level, outer }: { readonly level: Level; readonly outer: Level },
  wish: Restarting,
): EntityId {
  takeBack(turn, level.run, outer);
  reopen(turn, level, wish);
  turn.follow(runEntity(outer.run));
  return runEntity(level.run);
}

/** A loop that has begun, in the run or iteration in which it stands. */
interface FoundLoop {
  readonly around: RunState;
  readonly step: number;
  readonly id: string;
  readonly loop: LoopState;
}

function loopAround({ run: around, definition }: Level, iteration: RunState): FoundLoop | undefined {
  const node = loopOf(definition, iteration);
  const loop = node && around.steps[node.index]?.loop;
  return node === undefined || loop === undefined ? undefined : { around, step: node.index, id: node.step.id, loop };
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

function reopen(turn: Turn, { run, definition }: Level, { actor, from, skip }: Restarting): void {
  const at = from?.kind === 'STEP' ? from : undefined;
  const again = at && stepNamed(definition, at.step);
  const redone = redoneSteps(run, graphOf(definition), from, again);
  const left = run.steps.flatMap(({ status }, step) => (redone.has(step) || isComplete(status) ? [] : [step]));
  turn.emit(runEntity(run), {
    type: 'RunReopened',
    actor,
    ...(from === undefined ? {} : { from }),
    anew: [...redone, ...left],
    ...(from?.kind === 'INCOMPLETE' ? { resumes: true } : {}),
    ...(at?.within === undefined || again === undefined ? {} : { within: { step: again, within: at.within } }),
    ...(again === undefined ? {} : { only: [...redone] }),
  });
  if (skip === true) skipAt(turn, runEntity(run), { step: again, actor });
}

/** An iteration has the values of its loop. */
export function valuesGiven({ params, stepParams = [] }: Restarting): Refusal | undefined {
  if (params.length + stepParams.length === 0) return undefined;
  return {
    code: 'BAD_INPUT',
    message: 'An iteration that begins again has the values that its loop gave it: parameters cannot be given.',
    path: ['params'],
    hint: 'Leave them out; to run with other values, restart the run when it is over.',
  };
}

const REASONS: Readonly<Record<NoWayBack | 'SET_ASIDE', string>> = {
  LOOP_DONE:
    'is an iteration of a loop that is done, and what comes behind the loop goes on, so it cannot begin again now',
  LOOP_ENDING: 'is an iteration of a loop that is being ended, so none of them begins any more',
  RUN_ENDING: 'is an iteration in what is being ended, so nothing of it begins any more',
  RAN_AGAIN: 'has run again since, in a later try of its loop',
  FINALLY: 'is an iteration of a loop under `finally`, which runs when the rest of its run is over and not alone',
  WHILE:
    'is one round of a `while` that goes on: what came after was made of what it gave, so it cannot begin again now',
  SET_ASIDE: 'is an iteration of a loop that an error in Downbeat set aside, so it cannot begin again now',
};

/** The refusal of an iteration that cannot begin again now. */
export function noReturn(
  run: Pick<RunState, 'workflowId' | 'number' | 'path'> & Partial<Pick<RunState, 'status'>>,
  reason: keyof typeof REASONS,
): Refusal {
  const { workflowId, number } = run;
  const whole = nameOfRun({ workflowId, number });
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `${nameOfRun(run)} ${REASONS[reason]}.`,
    path: ['runId'],
    hint:
      reason === 'RAN_AGAIN'
        ? `See where it ran last: downbeat iterations ${whole}.`
        : `When the run is over, restart it, or the run from what is incomplete, which keeps the iterations that succeeded: downbeat restart ${whole} --from incomplete.`,
    status: run.status ?? 'FAILED',
    allowed: [],
  };
}

/** The refusal where too many wait already, if they do. */
export function tooManyWait(outer: Level, run: RunState): Refusal | undefined {
  if ((loopAround(outer, run)?.loop.again ?? []).length < MOST_WAITING) return undefined;
  return {
    code: 'LIMIT_EXCEEDED',
    message: `${String(MOST_WAITING)} iterations of the loop wait to begin again already, and that is the most.`,
    path: ['runId'],
    hint: 'Wait until some of them have begun, or let the loop end and restart the run from what is incomplete.',
  };
}
