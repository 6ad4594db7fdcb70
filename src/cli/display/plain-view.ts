// A watched run as lines that are written once: for pipes, logs and machines without a terminal.

import { clockTime, elapsed } from '../duration.ts';
import { type FailureView, type RunChangeView, type RunView, type StepView } from '../operations/operations.ts';
import { shortId } from '../server/global-id.ts';
import { printableLine } from './printable.ts';
import { type RunProgress } from './run-progress.ts';
import { lookOf } from './status-words.ts';
import { milestone, progressWord, stepNotes } from './step-notes.ts';
import { type Paint } from './style.ts';

/** One line for each step that a change moved on. */
export function changeLines(before: RunProgress, change: RunChangeView, paint: Paint): readonly string[] {
  const timeOf = (at: string): string => paint('dim', clockTime(at).slice(11));
  const lines = change.steps.flatMap((step) => {
    const known = before.steps.find((other) => other.stepId === step.stepId);
    return hasMovedOn(known, step)
      ? [`${timeOf(step.endedAt ?? change.at)} ${stepLine(step, Date.parse(change.at), paint)}`]
      : [];
  });
  return [
    ...runWords(before.run?.status, change.run?.status, paint).map((words) => `${timeOf(change.at)} ${words}`),
    ...lines,
  ];
}

/** What is said of the run itself, when its status changes without an end. */
function runWords(before: string | undefined, status: string | undefined, paint: Paint): readonly string[] {
  if (before === status) return [];
  if (status === 'QUEUED') return [`${paint('yellow', '○ queued')}: it waits for runs before it`];
  if (status === 'PAUSED') return [`${paint('yellow', '‖ paused')}: nothing more of it begins until it is resumed`];
  return status === 'RUNNING' && before === 'PAUSED' ? [`${paint('blue', '● resumed')}: it goes on`] : [];
}

/** Handing to an executor and running look the same to a person, and a step that waits says nothing. */
function hasMovedOn(known: StepView | undefined, step: StepView): boolean {
  const before = known === undefined ? 'waiting' : wordOf(known);
  const further =
    known?.loop !== undefined &&
    known.loop !== null &&
    step.loop !== null &&
    milestone(known.loop) !== milestone(step.loop);
  return wordOf(step) !== before || further || (known?.attempts.length ?? 0) < step.attempts.length - 1;
}

function wordOf(step: StepView): string {
  const status = step.status === 'STARTING' ? 'RUNNING' : step.status;
  return lookOf(status, step.phase).word;
}

/** `✓ clean  succeeded  1.2 s`, and why where it failed. */
export function stepLine(step: StepView, now: number, paint: Paint): string {
  const { sign, colour } = lookOf(step.status, step.phase);
  const time = step.endedAt === null || step.keptFrom !== null ? '' : elapsed(step.startedAt, step.endedAt, now);
  const failure = failureOf(step);
  const why = failure === undefined ? '' : `: ${printableLine(failure.message)}`;
  return `${paint(colour, sign)} ${step.stepId} ${paint(colour, progressWord(step, wordOf(step)))}${stepNotes(step)}${time === '' ? '' : paint('dim', ` ${time}`)}${why}`;
}

function failureOf(step: StepView): FailureView | undefined {
  if (step.status === 'RETRY_PENDING') return step.attempts.at(-1)?.failure ?? undefined;
  return step.failure ?? undefined;
}

/** How a run ended, why, and what to do next. */
export function endLines(run: RunView, paint: Paint): readonly string[] {
  const { sign, word, colour } = lookOf(run.status);
  const time = elapsed(run.startedAt, run.endedAt, Date.parse(run.endedAt ?? run.createdAt));
  const head = `${paint(colour, `${sign} ${shortId(run.id)} ${word}`)}${time === '' ? '' : ` in ${time}`}`;
  if (run.status === 'SUCCEEDED') return [head];
  const { failure } = run;
  const why = failure === null ? [] : [`  ${printableLine(failure.message)} [${failure.code}]`];
  const hint = failure?.hint == null ? [] : [`  ${paint('green', 'help:')} ${printableLine(failure.hint)}`];
  return [head, ...why, ...hint];
}
