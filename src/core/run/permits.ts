// Permits of a step: what it needs before its work begins, and until when it has them.
//
// 1. A step has permits only while its work goes on, and asks for them only while it waits: whatever else becomes of it, they
//    leave its state, and what leaves the state is returned in the same commit (`partition/pool/permits.ts`).
// 2. A grant that the step no longer waits for changes nothing: it was returned before it came.

import { type Definition, type StepDefinition, type Work } from '../definition/model.ts';
import { type Failure } from '../failure.ts';
import { runEntity, type RunPlace } from '../ids.ts';
import { type PermitWant } from '../pool/pools.ts';
import { type Instant } from '../time.ts';
import { failStep } from './ending.ts';
import { isEnding, type StepState } from './state.ts';
import { type PermitEvent } from './step-permits.ts';
import { type RunWork } from './work.ts';

/** The priority of a step where nothing says another. */
export const DEFAULT_PRIORITY = 50;

/** Lets a step wait for its permits, if it needs any; answers whether its work may begin now. */
export function awaitPermits(work: RunWork, index: number, step: StepDefinition): boolean {
  const wants = permitsWanted(work.definition, work.run, step);
  if (wants.length === 0) return true;
  work.emit({
    type: 'PermitsAwaited',
    step: index,
    ask: (work.run.steps[index]?.asked ?? 0) + 1,
    stepId: step.id,
    wants,
    priority: step.priority ?? work.definition.priority ?? DEFAULT_PRIORITY,
    ...(isOuter(step.work) ? { isOuter: true } : {}),
  });
  return false;
}

/** Takes a grant; answers whether the work of the step may begin now. */
export function receivePermits(work: RunWork, index: number, ask: number): boolean {
  if (!isAwaiting(work.run.steps[index], ask)) return false;
  if (work.run.status !== 'RUNNING' || isEnding(work.run)) {
    work.emit({ type: 'PermitsForgone', step: index });
    return false;
  }
  work.emit({ type: 'PermitsReceived', step: index });
  return true;
}

/** Takes the news that the ledger cannot take the request. */
export function permitsRefused(
  work: RunWork,
  index: number,
  { ask, message }: { readonly ask: number; readonly message: string },
): void {
  if (!isAwaiting(work.run.steps[index], ask)) return;
  const failure: Failure = {
    kind: 'PLATFORM',
    code: 'TOO_MANY_WAIT',
    message,
    hint: 'Restart the run from what is incomplete once fewer steps wait; a `concurrency` on loops keeps the queue short.',
    retryable: true,
  };
  failStep(work, index, failure);
}

/** Nothing of a paused run stands in a queue. */
export function forgoPermits(work: RunWork): void {
  for (const [index, { status }] of work.run.steps.entries()) {
    if (work.isFull()) return;
    if (status === 'WAITING_FOR_PERMITS') work.emit({ type: 'PermitsForgone', step: index });
  }
}

/** A step after an event of its permits. */
export function evolvePermits(step: StepState, event: PermitEvent, at: Instant): StepState {
  const { wakeAt: _, ...awake } = step;
  switch (event.type) {
    case 'PermitsAwaited': {
      const { ask, stepId, wants, priority, isOuter: outer } = event;
      const permits = { ask, stepId, wants, priority, ...(outer && { isOuter: outer }), since: at };
      return { ...awake, status: 'WAITING_FOR_PERMITS', asked: ask, permits };
    }
    case 'PermitsReceived':
      return step.permits === undefined ? step : { ...step, permits: { ...step.permits, granted: at } };
    case 'PermitsForgone':
      return { ...awake, status: 'NOT_CREATED' };
  }
}

/** The step without permits that it has no right to: it has ended, or waits for something else. */
export function withoutIdlePermits(step: StepState): StepState {
  if (step.permits === undefined || step.status === 'WAITING_FOR_PERMITS' || step.status === 'RUNNING') return step;
  const { permits: _, ...rest } = step;
  return rest;
}

/** What a step of a run needs before it begins. Empty: nothing. */
export function permitsWanted(definition: Definition, run: RunPlace, step: StepDefinition): readonly PermitWant[] {
  const { pools = [], tags = [] } = step;
  // Nothing holds a permit while it waits, and such a step does nothing else.
  if (step.work.kind === 'wait') return [];
  const { stepConcurrency, runStepConcurrency } = definition;
  const named = new Set(pools.map(({ pool }) => pool));
  const free = tags.filter((tag) => !named.has(tag));
  const counts = isCounted(step.work, definition.dialect === 'maestro');
  return [
    ...pools,
    ...free.map((pool) => tagWanted(pool, step)),
    ...(counts && stepConcurrency !== undefined
      ? [{ pool: `workflow:${definition.id}`, weight: 1, limit: stepConcurrency }]
      : []),
    ...(counts && runStepConcurrency !== undefined
      ? [{ pool: runEntity(placeOf(run)), weight: 1, limit: runStepConcurrency }]
      : []),
  ];
}

function tagWanted(pool: string, { tagLimits = [] }: StepDefinition): PermitWant {
  const limit = tagLimits.find(({ name }) => name === pool)?.value;
  return { pool, weight: 1, isTag: true, ...(limit === undefined ? {} : { limit }) };
}

/** Whether a limit on steps counts it: what stands for other steps does no work of its own, nor does what only waits; Maestro counts that. */
function isCounted(work: Work, countsAll: boolean): boolean {
  if (isOuter(work)) return false;
  return countsAll || !['sleep', 'noop', 'publish'].includes(work.kind);
}

/** Whether it stands for other steps. */
function isOuter({ kind }: Work): boolean {
  return ['foreach', 'while', 'workflow'].includes(kind);
}

/** All iterations of a run share the limit of the run. */
function placeOf({ workflowId, number, attempt }: RunPlace): RunPlace {
  return { workflowId, number, attempt };
}

function isAwaiting(step: StepState | undefined, ask: number): boolean {
  const { status, permits } = step ?? {};
  return status === 'WAITING_FOR_PERMITS' && permits?.ask === ask && permits.granted === undefined;
}
