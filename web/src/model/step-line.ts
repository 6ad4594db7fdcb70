// How a step stands, on one line: its phase in words, and what it waits for while it waits.

import { type StepState } from '../api/shapes.ts';
import { type StatusWords, stepWords, waitingText } from '../words/status-words.ts';

/** What the line depends on. */
export type StepPart = Pick<StepState, 'stepId' | 'phase' | 'status' | 'needs'> & {
  readonly attempts: readonly unknown[];
};

/** Steps that are not over: others wait for them. */
export function unfinishedOf(steps: readonly Pick<StepState, 'stepId' | 'phase'>[]): ReadonlySet<string> {
  return new Set(steps.filter(({ phase }) => phase === 'WAITING' || phase === 'RUNNING').map(({ stepId }) => stepId));
}

/** The words for a step among the unfinished ones of its run. */
export function stepLine(step: StepPart, unfinished: ReadonlySet<string>, isRunOver: boolean): StatusWords {
  const words = stepWords(step.status, step.phase);
  if (step.status === 'NOT_CREATED') {
    return { ...words, text: isRunOver ? 'Not begun' : (waitingText(step.needs, unfinished) ?? 'About to start') };
  }
  const tries = step.attempts.length;
  if (words.phase === 'RUNNING' && tries > 1) return { ...words, text: `${words.text}, try ${String(tries)}` };
  return words;
}
