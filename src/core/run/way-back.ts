// Whether an iteration that has ended may begin again alone, while its loop goes on. The rounds of a `while` are made of one
// another, so none of them may.

import { graphOf, type GraphStep } from '../definition/graph.ts';
import { type Definition, type StepDefinition } from '../definition/model.ts';
import { iterationPlace, loopsOf, runEntity } from '../ids.ts';
import { isSpent } from './loop.ts';
import { isEnding, type LoopState, openAttempt, type RunState } from './state.ts';

/** Why an ended iteration cannot begin again within its loop. */
export type NoWayBack = 'LOOP_OVER' | 'LOOP_ENDING' | 'WHILE';

/** Why an ended iteration cannot begin again alone; undefined if it can. `around` is the run, or iteration, that has the loop. */
export function noWayBack(around: RunState, definition: Definition, iteration: RunState): NoWayBack | undefined {
  const node = loopOf(definition, iteration);
  const state = node && around.steps[node.index];
  const attempt = openAttempt(state);
  if (node === undefined || state?.status !== 'RUNNING' || attempt === undefined) return 'LOOP_OVER';
  if (!isOfTry(around, iteration, { id: node.step.id, attempt: attempt.number })) return 'LOOP_OVER';
  if (node.step.work.kind === 'while') return 'WHILE';
  const isEnded = attempt.cancelling !== undefined || isEnding(around);
  return isEnded || failsNow(node.step, state.loop) ? 'LOOP_ENDING' : undefined;
}

function loopOf(definition: Definition, { path }: RunState): GraphStep | undefined {
  const { steps, indexes } = graphOf(definition);
  const index = indexes.get(loopsOf(path ?? '').at(-1) ?? '');
  return index === undefined ? undefined : steps[index];
}

function failsNow({ onFailure, work }: StepDefinition, loop: LoopState | undefined): boolean {
  return onFailure === 'fail-now' && loop !== undefined && isSpent(work, loop);
}

/** Whether an iteration belongs to that try of its loop. */
function isOfTry(
  { workflowId, number, attempt, path }: RunState,
  iteration: RunState,
  loop: { readonly id: string; readonly attempt: number },
): boolean {
  const place = { workflowId, number, attempt, ...(path === undefined ? {} : { path }) };
  return runEntity(iterationPlace(place, loop.id, loopIndexOf(iteration), loop.attempt)) === runEntity(iteration);
}

/** Which iteration of its loop a run is. */
export function loopIndexOf({ params }: Pick<RunState, 'params'>): number {
  return Number(params.find(({ name }) => name === 'loop_index')?.value);
}
