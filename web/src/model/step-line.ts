// How a step stands, on one line: its phase in words, what it waits for while it waits, and where it comes from if a restart
// kept it.

import { type StepState } from '../api/shapes.ts';
import { type StatusWords, stepWords, waitingText } from '../words/status-words.ts';

/** What the line depends on. */
export type StepPart = Pick<
  StepState,
  'stepId' | 'phase' | 'status' | 'needs' | 'isFinal' | 'keptFrom' | 'keptFromRun'
> & {
  readonly attempts: readonly unknown[];
};

/** How the run around a step stands. */
export type Stand = 'going' | 'paused' | 'over';

/** How a run stands, as far as its steps are concerned. */
export function standOf({ status, isTerminal }: { readonly status: string; readonly isTerminal: boolean }): Stand {
  if (isTerminal) return 'over';
  return status === 'PAUSED' ? 'paused' : 'going';
}

/** Steps that are not over: others wait for them. */
export function unfinishedOf(steps: readonly Pick<StepState, 'stepId' | 'phase'>[]): ReadonlySet<string> {
  return new Set(steps.filter(({ phase }) => phase === 'WAITING' || phase === 'RUNNING').map(({ stepId }) => stepId));
}

/** The words for a step among the unfinished ones of its run. */
export function stepLine(step: StepPart, unfinished: ReadonlySet<string>, stand: Stand): StatusWords {
  const words = stepWords(step.status, step.phase);
  if (step.status === 'NOT_CREATED') return { ...words, text: beforeIt(step, unfinished, stand) };
  const tries = step.attempts.length;
  if (words.phase === 'RUNNING' && tries > 1) return { ...words, text: `${words.text}, try ${String(tries)}` };
  if (step.keptFrom !== null)
    return { ...words, text: `${words.text}, from ${keptIn(step.keptFrom, step.keptFromRun)}` };
  return words;
}

/** What a step that has not begun is waiting for. */
function beforeIt({ needs, isFinal }: StepPart, unfinished: ReadonlySet<string>, stand: Stand): string {
  if (stand === 'over') return 'Not begun';
  const waiting = waitingText(needs, unfinished);
  if (waiting !== undefined) return waiting;
  if (isFinal) return 'Comes last';
  return stand === 'paused' ? 'Held: the run is paused' : 'About to start';
}

/** The attempt of the run in which a kept step ended, or the other run. */
function keptIn(attempt: number, run: string | null): string {
  return run === null ? `attempt ${String(attempt)}` : `run ${keptRun(run)}`;
}

/** The name of the run from which a fork kept a step: `penguins/12`, with the attempt only where it was not the first. */
export function keptRun(id: string): string {
  return id.replace(/^run:/u, '').replace(/\.1$/u, '');
}
