// What the end of an attempt means for its step: tried again, failed, timed out, stopped or left out.

import { type Backoff, type RetryPolicy } from '../definition/model.ts';
import { type Failure, type FailureKind } from '../failure.ts';
import { type Milliseconds } from '../time.ts';
import { failStep, stepOf } from './ending.ts';
import { limitedStep } from './given-limits.ts';
import { type AttemptState, isEnding } from './state.ts';
import { type RunWork } from './work.ts';

/** After an attempt failed or took too long: another try if the policy grants one, else the end of the step. */
export function afterFailure(work: RunWork, step: number, failure: Failure, wait: Milliseconds = 0): void {
  const state = work.run.steps[step];
  const policy = limitedStep(work, step)?.retry;
  if (state === undefined || policy === undefined) return;
  if (isEnding(work.run)) {
    work.emit({ type: 'StepStopped', step });
    return;
  }
  const attempts = state.attempts.slice(state.formerAttempts ?? 0);
  const before = attempts.filter((attempt) => attempt.failure?.kind === failure.kind).length;
  if (failure.retryable && before < allowance(policy, failure.kind)) {
    const pause = pauseBefore(policy, failure.kind, { tries: attempts.length, before });
    work.emit({
      type: 'RetryScheduled',
      step,
      failure,
      at: work.now + Math.max(pause, Math.min(wait, LONGEST_WAIT)),
    });
    return;
  }
  failStep(work, step, failure);
}

/** After an attempt that was told to end has ended. */
export function afterCancel(work: RunWork, step: number, attempt: AttemptState): void {
  switch (attempt.cancelling) {
    case 'TIMEOUT':
      afterFailure(work, step, stepTimedOut(work, step));
      return;
    case 'STOP':
      work.emit({ type: 'StepStopped', step });
      return;
    case 'SKIP':
      work.emit({ type: 'StepSkipped', step });
      return;
    case undefined:
      afterFailure(work, step, hostStopped(work, step));
  }
}

/** The failure of an attempt that took too long. */
export function stepTimedOut(work: RunWork, step: number): Failure {
  const { id, timeout } = limitedStep(work, step) ?? {};
  return {
    kind: 'TIMEOUT',
    code: 'STEP_TIMEOUT',
    message: `It took longer than its timeout of ${String((timeout ?? 0) / 1000)} s and was ended.`,
    hint: `Give step "${id ?? ''}" a longer \`timeout\`, or \`retry: { timeout: 1 }\` if another try may be quicker.`,
    retryable: true,
  };
}

/** How many more tries a policy grants after a failure of a kind. */
function allowance(policy: RetryPolicy, kind: FailureKind): number {
  switch (kind) {
    case 'USER':
      return policy.user;
    case 'PLATFORM':
      return policy.platform;
    case 'TIMEOUT':
      return policy.timeout;
    case 'INTERNAL':
      return 0;
  }
}

const MOST_TRIES_COUNTED = 30;

/** Nobody can ask a run to wait for longer than this. */
const LONGEST_WAIT: Milliseconds = 3_600_000;

/** Grows with each try, up to the longest; where each kind of failure has a pause of its own, with each try after that kind. */
function pauseBefore(
  { backoff, backoffs }: RetryPolicy,
  kind: FailureKind,
  { tries, before }: { readonly tries: number; readonly before: number },
): Milliseconds {
  const own = ownBackoff(backoffs, kind);
  const { first, longest, factor = 2 } = own ?? backoff;
  const exponent = Math.min(own === undefined ? tries - 1 : before, MOST_TRIES_COUNTED);
  return Math.min(longest, first * factor ** exponent);
}

function ownBackoff(backoffs: RetryPolicy['backoffs'], kind: FailureKind): Backoff | undefined {
  switch (kind) {
    case 'USER':
      return backoffs?.user;
    case 'PLATFORM':
      return backoffs?.platform;
    case 'TIMEOUT':
      return backoffs?.timeout;
    case 'INTERNAL':
      return undefined;
  }
}

function hostStopped(work: RunWork, step: number): Failure {
  return {
    kind: 'PLATFORM',
    code: 'HOST_STOPPED',
    message: `The server that ran step "${stepOf(work, step)?.id ?? ''}" was shut down before it had finished.`,
    retryable: true,
  };
}
