// A step as its events tell it, folded by obvious code; and everything that an event of it may not do (I4, I5, I12, I13).

import { type StepDefinition } from '../../src/core/definition/model.ts';
import { attemptId } from '../../src/core/ids.ts';
import { type RunEvent } from '../../src/core/run/events.ts';
import { type Milliseconds } from '../../src/core/time.ts';
import { type FoldedRun, type FoldedStep } from './folded.ts';
import { type PlacedCommit } from './history.ts';

/** A step that has not begun. */
export function freshStep(): FoldedStep {
  return { status: 'NOT_CREATED', attempts: 0, isOpen: false, token: undefined, due: undefined };
}

/** Whether what needs a step may go on. */
export function isComplete({ status }: Pick<FoldedStep, 'status'>): boolean {
  return ['SUCCEEDED', 'UNSATISFIED', 'SKIPPED', 'COMPLETED_WITH_ERROR'].includes(status);
}

/** An event of a step, and how to say what is wrong with it. */
export interface StepChange {
  readonly event: Extract<RunEvent, { readonly step: number }>;
  readonly placed: PlacedCommit;
  readonly defined: StepDefinition;
  readonly wrong: (what: string) => void;
}

/** What a step can do without having begun. */
const passive: readonly string[] = ['StepKept', 'StepSkipped', 'StepParamsResolved'];

/** Takes an event of a step. */
export function takeStep(run: FoldedRun, step: FoldedStep, change: StepChange): void {
  const { event, wrong } = change;
  if (step.status === 'NOT_CREATED' && !passive.includes(event.type)) checkBeginning(run, change);
  switch (event.type) {
    case 'StepSleeping':
      step.status = 'RUNNING';
      step.due = event.until;
      return;
    case 'AttemptStarted':
      begin(run, step, { ...change, event });
      dispatch(run, step, change, event);
      return;
    case 'LoopStarted':
    case 'ChildRequested':
      begin(run, step, { ...change, event });
      return;
    case 'AttemptRedispatched':
      if (step.token === undefined || event.attempt !== step.attempts) wrong('I4 no such attempt is out');
      dispatch(run, step, change, event);
      return;
    case 'AttemptCancelling':
      if (!step.isOpen) wrong('I4 no attempt is out');
      if (event.why === 'TIMEOUT') checkDue(wrong, step.due, change.placed);
      step.due = undefined;
      return;
    case 'IterationsStarted':
    case 'IterationEnded':
    case 'IterationReopened':
    case 'IterationBegunAgain':
    case 'ChildCreated':
    case 'ChildCounted':
      if (!step.isOpen) wrong('I4 no attempt goes on');
      return;
    case 'StepParamsResolved':
    case 'SignalListened':
    case 'SignalFound':
    case 'SignalsBypassed':
      return;
    case 'SignalsAwaited':
      step.status = 'WAITING_FOR_SIGNALS';
      step.due = event.until;
      return;
    case 'PermitsAwaited':
    case 'PermitsReceived':
    case 'PermitsForgone':
      takePermits(step, { ...change, event });
      return;
    case 'StepPaused':
    case 'StepResumed':
      takeBreakpoint(step, event.type === 'StepPaused', wrong);
      return;
    case 'StepKept':
      if (run.startedIn !== undefined) wrong('kept after its start');
      step.status = event.state.status;
      if (event.state.status === 'SUCCEEDED') run.kept.add(change.defined.id);
      return;
    case 'StepRetried':
      takeRetry(run, step, { event, wrong });
      return;
    case 'StepUnsatisfied':
      step.status = 'UNSATISFIED';
      return;
    case 'StepSucceeded':
    case 'RetryScheduled':
    case 'StepFailed':
    case 'StepCompletedWithError':
    case 'StepSkipped':
    case 'StepTimedOut':
    case 'StepStopped':
      endAttempt(run, step, { ...change, event });
  }
}

function takeBreakpoint(step: FoldedStep, stops: boolean, wrong: (what: string) => void): void {
  const mayStop = !step.isOpen && (step.status === 'NOT_CREATED' || step.status === 'RETRY_PENDING');
  if (stops && !mayStop) wrong('it stops where it goes on');
  if (!stops && step.status !== 'PAUSED') wrong('it goes on where it did not stop');
  step.status = stops ? 'PAUSED' : 'NOT_CREATED';
  step.due = undefined;
}

/** A step waits for permits where it may begin; having them, it begins in the same commit. */
function takePermits(
  step: FoldedStep,
  {
    event,
    placed,
    wrong,
  }: StepChange & {
    readonly event: Extract<RunEvent, { readonly type: 'PermitsAwaited' | 'PermitsReceived' | 'PermitsForgone' }>;
  },
): void {
  if (event.type === 'PermitsAwaited') {
    checkRetry(step, placed, wrong);
    if (!['NOT_CREATED', 'RETRY_PENDING', 'WAITING_FOR_SIGNALS'].includes(step.status)) wrong('I17 it is not to begin');
  } else if (step.status !== 'WAITING_FOR_PERMITS') wrong('I17 it does not wait for permits');
  step.status = event.type === 'PermitsAwaited' ? 'WAITING_FOR_PERMITS' : 'NOT_CREATED';
  step.due = undefined;
}

/** Another try begins when it is time; a person may have it begin at once. */
function checkRetry({ status, due }: FoldedStep, placed: PlacedCommit, wrong: (what: string) => void): void {
  if (status === 'RETRY_PENDING' && placed.commit.command?.actor !== 'ada') checkDue(wrong, due, placed);
}

interface StepBeginning extends StepChange {
  readonly event: Extract<RunEvent, { readonly type: 'AttemptStarted' | 'LoopStarted' | 'ChildRequested' }>;
}

function begin(run: FoldedRun, step: FoldedStep, { event, placed, wrong }: StepBeginning): void {
  if (step.isOpen) wrong('I4 an attempt is out already');
  if (event.attempt !== step.attempts + 1) wrong('I4 attempts do not count');
  if (mustRest(run)) wrong('I13 after the stop');
  if (run.status !== 'RUNNING') wrong('I5 while its run does not go on');
  checkRetry(step, placed, wrong);
  if (step.status !== 'NOT_CREATED' && step.status !== 'RETRY_PENDING') wrong('I4 it is not to begin');
  step.status = 'RUNNING';
  step.attempts = event.attempt;
  step.isOpen = true;
  step.due = event.timeoutAt;
}

interface StepEnd extends StepChange {
  readonly event: Extract<
    RunEvent,
    {
      readonly type:
        | 'StepSucceeded'
        | 'RetryScheduled'
        | 'StepFailed'
        | 'StepCompletedWithError'
        | 'StepSkipped'
        | 'StepTimedOut'
        | 'StepStopped';
    }
  >;
}

/** An attempt or a sleep ended, one way or another. */
function endAttempt(run: FoldedRun, step: FoldedStep, { event, placed, defined, wrong }: StepEnd): void {
  if (step.status === 'WAITING_FOR_SIGNALS' && event.type === 'StepTimedOut') checkDue(wrong, step.due, placed);
  if (isOver(step) && isResult(step, event)) wrong('I4 a second result of an attempt');
  if (event.type === 'StepSucceeded') {
    if (step.token !== undefined) run.succeeded.push({ step: defined.id, token: step.token, in: placed });
    else if (step.status === 'RUNNING' && !step.isOpen) checkDue(wrong, step.due, placed);
  }
  checkMode(defined, event.type, wrong);
  step.token = undefined;
  step.isOpen = false;
  step.due = event.type === 'RetryScheduled' ? event.at : undefined;
  step.status = ends[event.type];
}

/** Whether nothing of it goes on that could end. A wait for signals has no attempt of its own. */
function isOver({ status, attempts, isOpen }: FoldedStep): boolean {
  if (status === 'WAITING_FOR_SIGNALS') return false;
  return status !== 'RUNNING' || (attempts > 0 && !isOpen);
}

/** Stopping and leaving out need no attempt, and what is done at once or cannot be begun has none. */
function isResult({ status }: FoldedStep, { type }: StepEnd['event']): boolean {
  return type !== 'StepStopped' && type !== 'StepSkipped' && status !== 'NOT_CREATED';
}

const ends = {
  StepSucceeded: 'SUCCEEDED',
  RetryScheduled: 'RETRY_PENDING',
  StepFailed: 'FAILED',
  StepCompletedWithError: 'COMPLETED_WITH_ERROR',
  StepSkipped: 'SKIPPED',
  StepTimedOut: 'TIMED_OUT',
  StepStopped: 'STOPPED',
} as const;

function checkMode({ onFailure }: StepDefinition, type: StepEnd['event']['type'], wrong: (what: string) => void): void {
  const isBad = type === 'StepFailed' || type === 'StepTimedOut';
  if (isBad && onFailure === 'ignore') wrong('its failure is to be ignored');
  if (type === 'StepCompletedWithError' && onFailure !== 'ignore') wrong('its failure counts');
}

function dispatch(
  run: FoldedRun,
  step: FoldedStep,
  { placed, defined }: StepChange,
  event: { readonly type: string; readonly attempt: number; readonly token: string; readonly host: string },
): void {
  step.token = event.token;
  const { workflowId, number, attempt, path } = run;
  run.dispatches.push({
    attemptId: attemptId(
      { workflowId, number, attempt, ...(path === undefined ? {} : { path }) },
      defined.id,
      event.attempt,
    ),
    token: event.token,
    host: event.host,
    isAgain: event.type === 'AttemptRedispatched',
    in: placed,
  });
}

/** Whether nothing of a run may begin: it was told to end, and of what is under `finally` only a kill is the end. */
function mustRest({ isEnding, isKilled, finishing }: FoldedRun): boolean {
  return isKilled || (isEnding && finishing === undefined);
}

/** I5 and the conditions: what must hold when a step has its first event. */
function checkBeginning(run: FoldedRun, { event, defined, wrong }: StepChange): void {
  if (mustRest(run)) wrong('I13 after the stop');
  if (run.status !== 'RUNNING') wrong('I5 before its run');
  if (run.only?.includes(event.step) === false) wrong('the restart leaves it out');
  if (event.step >= run.main !== (run.finishing !== undefined)) wrong('I5 `finally` is for what is last');
  const needed = defined.needs.map(({ step }) => run.steps[run.defined.findIndex(({ id }) => id === step)]);
  if (!needed.every((step) => step !== undefined && isComplete(step))) wrong('I5 before what it needs');
  const isLed = needed.length === 0 || needed.some((step) => step?.status !== 'UNSATISFIED');
  const isWanted = isLed && isMet(run, defined);
  if (isWanted !== (event.type !== 'StepUnsatisfied')) wrong('its condition says otherwise');
}

function isMet({ params }: FoldedRun, { when = '' }: StepDefinition): boolean {
  const [, name, above] = /^(\w+) > (\d+)$/.exec(when) ?? [];
  return above === undefined || Number(params.find((param) => param.name === name)?.value) > Number(above);
}

/** How much earlier than due a timer may fire: what the clocks of two processes differ by. */
const tolerance: Milliseconds = 50;

/** I12 */
export function checkDue(
  wrong: (what: string) => void,
  due: Milliseconds | undefined,
  { commit, appliedAt }: PlacedCommit,
): void {
  if (due === undefined) wrong('I12 nothing was to be waited for');
  else if (commit.at < due || appliedAt < due - tolerance) wrong(`I12 ${String(due - appliedAt)} ms early`);
}

function takeRetry(
  run: FoldedRun,
  step: FoldedStep,
  { event, wrong }: Pick<StepChange, 'wrong'> & { readonly event: Extract<RunEvent, { readonly type: 'StepRetried' }> },
): void {
  if (!mayRetry(step.status, event.within !== undefined)) wrong('retried while it did not end badly');
  if (event.only !== undefined) run.only = event.only;
  step.status = 'NOT_CREATED';
}

/** A step that ended badly, or waits for its next try where something inside it is to begin again. */
function mayRetry(status: string, isInside: boolean): boolean {
  return ['FAILED', 'TIMED_OUT', 'STOPPED'].includes(status) || (isInside && status === 'RETRY_PENDING');
}
