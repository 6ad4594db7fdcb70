// Where a run is going to stop.

import { type StepState } from '../api/shapes.ts';

/** Whether the step has not begun and will stop at a breakpoint then; one that stands there already says so itself. */
export function stopsThere(state: StepState | undefined): boolean {
  if (state === undefined || state.breakpoint === null) return false;
  return state.status !== 'PAUSED' && state.phase === 'WAITING';
}
