// Stopping at breakpoints: the last thing before a step begins, for the first time or again, ahead of all else that it may have to
// wait for then. A step is PAUSED exactly as long as a breakpoint is set there and nobody has let it go on.

import { stepOf } from './ending.ts';
import { isEnding, isTerminalRun, type RunState, type StepState } from './state.ts';
import { type RunWork } from './work.ts';

/** Stops a step that is about to begin, if a breakpoint is set there that it has not passed; answers whether it did. */
export function stopsAtBreakpoint(work: RunWork, index: number): boolean {
  const state = work.run.steps[index];
  if (state === undefined || state.breakpoint?.passed === true) return false;
  if (state.status !== 'NOT_CREATED' && state.status !== 'RETRY_PENDING') return false;
  const breakpoint = work.breakpointAt(stepOf(work, index)?.id ?? '');
  if (breakpoint === undefined) return false;
  work.emit({ type: 'StepPaused', step: index, by: breakpoint.by });
  return true;
}

/** Lets go on what stands at breakpoints that have been cleared. */
export function leaveClearedBreakpoints(work: RunWork): void {
  if (isEnding(work.run)) return;
  for (const [index, { status }] of work.run.steps.entries()) {
    if (status !== 'PAUSED') continue;
    if (work.isFull()) return;
    if (work.breakpointAt(stepOf(work, index)?.id ?? '') === undefined) work.emit({ type: 'StepResumed', step: index });
  }
}

/** Whether someone may let the step go on past its breakpoint. */
export function mayPass(run: RunState, step: StepState): boolean {
  return step.status === 'PAUSED' && !isTerminalRun(run.status) && !isEnding(run);
}
