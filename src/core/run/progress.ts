// Moves a run on as far as it goes: starts what is ready, leaves out what is unmet, and ends the run when nothing is left.
//
// 1. A step starts only after everything it needs is complete (I5).
// 2. Once the run is ending, no step starts (I13).
// 3. A run ends exactly once, when no step is going on and none can begin (I2).

import { graphOf } from '../definition/graph.ts';
import { type StepDefinition } from '../definition/model.ts';
import { type Failure } from '../failure.ts';
import { type Entry } from '../json.ts';
import { parseTemplate, renderValue } from '../expression/template.ts';
import { tokenOf } from '../random.ts';
import { bareJson } from '../params/bare.ts';
import { follow, scopeOf } from './scope.ts';
import { readiness } from './readiness.ts';
import { isComplete, isTerminalStep, type RunState, type StepState } from './state.ts';
import { type RunWork } from './work.ts';

/** Moves a running run on, until it is at rest or the commit is full. */
export function progress(work: RunWork): void {
  if (work.run.status !== 'RUNNING') return;
  if (work.run.ending !== undefined) {
    windDown(work);
    return;
  }
  const { steps } = graphOf(work.definition);
  const candidates = steps.map((_, index) => index);
  // A step that is done at once makes candidates of those that need it: the list grows while it is walked.
  for (const index of candidates) {
    if (work.isFull()) return;
    if (work.run.steps[index]?.status !== 'NOT_CREATED') continue;
    consider(work, index);
    if (isComplete(work.run.steps[index].status)) candidates.push(...(steps[index]?.successors ?? []));
  }
  endIfDone(work);
}

/** Sends a step's next attempt out. */
export function startAttempt(work: RunWork, step: number): void {
  const timeout = work.definition.steps[step]?.timeout;
  work.emit({
    type: 'AttemptStarted',
    step,
    attempt: (work.run.steps[step]?.attempts.length ?? 0) + 1,
    token: tokenOf(work.random),
    host: work.host,
    ...(timeout === undefined ? {} : { timeoutAt: work.now + timeout }),
  });
}

function consider(work: RunWork, index: number): void {
  const verdict = readiness(work.run, work.definition, index);
  switch (verdict.kind) {
    case 'WAITS':
      return;
    case 'UNMET':
      work.emit({ type: 'StepUnsatisfied', step: index, reason: verdict.reason });
      return;
    case 'FAULT':
      work.emit({ type: 'StepFailed', step: index, failure: expressionFailure(work, index, verdict.fault) });
      return;
    case 'READY':
      begin(work, index);
  }
}

function begin(work: RunWork, index: number): void {
  const step = work.definition.steps[index];
  if (step === undefined) return;
  switch (step.work.kind) {
    case 'noop':
      work.emit({ type: 'StepSucceeded', step: index });
      return;
    case 'sleep':
      work.emit({ type: 'StepSleeping', step: index, until: work.now + step.work.duration });
      return;
    case 'publish':
      announce(work, index, step);
      return;
    case 'shell':
    case 'python':
    case 'node':
      startAttempt(work, index);
  }
}

function announce(work: RunWork, index: number, step: StepDefinition): void {
  if (step.work.kind !== 'publish') return;
  const scope = scopeOf(work.run, work.definition);
  const params: Entry[] = [];
  for (const { name, value } of step.work.params) {
    if (typeof value !== 'string') {
      params.push({ name, value });
      continue;
    }
    const template = parseTemplate(value);
    const rendered = template.ok ? renderValue(template.value, (path) => follow(scope, path)) : template;
    if (!rendered.ok) {
      work.emit({ type: 'StepFailed', step: index, failure: expressionFailure(work, index, rendered.failure) });
      return;
    }
    params.push({ name, value: bareJson(rendered.value) });
  }
  work.publish(step.work.signal, params, step.id);
  work.emit({ type: 'StepSucceeded', step: index });
}

/** Nothing starts any more: what waits is stopped, what runs is told to end, and the run ends after the last of them. */
function windDown(work: RunWork): void {
  const ending = work.run.ending;
  if (ending === undefined) return;
  work.run.steps.forEach((step, index) => {
    if (step.status === 'RETRY_PENDING' || (step.status === 'RUNNING' && !isOut(step))) {
      work.emit({ type: 'StepStopped', step: index });
    } else if (isOut(step) && step.attempts.at(-1)?.cancelling === undefined) {
      work.emit({ type: 'AttemptCancelling', step: index, why: 'STOP' });
    }
  });
  if (work.run.steps.some(isOut)) return;
  work.emit({
    type: 'RunEnded',
    status: ending.status,
    ...(ending.status === 'TIMED_OUT' ? { failure: runTimedOut(work) } : {}),
  });
}

function endIfDone(work: RunWork): void {
  const { run } = work;
  const goesOn = run.steps.some(({ status }) => status !== 'NOT_CREATED' && !isTerminalStep(status));
  if (goesOn) return;
  const bad = (['FAILED', 'TIMED_OUT', 'STOPPED'] as const).find((status) =>
    run.steps.some((step) => step.status === status),
  );
  const failure = bad === undefined ? undefined : firstFailure(work, bad);
  work.emit({ type: 'RunEnded', status: bad ?? 'SUCCEEDED', ...(failure === undefined ? {} : { failure }) });
}

function firstFailure(work: RunWork, status: StepState['status']): Failure | undefined {
  const index = work.run.steps.findIndex((step) => step.status === status);
  const failure = work.run.steps[index]?.failure;
  if (failure === undefined) return undefined;
  const name = `"${work.definition.steps[index]?.id ?? ''}"`;
  return failure.message.includes(name) ? failure : { ...failure, message: `Step ${name}: ${failure.message}` };
}

/** Whether an attempt of the step is out with an executor. */
function isOut(step: StepState): boolean {
  const attempt = step.attempts.at(-1);
  return attempt !== undefined && attempt.endedAt === undefined;
}

function expressionFailure(
  work: RunWork,
  index: number,
  fault: { readonly code: string; readonly message: string },
): Failure {
  return {
    kind: 'USER',
    code: fault.code,
    message: `An expression of step "${work.definition.steps[index]?.id ?? ''}" could not be evaluated: ${fault.message}`,
    hint: 'Correct the expression and apply the workflow again, then restart the run.',
    retryable: false,
  };
}

function runTimedOut({
  run,
  definition,
}: {
  readonly run: RunState;
  readonly definition: RunWork['definition'];
}): Failure {
  const limit = definition.timeout ?? 0;
  return {
    kind: 'TIMEOUT',
    code: 'RUN_TIMEOUT',
    message: `The run took longer than its timeout of ${String(limit / 1000)} s, counted from its start at ${new Date(run.startedAt ?? run.createdAt).toISOString()}.`,
    hint: 'Give the workflow a longer `timeout`, or look at which step took so long.',
    retryable: true,
  };
}
