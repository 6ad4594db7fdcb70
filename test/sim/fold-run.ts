// A run as its events tell it, folded by obvious code; and everything that an event may not do (I2, I4, I5, I12, I13).

import { type Definition, type StepDefinition } from '../../src/core/definition/model.ts';
import { attemptId } from '../../src/core/ids.ts';
import { type RunEvent } from '../../src/core/run/events.ts';
import { type Milliseconds } from '../../src/core/time.ts';
import { type PlacedCommit, type PlacedEvent, placeText } from './history.ts';

/** A step as the checker sees it. */
export interface FoldedStep {
  status: string;
  attempts: number;
  /** Of the attempt that is out. */
  token: string | undefined;
  due: Milliseconds | undefined;
  isCancelling: boolean;
}

/** A dispatch: an attempt handed to a host. */
export interface Dispatch {
  readonly attemptId: string;
  readonly token: string;
  readonly host: string;
  readonly isAgain: boolean;
  readonly in: PlacedCommit;
}

/** A run as the checker sees it. */
export interface FoldedRun {
  readonly id: string;
  readonly workflowId: string;
  readonly number: number;
  readonly attempt: number;
  readonly tag: string;
  readonly n: number;
  /** For signals the signal's and the trigger's names. */
  readonly cause: string;
  readonly scheduledFor: number | undefined;
  readonly definition: Definition;
  readonly steps: FoldedStep[];
  readonly dispatches: Dispatch[];
  /** Tokens whose success was accepted. */
  readonly succeeded: { readonly step: string; readonly token: string }[];
  readonly createdIn: PlacedCommit;
  status: string;
  isEnding: boolean;
  isSuperseded: boolean;
  timeoutAt: Milliseconds | undefined;
  startedIn: PlacedCommit | undefined;
  endedIn: PlacedCommit | undefined;
  readonly wrong: string[];
}

/** How much earlier than due a timer may fire: what the clocks of two processes differ by. */
const tolerance: Milliseconds = 50;

/** Folds the events of one run. */
export function foldRun(
  id: string,
  events: readonly PlacedEvent[],
  definitions: ReadonlyMap<string, Definition>,
): FoldedRun | string {
  const [first] = events;
  if (first?.event.type !== 'RunCreated') return `I2: ${id} does not begin with RunCreated`;
  const { workflowId, number, attempt, params, cause, definition: hash, scheduledFor, stepCount } = first.event;
  const definition = definitions.get(hash);
  if (definition === undefined) return `${id} runs a definition that nobody applied`;
  const param = (name: string): unknown => params.find((candidate) => candidate.name === name)?.value;
  const origin = cause.kind === 'RESTART' ? cause.of : cause;
  const run: FoldedRun = {
    id,
    workflowId,
    number,
    attempt,
    tag: String(param('tag')),
    n: Number(param('n')),
    cause:
      cause.kind === 'RESTART'
        ? 'RESTART'
        : origin.kind === 'SIGNAL'
          ? `${origin.signal} ${workflowId}/${origin.trigger}`
          : origin.kind,
    scheduledFor,
    definition,
    steps: Array.from({ length: stepCount }, () => ({
      status: 'NOT_CREATED',
      attempts: 0,
      token: undefined,
      due: undefined,
      isCancelling: false,
    })),
    dispatches: [],
    succeeded: [],
    createdIn: first.in,
    status: 'QUEUED',
    isEnding: false,
    isSuperseded: false,
    timeoutAt: undefined,
    startedIn: undefined,
    endedIn: undefined,
    wrong: [],
  };
  for (const { event, in: placed } of events.slice(1)) take(run, event as RunEvent, placed);
  return run;
}

function take(run: FoldedRun, event: RunEvent, placed: PlacedCommit): void {
  const wrong = (what: string): void => void run.wrong.push(`${what}: ${run.id} ${event.type} in ${placeText(placed)}`);
  if (run.endedIn !== undefined && event.type !== 'RunSuperseded') wrong('I2 after its end');
  if ('step' in event) {
    const step = run.steps[event.step];
    const defined = run.definition.steps[event.step];
    if (step === undefined || defined === undefined) wrong('there is no such step');
    else takeStep(run, step, { event, placed, defined, wrong });
    return;
  }
  switch (event.type) {
    case 'RunCreated':
      wrong('I2 created twice');
      return;
    case 'RunStarted':
      if (run.status !== 'QUEUED') wrong('I2 started twice');
      run.status = 'RUNNING';
      run.startedIn = placed;
      run.timeoutAt = event.timeoutAt;
      return;
    case 'RunEnding':
      if (event.status === 'TIMED_OUT') checkDue(wrong, run.timeoutAt, placed);
      run.isEnding = true;
      return;
    case 'RunEnded':
      if (run.steps.some(({ status }) => status === 'RUNNING' || status === 'RETRY_PENDING'))
        wrong('I2 a step goes on');
      if (event.status === 'SUCCEEDED' && run.steps.some((step) => !isComplete(step))) wrong('I2 not all is done');
      run.status = event.status;
      run.endedIn = placed;
      return;
    case 'RunSuperseded':
      run.isSuperseded = true;
      return;
  }
}

interface StepChange {
  readonly event: Extract<RunEvent, { readonly step: number }>;
  readonly placed: PlacedCommit;
  readonly defined: StepDefinition;
  readonly wrong: (what: string) => void;
}

function takeStep(run: FoldedRun, step: FoldedStep, change: StepChange): void {
  const { event, placed, wrong } = change;
  if (step.status === 'NOT_CREATED') checkBeginning(run, change);
  switch (event.type) {
    case 'StepSleeping':
      step.status = 'RUNNING';
      step.due = event.until;
      return;
    case 'AttemptStarted':
      if (step.token !== undefined) wrong('I4 an attempt is out already');
      if (event.attempt !== step.attempts + 1) wrong('I4 attempts do not count');
      if (run.isEnding) wrong('I13 after the stop');
      if (step.status === 'RETRY_PENDING') checkDue(wrong, step.due, placed);
      dispatch(run, step, change, event);
      step.status = 'RUNNING';
      step.attempts = event.attempt;
      step.due = event.timeoutAt;
      step.isCancelling = false;
      return;
    case 'AttemptRedispatched':
      if (step.token === undefined || event.attempt !== step.attempts) wrong('I4 no such attempt is out');
      dispatch(run, step, change, event);
      return;
    case 'AttemptCancelling':
      if (step.token === undefined) wrong('I4 no attempt is out');
      if (event.why === 'TIMEOUT') checkDue(wrong, step.due, placed);
      step.due = undefined;
      step.isCancelling = true;
      return;
    case 'StepUnsatisfied':
      step.status = 'UNSATISFIED';
      return;
    case 'StepSucceeded':
    case 'RetryScheduled':
    case 'StepFailed':
    case 'StepTimedOut':
    case 'StepStopped':
      endAttempt(run, step, { ...change, event });
  }
}

interface StepEnd extends StepChange {
  readonly event: Extract<
    RunEvent,
    { readonly type: 'StepSucceeded' | 'RetryScheduled' | 'StepFailed' | 'StepTimedOut' | 'StepStopped' }
  >;
}

/** An attempt or a sleep ended, one way or another. */
function endAttempt(run: FoldedRun, step: FoldedStep, { event, placed, defined, wrong }: StepEnd): void {
  const isOut = step.token !== undefined;
  const isExec = step.attempts > 0;
  if (isExec && !isOut && event.type !== 'StepStopped') wrong('I4 a second result of an attempt');
  if (event.type === 'StepSucceeded') {
    if (step.token !== undefined) run.succeeded.push({ step: defined.id, token: step.token });
    else if (step.status === 'RUNNING') checkDue(wrong, step.due, placed);
  }
  step.token = undefined;
  step.due = undefined;
  switch (event.type) {
    case 'StepSucceeded':
      step.status = 'SUCCEEDED';
      return;
    case 'RetryScheduled':
      step.status = 'RETRY_PENDING';
      step.due = event.at;
      return;
    case 'StepFailed':
      step.status = 'FAILED';
      return;
    case 'StepTimedOut':
      step.status = 'TIMED_OUT';
      return;
    case 'StepStopped':
      step.status = 'STOPPED';
      return;
  }
}

function dispatch(
  run: FoldedRun,
  step: FoldedStep,
  { placed, defined }: StepChange,
  event: { readonly type: string; readonly attempt: number; readonly token: string; readonly host: string },
): void {
  step.token = event.token;
  run.dispatches.push({
    attemptId: attemptId(run, defined.id, event.attempt),
    token: event.token,
    host: event.host,
    isAgain: event.type === 'AttemptRedispatched',
    in: placed,
  });
}

/** I5 and the conditions: what must hold when a step has its first event. */
function checkBeginning(run: FoldedRun, { event, defined, wrong }: StepChange): void {
  if (run.isEnding) wrong('I13 after the stop');
  if (run.status !== 'RUNNING') wrong('I5 before its run');
  const needed = defined.needs.map(({ step }) => run.steps[run.definition.steps.findIndex(({ id }) => id === step)]);
  if (!needed.every((step) => step !== undefined && isComplete(step))) wrong('I5 before what it needs');
  const isLed = needed.length === 0 || needed.some((step) => step?.status === 'SUCCEEDED');
  const above = /^n > (\d+)$/.exec(defined.when ?? '')?.[1];
  const isWanted = isLed && (above === undefined || run.n > Number(above));
  if (isWanted !== (event.type !== 'StepUnsatisfied')) wrong('its condition says otherwise');
}

/** I12 */
function checkDue(
  wrong: (what: string) => void,
  due: Milliseconds | undefined,
  { commit, appliedAt }: PlacedCommit,
): void {
  if (due === undefined) wrong('I12 nothing was to be waited for');
  else if (commit.at < due || appliedAt < due - tolerance) wrong(`I12 ${String(due - appliedAt)} ms early`);
}

function isComplete({ status }: FoldedStep): boolean {
  return status === 'SUCCEEDED' || status === 'UNSATISFIED';
}
