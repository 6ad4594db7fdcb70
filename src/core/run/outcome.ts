// What an attempt's end means for its step: done, tried again, failed, timed out or stopped. And what time does to a run.

import { type RetryPolicy } from '../definition/model.ts';
import { type Failure, type FailureKind } from '../failure.ts';
import { type Refusal } from '../refusal.ts';
import { tokenOf } from '../random.ts';
import { type Milliseconds } from '../time.ts';
import { startAttempt } from './progress.ts';
import { type AttemptReport } from './report.ts';
import { type AttemptState, type StepState } from './state.ts';
import { type RunWork } from './work.ts';

/** Takes a host's report of an attempt. A report of an attempt that is over, or of an older dispatch, is refused. */
export function takeReport(work: RunWork, report: AttemptReport): Refusal | undefined {
  const open = openAttempt(work.run.steps[report.step]);
  if (open?.number !== report.attempt || open.token !== report.token) return stale(work, report);
  const { step, result } = report;
  switch (result.outcome) {
    case 'succeeded':
      if (open.cancelling === 'TIMEOUT') {
        afterFailure(work, step, stepTimedOut(work, step));
        return undefined;
      }
      for (const signal of result.signals)
        work.publish(signal.name, signal.params, work.definition.steps[step]?.id ?? '');
      work.emit({ type: 'StepSucceeded', step, outputs: result.outputs, artifacts: result.artifacts });
      return undefined;
    case 'failed':
      afterFailure(work, step, open.cancelling === 'TIMEOUT' ? stepTimedOut(work, step) : result.failure);
      return undefined;
    case 'cancelled':
      afterCancel(work, step, open);
      return undefined;
  }
}

/** Takes the news that hosts are gone: what ran there goes out again, unless it was to end anyway. */
export function takeHostsLost(work: RunWork, hosts: readonly string[], tokens?: readonly string[]): void {
  work.run.steps.forEach((state, step) => {
    const open = openAttempt(state);
    if (open === undefined || !hosts.includes(open.host) || tokens?.includes(open.token) === false) return;
    if (open.cancelling !== undefined) {
      afterCancel(work, step, open);
      return;
    }
    work.emit({
      type: 'AttemptRedispatched',
      step,
      attempt: open.number,
      token: tokenOf(work.random),
      host: work.host,
    });
  });
}

/** Does what is due: ends sleeps, begins retries, and cuts off what took too long. */
export function takeTime(work: RunWork): void {
  const { now } = work;
  if (work.run.status !== 'RUNNING') return;
  if (work.run.timeoutAt !== undefined && work.run.timeoutAt <= now && work.run.ending === undefined) {
    work.emit({ type: 'RunEnding', status: 'TIMED_OUT' });
    return;
  }
  work.run.steps.forEach((step, index) => {
    if (step.wakeAt === undefined || step.wakeAt > now) return;
    if (step.status === 'RETRY_PENDING') startAttempt(work, index);
    else if (openAttempt(step) !== undefined) work.emit({ type: 'AttemptCancelling', step: index, why: 'TIMEOUT' });
    else work.emit({ type: 'StepSucceeded', step: index });
  });
}

function afterCancel(work: RunWork, step: number, attempt: AttemptState): void {
  if (attempt.cancelling === 'TIMEOUT') afterFailure(work, step, stepTimedOut(work, step));
  else if (attempt.cancelling === 'STOP') work.emit({ type: 'StepStopped', step });
  else afterFailure(work, step, hostStopped(work, step));
}

function afterFailure(work: RunWork, step: number, failure: Failure): void {
  const state = work.run.steps[step];
  const policy = work.definition.steps[step]?.retry;
  if (state === undefined || policy === undefined) return;
  if (work.run.ending !== undefined) {
    work.emit({ type: 'StepStopped', step });
    return;
  }
  const before = state.attempts.filter((attempt) => attempt.failure?.kind === failure.kind).length;
  if (failure.retryable && before < allowance(policy, failure.kind)) {
    work.emit({ type: 'RetryScheduled', step, failure, at: work.now + pauseBefore(policy, state.attempts.length) });
    return;
  }
  work.emit({ type: failure.kind === 'TIMEOUT' ? 'StepTimedOut' : 'StepFailed', step, failure });
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

/** Doubles with each try, up to the longest. */
function pauseBefore({ backoff }: RetryPolicy, tries: number): Milliseconds {
  return Math.min(backoff.longest, backoff.first * 2 ** Math.min(tries - 1, 30));
}

function openAttempt(step: StepState | undefined): AttemptState | undefined {
  const attempt = step?.attempts.at(-1);
  return attempt?.endedAt === undefined ? attempt : undefined;
}

function stepTimedOut(work: RunWork, step: number): Failure {
  const { id, timeout } = work.definition.steps[step] ?? {};
  return {
    kind: 'TIMEOUT',
    code: 'STEP_TIMEOUT',
    message: `It took longer than its timeout of ${String((timeout ?? 0) / 1000)} s and was ended.`,
    hint: `Give step "${id ?? ''}" a longer \`timeout\`, or \`retry: { timeout: 1 }\` if another try may be quicker.`,
    retryable: true,
  };
}

function hostStopped(work: RunWork, step: number): Failure {
  return {
    kind: 'PLATFORM',
    code: 'HOST_STOPPED',
    message: `The server that ran step "${work.definition.steps[step]?.id ?? ''}" was shut down before it had finished.`,
    retryable: true,
  };
}

function stale(work: RunWork, report: AttemptReport): Refusal {
  const step = work.definition.steps[report.step]?.id ?? String(report.step);
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Attempt ${String(report.attempt)} of step "${step}" is over or was handed to another host; its report changes nothing.`,
    path: [],
    status: work.run.steps[report.step]?.status ?? 'NOT_CREATED',
    allowed: [],
  };
}
