// A watched run as lines that are written once: for pipes, logs and machines without a terminal.

import { clockTime, elapsed } from './duration.ts';
import { type FailureView, type RunChangeView, type RunView, type StepView } from './operations.ts';
import { shortId } from './global-id.ts';
import { printableLine } from './printable.ts';
import { type RunProgress } from './run-progress.ts';
import { lookOf } from './status-words.ts';
import { type Paint } from './style.ts';

/** One line for each step that a change moved on. */
export function changeLines(before: RunProgress, change: RunChangeView, paint: Paint): readonly string[] {
  const timeOf = (at: string): string => paint('dim', clockTime(at).slice(11));
  const queued = change.run?.status === 'QUEUED' && before.run?.status !== 'QUEUED';
  const lines = change.steps.flatMap((step) => {
    const known = before.steps.find((other) => other.stepId === step.stepId);
    return hasMovedOn(known, step)
      ? [`${timeOf(step.endedAt ?? change.at)} ${stepLine(step, Date.parse(change.at), paint)}`]
      : [];
  });
  return queued
    ? [`${timeOf(change.at)} ${paint('yellow', '○ queued')}: it waits for runs before it`, ...lines]
    : lines;
}

/** Handing to an executor and running look the same to a person, and a step that waits says nothing. */
function hasMovedOn(known: StepView | undefined, step: StepView): boolean {
  const before = known === undefined ? 'waiting' : wordOf(known);
  return wordOf(step) !== before || (known?.attempts.length ?? 0) < step.attempts.length - 1;
}

function wordOf(step: StepView): string {
  const status = step.status === 'STARTING' ? 'RUNNING' : step.status;
  return lookOf(status, step.phase).word;
}

/** `✓ clean  succeeded  1.2 s`, and why where it failed. */
export function stepLine(step: StepView, now: number, paint: Paint): string {
  const { sign, colour } = lookOf(step.status, step.phase);
  const time = step.endedAt === null ? '' : elapsed(step.startedAt, step.endedAt, now);
  const attempt = step.attempts.length > 1 ? ` (try ${String(step.attempts.length)})` : '';
  const failure = failureOf(step);
  const why = failure === undefined ? '' : `: ${printableLine(failure.message)}`;
  return `${paint(colour, sign)} ${step.stepId} ${paint(colour, wordOf(step))}${attempt}${time === '' ? '' : paint('dim', ` ${time}`)}${why}`;
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
