// What comes to a run from outside: reports of its attempts, the news that hosts are gone, and time.

import { type Refusal } from '../refusal.ts';
import { tokenOf } from '../random.ts';
import { begin } from './begin.ts';
import { cancelAttempt, failStep, stepOf } from './ending.ts';
import { judged } from './http-answer.ts';
import { withMergedOutputs } from './merged-outputs.ts';
import { type AttemptReport } from './report.ts';
import { signalTooLarge } from './room.ts';
import { afterCancel, afterFailure, stepTimedOut } from './settle.ts';
import { endSleep } from './sleep.ts';
import { isEnding, isTerminalRun, openAttempt } from './state.ts';
import { waitTimedOut } from './wait.ts';
import { type RunWork } from './work.ts';

/** Takes a host's report of an attempt. A report of an attempt that is over, or of an older dispatch, is refused. */
export function takeReport(work: RunWork, report: AttemptReport): Refusal | undefined {
  const open = openAttempt(work.run.steps[report.step]);
  if (open?.number !== report.attempt || open.token !== report.token) return stale(work, report);
  const { step } = report;
  const told = withMergedOutputs(stepOf(work, step), work.run.steps[step]?.params, report.result);
  const result = judged(work, step, stepOf(work, step), told);
  switch (result.outcome) {
    case 'succeeded':
      if (open.cancelling === 'TIMEOUT') {
        afterFailure(work, step, stepTimedOut(work, step));
        return undefined;
      }
      succeed(work, step, result);
      return undefined;
    case 'failed':
      if (open.cancelling === undefined) afterFailure(work, step, result.failure, result.wait);
      else afterCancel(work, step, open);
      return undefined;
    case 'cancelled':
      afterCancel(work, step, open);
      return undefined;
  }
}

/** Ends a step well with all that it gave: its signals never go out without its success. */
function succeed(
  work: RunWork,
  step: number,
  result: Extract<AttemptReport['result'], { outcome: 'succeeded' }>,
): void {
  const id = stepOf(work, step)?.id ?? '';
  const { outputs, artifacts, signals } = result;
  const tooLarge = signals.map(({ name, params }) => signalTooLarge(id, name, params)).find((one) => one !== undefined);
  if (tooLarge === undefined) work.emit({ type: 'StepSucceeded', step, outputs, artifacts });
  else failStep(work, step, tooLarge);
  if (work.run.steps[step]?.status !== 'SUCCEEDED') return;
  for (const { name, params } of signals) work.publish(name, params, id);
}

/** Takes the news that hosts are gone: what ran there goes out again, unless it was to end anyway. */
export function takeHostsLost(work: RunWork, hosts: readonly string[], tokens?: readonly string[]): void {
  work.run.steps.forEach((state, step) => {
    const open = openAttempt(state);
    if (open?.host === undefined || !hosts.includes(open.host)) return;
    if (tokens?.includes(open.token ?? '') === false) return;
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
  if (isTerminalRun(work.run.status) || work.run.status === 'QUEUED') return;
  if (work.run.timeoutAt !== undefined && work.run.timeoutAt <= now && work.run.ending === undefined) {
    work.emit({ type: 'RunEnding', status: 'TIMED_OUT' });
    return;
  }
  for (const [index, { wakeAt }] of work.run.steps.entries()) {
    // What is left over stays due.
    if (work.isFull()) return;
    if (wakeAt !== undefined && wakeAt <= now) wakeStep(work, index);
  }
}

function wakeStep(work: RunWork, index: number): void {
  const step = work.run.steps[index];
  if (openAttempt(step) !== undefined) cancelAttempt(work, index, 'TIMEOUT');
  else if (step?.status === 'WAITING_FOR_SIGNALS') waitTimedOut(work, index);
  else if (step?.status === 'RUNNING') endSleep(work, index);
  else if (work.run.status === 'RUNNING' && !isEnding(work.run)) begin(work, index);
}

function stale(work: RunWork, report: AttemptReport): Refusal {
  const step = stepOf(work, report.step)?.id ?? String(report.step);
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Attempt ${String(report.attempt)} of step "${step}" is over or was handed to another host; its report changes nothing.`,
    path: [],
    status: work.run.steps[report.step]?.status ?? 'NOT_CREATED',
    allowed: [],
  };
}
