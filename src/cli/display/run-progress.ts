// What is known of a run while it is watched, and what each change adds to it.

import { type RunChangeView, type RunView, type StepView } from '../operations/operations.ts';

/** A run and its steps, in the order of the definition. */
export interface RunProgress {
  readonly run: RunView | undefined;
  readonly steps: readonly StepView[];
}

/** Before the first change. */
export const UNKNOWN_RUN: RunProgress = { run: undefined, steps: [] };

/** The progress after a change. A SNAPSHOT replaces everything; a COMMIT brings only what changed. */
export function progressAfter(progress: RunProgress, change: RunChangeView): RunProgress {
  const run = change.run ?? progress.run;
  if (change.kind === 'SNAPSHOT') return { run, steps: change.steps };
  const changed = new Map(change.steps.map((step) => [step.stepId, step]));
  const known = progress.steps.map((step) => changed.get(step.stepId) ?? step);
  const fresh = change.steps.filter((step) => progress.steps.every((other) => other.stepId !== step.stepId));
  return { run, steps: [...known, ...fresh] };
}

/** Whether the change ends the attempt that is watched. */
export function endsRun(change: RunChangeView): boolean {
  return change.run?.isTerminal === true;
}
