// How events change a run's state. No rules here: what may happen is decided in `progress`, `report` and their like.

import { type Instant } from '../time.ts';
import { evolveReturn, reopen, withoutWaiting } from './evolve-again.ts';
import { type AwaitingEvent, evolveAwaiting } from './awaiting.ts';
import { type RunEvent } from './events.ts';
import { evolvePermits, withoutIdlePermits } from './permits.ts';
import { type AttemptState, type LoopState, type RunState, type StepState } from './state.ts';
import { addTally, readTally, writeTally } from './tally.ts';

const fresh: StepState = { status: 'NOT_CREATED', attempts: [], outputs: [], artifacts: [] };

/** The state after an event; `undefined` before the first. */
export function evolveRun(state: RunState | undefined, event: RunEvent, at: Instant): RunState {
  if (event.type === 'RunCreated') {
    const { type: _, stepCount, waits, ...rest } = event;
    const begins = event.cause.kind === 'LOOP' && waits !== true;
    return {
      kind: 'run',
      ...rest,
      status: begins ? 'RUNNING' : 'QUEUED',
      createdAt: at,
      ...(begins ? { startedAt: at } : {}),
      steps: Array.from({ length: stepCount }, () => fresh),
      superseded: false,
    };
  }
  if (state === undefined) throw new Error(`${event.type} in a run that was never created`);
  if ('step' in event) return evolveStepOf(state, event, at);
  switch (event.type) {
    case 'RunStarted':
      return {
        ...state,
        status: 'RUNNING',
        startedAt: at,
        ...(event.timeoutAt === undefined ? {} : { timeoutAt: event.timeoutAt }),
      };
    case 'RunPaused':
      return { ...state, status: 'PAUSED' };
    case 'RunResumed':
      return { ...state, status: 'RUNNING' };
    case 'RunEnding': {
      const { type: _, ...ending } = event;
      return { ...state, ending: { ...ending, at } };
    }
    case 'RunFinishing': {
      const { timeoutAt: _, ...rest } = state;
      const { type: __, ...finishing } = event;
      return { ...rest, status: 'RUNNING', finishing };
    }
    case 'RunEnded': {
      const { timeoutAt: _, finishing: __, ...rest } = state;
      return {
        ...rest,
        status: event.status,
        endedAt: at,
        ...(event.failure === undefined ? {} : { failure: event.failure }),
      };
    }
    case 'RunSuperseded':
      return { ...state, superseded: true };
    case 'RunReopened':
      return reopen(state, event, at);
  }
}

function evolveStepOf(run: RunState, event: StepEvent, at: Instant): RunState {
  const step = run.steps[event.step];
  if (step === undefined) throw new Error(`${event.type} of step ${String(event.step)}, which is not there`);
  const only = event.type === 'StepRetried' && event.only !== undefined ? { only: event.only } : {};
  return { ...run, ...only, steps: run.steps.with(event.step, withoutIdlePermits(evolveStep(step, event, at))) };
}

type StepEvent = Extract<RunEvent, { readonly step: number }>;

function evolveStep(step: StepState, event: StepEvent, at: Instant): StepState {
  const { wakeAt: _, ...awake } = step;
  switch (event.type) {
    case 'StepPaused':
      return { ...awake, status: 'PAUSED', breakpoint: { by: event.by, at } };
    case 'StepResumed':
      return { ...awake, status: 'NOT_CREATED', ...passed(step) };
    case 'StepParamsResolved':
      return { ...step, params: event.params };
    case 'SignalsAwaited':
    case 'SignalListened':
    case 'SignalFound':
    case 'SignalsBypassed':
      return evolveWait(step, event, at);
    case 'PermitsAwaited':
    case 'PermitsReceived':
    case 'PermitsForgone':
      return evolvePermits(step, event, at);
    case 'StepSleeping':
      return { ...withoutBreakpoint(awake), status: 'RUNNING', startedAt: at, wakeAt: event.until };
    case 'AttemptStarted':
      return begun(awake, event, at, { token: event.token, host: event.host });
    case 'AttemptRedispatched':
      return { ...step, attempts: withLast(step, { token: event.token, host: event.host }) };
    case 'AttemptCancelling':
      return { ...awake, attempts: withLast(step, { cancelling: event.why }) };
    case 'LoopStarted':
    case 'IterationsStarted':
    case 'IterationEnded':
    case 'IterationReopened':
    case 'IterationBegunAgain':
      return evolveLoop(step, event, at);
    case 'ChildRequested':
    case 'ChildCreated':
    case 'ChildCounted':
      return evolveChild(step, event, at);
    case 'RetryScheduled':
      return {
        ...awake,
        status: 'RETRY_PENDING',
        attempts: withLast(step, { endedAt: at, failure: event.failure }),
        wakeAt: event.at,
      };
    case 'StepRetried': {
      const { failure: __, endedAt: ___, within: ____, ...again } = awake;
      return { ...again, status: 'NOT_CREATED', ...(event.within === undefined ? {} : { within: event.within }) };
    }
    case 'StepKept':
      return { ...step, ...event.state };
    case 'StepSucceeded':
    case 'StepFailed':
    case 'StepTimedOut':
    case 'StepCompletedWithError':
    case 'StepStopped':
    case 'StepSkipped':
    case 'StepUnsatisfied':
      return evolveEnd(awake, event, at);
  }
}

function evolveWait(step: StepState, event: AwaitingEvent, at: Instant): StepState {
  const awaiting = evolveAwaiting(step.awaiting, event, at);
  if (event.type !== 'SignalsAwaited') return { ...step, awaiting };
  const { wakeAt: _, keptFrom: __, keptFromRun: ___, ...own } = withoutBreakpoint(step);
  return {
    ...own,
    awaiting,
    status: 'WAITING_FOR_SIGNALS',
    startedAt: step.startedAt ?? at,
    ...(event.until === undefined ? {} : { wakeAt: event.until }),
  };
}

type ChildEvent = Extract<StepEvent, { readonly type: 'ChildRequested' | 'ChildCreated' | 'ChildCounted' }>;

function evolveChild(step: StepState, event: ChildEvent, at: Instant): StepState {
  if (event.type === 'ChildRequested') {
    const { wakeAt: _, ...awake } = step;
    const before = step.child?.workflowId === event.workflowId ? (step.child.run ?? step.child.before) : undefined;
    return {
      ...begun(awake, event, at),
      child: { workflowId: event.workflowId, ...(before === undefined ? {} : { before }) },
    };
  }
  if (step.child === undefined) return step;
  if (event.type === 'ChildCounted') return { ...step, child: { ...step.child, leaves: event.leaves } };
  const { before: _, ...child } = step.child;
  return { ...step, child: { ...child, run: event.run } };
}

type LoopEvent = Extract<StepEvent, { readonly type: `Loop${string}` | `Iteration${string}` }>;

function evolveLoop(step: StepState, event: LoopEvent, at: Instant): StepState {
  if (event.type === 'IterationReopened' || event.type === 'IterationBegunAgain') return evolveReturn(step, event);
  if (event.type === 'LoopStarted') {
    const { type: _, step: __, attempt, timeoutAt, ...loop } = event;
    const { wakeAt: ___, ...awake } = step;
    return {
      ...begun(awake, { attempt, ...(timeoutAt === undefined ? {} : { timeoutAt }) }, at),
      loop: { ...loop, next: 0, running: [], ended: { SUCCEEDED: 0, FAILED: 0, STOPPED: 0, TIMED_OUT: 0 } },
    };
  }
  const { loop } = step;
  if (loop === undefined) throw new Error(`${event.type} of a loop that has not begun`);
  if (event.type === 'IterationsStarted') {
    return { ...step, loop: launched(loop, event) };
  }
  return {
    ...step,
    loop: {
      ...withoutWaiting(loop, event.index),
      running: loop.running.filter((index) => index !== event.index),
      ended: { ...loop.ended, [event.status]: loop.ended[event.status] + 1 },
      ...counted(loop, event.leaves),
      ...(event.values === undefined ? {} : { values: event.values }),
      ...(event.message === undefined || loop.firstBad !== undefined
        ? {}
        : { firstBad: { index: event.index, message: event.message } }),
    },
  };
}

function launched(loop: LoopState, event: Extract<LoopEvent, { readonly type: 'IterationsStarted' }>): LoopState {
  const { SUCCEEDED, FAILED, STOPPED, TIMED_OUT } = loop.ended;
  const { kept = 0, keptBad = {}, firstBad } = event;
  const bad = Object.values(keptBad).reduce((sum, count) => sum + count, loop.keptBad ?? 0);
  return {
    ...loop,
    next: event.next,
    running: [...loop.running, ...event.indexes],
    ended: {
      SUCCEEDED: SUCCEEDED + kept,
      FAILED: FAILED + (keptBad.FAILED ?? 0),
      STOPPED: STOPPED + (keptBad.STOPPED ?? 0),
      TIMED_OUT: TIMED_OUT + (keptBad.TIMED_OUT ?? 0),
    },
    ...counted(loop, event.leaves),
    ...(firstBad === undefined || loop.firstBad !== undefined ? {} : { firstBad }),
    ...(bad === 0 ? {} : { keptBad: bad }),
  };
}

/** What the steps of iterations came to, with those of some more; what ended before anything was counted is remembered. */
function counted(loop: LoopState, leaves: string | undefined): Pick<LoopState, 'leaves' | 'uncounted'> {
  if (leaves === undefined) return {};
  if (loop.leaves !== undefined) return { leaves: writeTally(addTally(readTally(loop.leaves), readTally(leaves))) };
  const before = Object.values(loop.ended).some((count) => count > 0);
  return before ? { leaves, uncounted: loop.ended } : { leaves };
}

type EndEvent = Extract<
  StepEvent,
  {
    readonly type:
      | 'StepSucceeded'
      | 'StepFailed'
      | 'StepTimedOut'
      | 'StepCompletedWithError'
      | 'StepStopped'
      | 'StepSkipped'
      | 'StepUnsatisfied';
  }
>;

function evolveEnd(step: StepState, event: EndEvent, at: Instant): StepState {
  switch (event.type) {
    case 'StepSucceeded':
      return {
        ...ended(step, at),
        status: 'SUCCEEDED',
        outputs: event.outputs ?? [],
        artifacts: event.artifacts ?? [],
      };
    case 'StepFailed':
      return { ...ended(step, at, { failure: event.failure }), status: 'FAILED', failure: event.failure };
    case 'StepTimedOut':
      return { ...ended(step, at, { failure: event.failure }), status: 'TIMED_OUT', failure: event.failure };
    case 'StepCompletedWithError':
      return { ...ended(step, at, { failure: event.failure }), status: 'COMPLETED_WITH_ERROR', failure: event.failure };
    case 'StepStopped':
      return { ...ended(step, at), status: 'STOPPED' };
    case 'StepSkipped':
      return { ...ended(step, at), status: 'SKIPPED' };
    case 'StepUnsatisfied':
      return { ...step, status: 'UNSATISFIED', reason: event.reason, endedAt: at };
  }
}

/** A further attempt begins; what leaves the engine has a token and a host. */
function begun(
  step: StepState,
  event: { readonly attempt: number; readonly timeoutAt?: Instant },
  at: Instant,
  place: Pick<AttemptState, 'token' | 'host'> = {},
): StepState {
  // What a restart kept for it to go on with is now this attempt's own.
  const { keptFrom: _, keptFromRun: __, within: ___, ...own } = withoutBreakpoint(step);
  return {
    ...own,
    status: 'RUNNING',
    attempts: [...step.attempts, { number: event.attempt, ...place, startedAt: at }],
    startedAt: step.startedAt ?? at,
    ...(event.timeoutAt === undefined ? {} : { wakeAt: event.timeoutAt }),
  };
}

function ended(step: StepState, at: Instant, change: Partial<AttemptState> = {}): StepState {
  const { within: _, ...rest } = withoutBreakpoint(step);
  return {
    ...rest,
    attempts: step.attempts.at(-1)?.endedAt === undefined ? withLast(step, { endedAt: at, ...change }) : step.attempts,
    startedAt: step.startedAt ?? at,
    endedAt: at,
  };
}

function passed({ breakpoint }: StepState): Pick<StepState, 'breakpoint'> {
  return breakpoint === undefined ? {} : { breakpoint: { ...breakpoint, passed: true } };
}

function withoutBreakpoint({ breakpoint: _, ...step }: StepState): StepState {
  return step;
}

function withLast(step: StepState, change: Partial<AttemptState>): readonly AttemptState[] {
  const last = step.attempts.at(-1);
  return last === undefined ? step.attempts : step.attempts.with(-1, { ...last, ...change });
}
