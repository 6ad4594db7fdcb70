// Begins a step that may begin, for the first time or again: what the engine can do at once is done, the rest goes out.

import { type Json } from '../json.ts';
import { tokenOf } from '../random.ts';
import { type Instant } from '../time.ts';
import { workflowIdFaults } from '../definition/identifiers.ts';
import { type StepDefinition, type WorkflowWork } from '../definition/model.ts';
import { stopsAtBreakpoint } from './breakpoints.ts';
import { failStep, stepOf } from './ending.ts';
import { expressionFailure, fillIn } from './evaluation.ts';
import { limitedStep, limitsFault } from './given-limits.ts';
import { startLoop } from './loop.ts';
import { awaitPermits, permitsRefused, receivePermits } from './permits.ts';
import { signalTooLarge } from './room.ts';
import { startSleep } from './sleep.ts';
import { childRunOf } from './state.ts';
import { inheritedBy, resolveStepParams, stepParamJson } from './step-params.ts';
import { awaitSignals, succeed } from './wait.ts';
import { type RunWork } from './work.ts';

/** Begins the next attempt of a step. */
export function begin(work: RunWork, index: number): void {
  if (stopsAtBreakpoint(work, index)) return;
  const step = stepOf(work, index);
  if (step === undefined || !limitsHold(work, index, step)) return;
  if (!awaitSignals(work, index, step) || !awaitPermits(work, index, step)) return;
  start(work, index, step);
}

/** Takes the answer of the ledger of permits to a step that waits for some. */
export function takePermits(
  work: RunWork,
  index: number,
  answer: { readonly ask: number; readonly refused?: string },
): void {
  const step = stepOf(work, index);
  if (step === undefined) return;
  if (answer.refused !== undefined) permitsRefused(work, index, { ask: answer.ask, message: answer.refused });
  else if (receivePermits(work, index, answer.ask)) start(work, index, step);
}

/** A step whose limits cannot be limits has failed before it waits for anything. */
function limitsHold(work: RunWork, index: number, step: StepDefinition): boolean {
  const fault = limitsFault(work, step);
  if (fault !== undefined) failStep(work, index, fault);
  return fault === undefined;
}

function start(work: RunWork, index: number, step: StepDefinition): void {
  if (!resolveStepParams(work, index, step)) return;
  switch (step.work.kind) {
    case 'noop':
      work.emit({ type: 'StepSucceeded', step: index });
      return;
    case 'wait':
      succeed(work, index);
      return;
    case 'sleep':
      startSleep(work, index, step);
      return;
    case 'publish':
      announce(work, index, step);
      return;
    case 'foreach':
    case 'while':
      startLoop(work, index);
      return;
    case 'workflow':
      requestChild(work, index, step.work);
      return;
    case 'shell':
    case 'python':
    case 'node':
    case 'notebook':
    case 'http':
    case 'kubernetes':
      sendOut(work, index);
  }
}

function sendOut(work: RunWork, index: number): void {
  work.emit({
    type: 'AttemptStarted',
    step: index,
    attempt: (work.run.steps[index]?.attempts.length ?? 0) + 1,
    token: tokenOf(work.random),
    host: work.host,
    ...timeoutAt(work, index),
  });
}

function announce(work: RunWork, index: number, step: StepDefinition): void {
  if (step.work.kind !== 'publish') return;
  const params = fillIn(work, step.work.params);
  if (!params.ok) {
    failStep(work, index, expressionFailure(step.id, params.failure));
    return;
  }
  const tooLarge = signalTooLarge(step.id, step.work.signal, params.value);
  if (tooLarge !== undefined) {
    failStep(work, index, tooLarge);
    return;
  }
  work.publish(step.work.signal, params.value, step.id);
  work.emit({ type: 'StepSucceeded', step: index });
}

function requestChild(work: RunWork, index: number, defined: WorkflowWork): void {
  const step = work.run.steps[index];
  const wanted = defined.inherits === undefined ? defined : namedBy(work, index, defined);
  if (wanted === undefined) return;
  const params = fillIn(work, wanted.params);
  if (!params.ok) {
    failStep(work, index, expressionFailure(stepOf(work, index)?.id ?? '', params.failure));
    return;
  }
  const within = step?.within;
  const attempt = (step?.attempts.length ?? 0) + 1;
  work.emit({
    type: 'ChildRequested',
    step: index,
    attempt,
    workflowId: wanted.workflowId,
    ...timeoutAt(work, index),
  });
  const inherited = wanted.inherits === undefined ? {} : { inherited: inheritedBy(work, index, wanted.inherits) };
  work.children.request(index, {
    work: wanted,
    params: params.value,
    again: childRunOf(step),
    ...inherited,
    ...(within === undefined ? {} : { within }),
  });
}

/** Which workflow, and which version of it, as the step's own parameters say; undefined, and the step failed, if they do not. */
function namedBy(work: RunWork, index: number, { version: _, ...defined }: WorkflowWork): WorkflowWork | undefined {
  const workflowId = stepParamJson(work, index, 'subworkflow_id');
  const version = scalarText(stepParamJson(work, index, 'subworkflow_version') ?? 'active').toLowerCase();
  const wanted =
    VERSION_WORDS.get(version) ?? (/^[1-9]\d{0,8}$/u.test(version) ? { version: Number(version) } : undefined);
  if (wanted !== undefined && typeof workflowId === 'string' && workflowIdFaults(workflowId).length === 0) {
    return { ...defined, workflowId, ...wanted };
  }
  failStep(work, index, {
    kind: 'USER',
    code: 'STEP_PARAMS',
    message: `The parameters of step "${stepOf(work, index)?.id ?? ''}" name no workflow to run: subworkflow_id is ${JSON.stringify(workflowId ?? null)}, subworkflow_version is "${version}".`,
    hint: 'The version is "active", "latest", "default" or a number; correct them and apply the workflow again, then start a new run: a restart keeps the version.',
    retryable: false,
  });
  return undefined;
}

const VERSION_WORDS: ReadonlyMap<string, Pick<WorkflowWork, 'version'>> = new Map<
  string,
  Pick<WorkflowWork, 'version'>
>([
  ['active', {}],
  ['latest', { version: 'latest' }],
  ['default', { version: 'default' }],
]);

function scalarText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** When the attempt of a step that begins now is too long. */
export function timeoutAt(work: RunWork, index: number): { readonly timeoutAt?: Instant } {
  const timeout = limitedStep(work, index)?.timeout;
  return timeout === undefined ? {} : { timeoutAt: work.now + timeout };
}
