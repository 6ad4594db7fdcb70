// How a step's end and a run's end come about.
//
// 1. A run ends exactly once, when no step is going on and none can begin (I2).
// 2. What stands under `finally` runs after everything else and changes nothing about how the run ended; only a kill leaves it out.

import { graphOf } from '../definition/graph.ts';
import { type StepDefinition } from '../definition/model.ts';
import { type Failure } from '../failure.ts';
import { runTimeout } from './given-limits.ts';
import { isTerminalStep, openAttempt, type CancelReason, type Ending, type RunEnd, type StepStatus } from './state.ts';
import { type RunWork } from './work.ts';

/** A step as defined, by its index. */
export function stepOf(work: Pick<RunWork, 'definition'>, index: number): StepDefinition | undefined {
  return graphOf(work.definition).steps[index]?.step;
}

/** Ends a step for good that did not succeed, as its failure mode says. */
export function failStep(work: RunWork, index: number, failure: Failure): void {
  const node = graphOf(work.definition).steps[index];
  const mode = node?.step.onFailure ?? 'fail-after-running';
  if (mode === 'ignore') {
    work.emit({ type: 'StepCompletedWithError', step: index, failure });
    return;
  }
  work.emit({ type: failure.kind === 'TIMEOUT' ? 'StepTimedOut' : 'StepFailed', step: index, failure });
  if (mode === 'fail-now' && node?.isFinal === false && work.run.ending === undefined) {
    work.emit({ type: 'RunEnding', status: 'FAILED' });
  }
}

/** Tells the attempt of a step to end. It is over when it says so itself. */
export function cancelAttempt(work: RunWork, index: number, why: CancelReason): void {
  const state = work.run.steps[index];
  if (openAttempt(state) === undefined) return;
  work.emit({ type: 'AttemptCancelling', step: index, why });
  if (state?.child?.run !== undefined) work.children.stop(state.child.run);
}

/** Nothing starts any more: what waits is stopped, what runs is told to end, and the run goes to its end after the last. */
export function windDown(work: RunWork, ending: Ending): void {
  for (const [index, { status }] of work.run.steps.entries()) {
    if (status === 'NOT_CREATED' || isTerminalStep(status)) continue;
    if (work.isFull()) return;
    const attempt = openAttempt(work.run.steps[index]);
    if (attempt === undefined) work.emit({ type: 'StepStopped', step: index });
    else if (attempt.cancelling === undefined) cancelAttempt(work, index, 'STOP');
  }
  if (work.run.steps.some(({ status }) => status === 'RUNNING')) return;
  finish(work, ending.status, ending.status === 'TIMED_OUT' ? runTimedOut(work) : failureOf(work, ending));
}

/** Ends a run in which nothing goes on any more; what can still begin would have begun. */
export function endIfDone(work: RunWork): void {
  const { run } = work;
  if (run.steps.some(({ status }) => status !== 'NOT_CREATED' && !isTerminalStep(status))) return;
  if (run.finishing !== undefined) {
    const { status, failure } = run.finishing;
    work.emit({ type: 'RunEnded', status, ...(failure === undefined ? {} : { failure }) });
    return;
  }
  const bad = (['FAILED', 'TIMED_OUT', 'STOPPED'] as const).find((status) => firstOf(work, status) !== undefined);
  finish(work, bad ?? 'SUCCEEDED', bad === undefined ? undefined : firstFailure(work, bad));
}

function finish(work: RunWork, status: RunEnd, failure: Failure | undefined): void {
  const hasFinal = work.definition.finally !== undefined && work.run.ending?.killed !== true;
  if (hasFinal && work.run.finishing === undefined) {
    work.emit({ type: 'RunFinishing', status, ...(failure === undefined ? {} : { failure }) });
    return;
  }
  const end = work.run.finishing ?? { status, ...(failure === undefined ? {} : { failure }) };
  work.emit({ type: 'RunEnded', ...end });
}

/** Why a run that was killed failed. */
export function runKilled(actor = 'Someone'): Failure {
  return {
    kind: 'USER',
    code: 'RUN_KILLED',
    message: `${actor} killed the run.`,
    hint: 'To run it again, restart it.',
    retryable: false,
  };
}

function failureOf(work: RunWork, { status, killed, actor }: Ending): Failure | undefined {
  if (killed === true) return runKilled(actor);
  return status === 'FAILED' ? (firstFailure(work, 'FAILED') ?? firstFailure(work, 'TIMED_OUT')) : undefined;
}

/** The first step under `steps` that ended like this. What happens under `finally` does not count. */
function firstOf(work: RunWork, status: StepStatus): number | undefined {
  const { steps } = work.definition;
  const index = work.run.steps.findIndex((step, place) => step.status === status && place < steps.length);
  return index === -1 ? undefined : index;
}

function firstFailure(work: RunWork, status: StepStatus): Failure | undefined {
  const index = firstOf(work, status);
  const failure = index === undefined ? undefined : work.run.steps[index]?.failure;
  if (index === undefined || failure === undefined) return undefined;
  const name = `"${stepOf(work, index)?.id ?? ''}"`;
  return failure.message.includes(name) ? failure : { ...failure, message: `Step ${name}: ${failure.message}` };
}

function runTimedOut(work: RunWork): Failure {
  const { run } = work;
  const timeout = runTimeout(work);
  const limit = (timeout.ok ? timeout.value : undefined) ?? 0;
  return {
    kind: 'TIMEOUT',
    code: 'RUN_TIMEOUT',
    message: `The run took longer than its timeout of ${String(limit / 1000)} s, counted from its start at ${new Date(run.startedAt ?? run.createdAt).toISOString()}.`,
    hint: 'Give the workflow a longer `timeout`, or look at which step took so long.',
    retryable: true,
  };
}
