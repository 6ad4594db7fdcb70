// Iterations that have ended and begin again while their loop goes on.
//
// 1. Each waits for a place: no more go on than may, and a strict order counts one that waits as one that goes on.
// 2. It begins also where others failed and no new ones do: someone asked for this one. The loop ends after it.

import { type LoopState } from './state.ts';
import { type RunWork } from './work.ts';

/** How many iterations may go on at once, and whether the window of them begins at the first that is not over. */
export interface Places {
  readonly concurrency: number;
  readonly strictOrdering?: boolean;
}

/** The iterations of a loop that go on, or wait to begin again. */
export function openIterations(loop: LoopState | undefined): readonly number[] {
  return loop === undefined ? [] : [...loop.running, ...(loop.again ?? [])];
}

/** Begins those that wait, in their order, as far as there are places. */
export function beginWaiting(work: RunWork, step: number, places: Places): void {
  for (const index of work.run.steps[step]?.loop?.again ?? []) {
    const state = work.run.steps[step]?.loop;
    if (state === undefined || work.isFull() || !hasPlace(places, state, index)) return;
    if (work.iterations.startAgain(step, index)) work.emit({ type: 'IterationBegunAgain', step, index });
  }
}

function hasPlace({ concurrency, strictOrdering }: Places, loop: LoopState, index: number): boolean {
  const { running } = loop;
  if (running.length >= concurrency) return false;
  if (strictOrdering !== true) return true;
  const least = openIterations(loop).reduce((one, other) => Math.min(one, other), Infinity);
  // Those that are ahead of its window began when it was over: they end first.
  const greatest = running.reduce((one, other) => Math.max(one, other), -Infinity);
  return index < least + concurrency && greatest < index + concurrency;
}
