// Where an iteration that has ended begins again: in its loop, as long as that goes on; after that with whatever it stands in.

import { graphOf, type GraphStep } from '../definition/graph.ts';
import { type Definition, type StepDefinition } from '../definition/model.ts';
import { bookOf, type EntityId, iterationsEntity } from '../ids.ts';
import { type Result, failed, success } from '../result.ts';
import { chunkOf, ITERATIONS_A_RECORD, type IterationsState } from './iterations.ts';
import { hasFailedAnew, isSpent } from './loop.ts';
import { loopStepOf } from './restart-from.ts';
import { isEnding, isTerminalRun, type LoopState, openAttempt, type RunState, type StepState } from './state.ts';

/**
 * - `LOOP`: its loop goes on and takes it back.
 * - `STEP`: its loop is over and what is around goes on; the loop's step begins another attempt, for this iteration.
 * - `AROUND`: what is around is over too, and begins again itself, at the loop.
 */
export type WayBack = 'LOOP' | 'STEP' | 'AROUND';

/** Why an ended iteration cannot begin again now. */
export type NoWayBack = 'LOOP_ENDING' | 'WHILE' | 'LOOP_DONE' | 'RUN_ENDING' | 'RAN_AGAIN' | 'FINALLY';

/**
 * The way back of an ended iteration. `around` is the run, or iteration, that has the loop; `isKept`: a later try of the loop
 * has kept it as it ended.
 */
export function wayBack(
  around: RunState,
  definition: Definition,
  { iteration, isKept }: { readonly iteration: RunState; readonly isKept: boolean },
): Result<WayBack, NoWayBack> {
  const node = loopOf(definition, iteration);
  const state = node && around.steps[node.index];
  if (node === undefined || state?.loop === undefined) return failed('RAN_AGAIN');
  const isCurrent = state.loop.book === bookOf(iteration);
  if (!isCurrent && !isKept) return failed('RAN_AGAIN');
  if (isTerminalRun(around.status)) return node.isFinal ? failed('FINALLY') : success('AROUND');
  if (state.status !== 'RUNNING') return wayOfStep(around, state);
  return isCurrent ? wayInto(around, node.step, { state, loop: state.loop }) : failed('RAN_AGAIN');
}

/** The way back where the loop is over and what is around goes on. */
function wayOfStep(around: RunState, state: StepState): Result<WayBack, NoWayBack> {
  if (!mayRetry(state)) return failed('LOOP_DONE');
  return isEnding(around) || around.finishing !== undefined ? failed('RUN_ENDING') : success('STEP');
}

/** The way back into a loop that goes on. */
function wayInto(
  around: RunState,
  step: StepDefinition,
  { state, loop }: { readonly state: StepState; readonly loop: LoopState },
): Result<WayBack, NoWayBack> {
  if (step.work.kind === 'while') return failed('WHILE');
  const isEnded = openAttempt(state)?.cancelling !== undefined || isEnding(around);
  return isEnded || failsNow(step, loop) ? failed('LOOP_ENDING') : success('LOOP');
}

/** Whether an iteration that has ended may begin again now; `aroundReturns`: where what is around is an iteration, whether that may. */
export function mayReturn(
  around: RunState,
  definition: Definition,
  of: { readonly iteration: RunState; readonly isKept: boolean; readonly aroundReturns: boolean },
): boolean {
  const way = wayBack(around, definition, of);
  if (!way.ok || way.value !== 'AROUND') return way.ok;
  return around.path === undefined ? !around.superseded : of.aroundReturns;
}

/** The record, and the place in it, that tells whether a later try of its loop has kept an iteration; undefined if none has begun. */
export function laterRecord(
  around: RunState,
  definition: Definition,
  iteration: RunState,
): { readonly record: EntityId; readonly isKept: (record: IterationsState | undefined) => boolean } | undefined {
  const node = loopOf(definition, iteration);
  const loop = node && around.steps[node.index]?.loop;
  const book = bookOf(iteration);
  if (loop === undefined || loop.book === book) return undefined;
  const index = loopIndexOf(iteration);
  return {
    record: iterationsEntity(loop.book, chunkOf(index)),
    isKept: (record) => {
      const entry = record?.entries[index % ITERATIONS_A_RECORD];
      // A try that was ended before it came so far leaves it as it was.
      const isAhead = index >= loop.next && loop.resumes?.includes(book) === true;
      return entry?.keptFrom === book || (isAhead && (entry === undefined || entry === null));
    },
  };
}

/** The step of the loop that an iteration belongs to. */
export function loopOf(definition: Definition, { path = '' }: Pick<RunState, 'path'>): GraphStep | undefined {
  const { steps, indexes } = graphOf(definition);
  const index = indexes.get(loopStepOf(path));
  return index === undefined ? undefined : steps[index];
}

/** Whether a step has ended, or waits for its next try, so that it may begin again in its run. */
export function mayRetry({ status }: StepState): boolean {
  return status === 'FAILED' || status === 'STOPPED' || status === 'TIMED_OUT' || status === 'RETRY_PENDING';
}

function failsNow({ onFailure, work }: StepDefinition, loop: LoopState): boolean {
  return onFailure === 'fail-now' && hasFailedAnew(loop) && isSpent(work, loop);
}

/** Which iteration of its loop a run is. */
export function loopIndexOf({ params }: Pick<RunState, 'params'>): number {
  return Number(params.find(({ name }) => name === 'loop_index')?.value);
}
