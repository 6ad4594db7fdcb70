// How events change a run's state. No rules here: what may happen is decided in `progress`, `report` and their like.

import { type Instant } from '../time.ts';
import { type RunEvent } from './events.ts';
import { type AttemptState, type RunState, type StepState } from './state.ts';

const fresh: StepState = { status: 'NOT_CREATED', attempts: [], outputs: [], artifacts: [] };

/** The state after an event; `undefined` before the first. */
export function evolveRun(state: RunState | undefined, event: RunEvent, at: Instant): RunState {
  if (event.type === 'RunCreated') {
    const { type: _, stepCount, ...rest } = event;
    return {
      kind: 'run',
      ...rest,
      status: 'QUEUED',
      createdAt: at,
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
    case 'RunEnding':
      return {
        ...state,
        ending: { status: event.status, at, ...(event.actor === undefined ? {} : { actor: event.actor }) },
      };
    case 'RunEnded': {
      const { timeoutAt: _, ...rest } = state;
      return {
        ...rest,
        status: event.status,
        endedAt: at,
        ...(event.failure === undefined ? {} : { failure: event.failure }),
      };
    }
    case 'RunSuperseded':
      return { ...state, superseded: true };
  }
}

function evolveStepOf(run: RunState, event: StepEvent, at: Instant): RunState {
  const step = run.steps[event.step];
  if (step === undefined) throw new Error(`${event.type} of step ${String(event.step)}, which is not there`);
  return { ...run, steps: run.steps.with(event.step, evolveStep(step, event, at)) };
}

type StepEvent = Extract<RunEvent, { readonly step: number }>;

function evolveStep(step: StepState, event: StepEvent, at: Instant): StepState {
  const { wakeAt: _, ...awake } = step;
  switch (event.type) {
    case 'StepSleeping':
      return { ...awake, status: 'RUNNING', startedAt: at, wakeAt: event.until };
    case 'AttemptStarted': {
      const attempt = { number: event.attempt, token: event.token, host: event.host, startedAt: at };
      return {
        ...awake,
        status: 'RUNNING',
        attempts: [...step.attempts, attempt],
        startedAt: step.startedAt ?? at,
        ...(event.timeoutAt === undefined ? {} : { wakeAt: event.timeoutAt }),
      };
    }
    case 'AttemptRedispatched':
      return { ...step, attempts: withLast(step, { token: event.token, host: event.host }) };
    case 'AttemptCancelling':
      return { ...awake, attempts: withLast(step, { cancelling: event.why }) };
    case 'StepSucceeded':
      return {
        ...ended(awake, at),
        status: 'SUCCEEDED',
        outputs: event.outputs ?? [],
        artifacts: event.artifacts ?? [],
      };
    case 'RetryScheduled':
      return {
        ...awake,
        status: 'RETRY_PENDING',
        attempts: withLast(step, { endedAt: at, failure: event.failure }),
        wakeAt: event.at,
      };
    case 'StepFailed':
      return { ...ended(awake, at, { failure: event.failure }), status: 'FAILED', failure: event.failure };
    case 'StepTimedOut':
      return { ...ended(awake, at, { failure: event.failure }), status: 'TIMED_OUT', failure: event.failure };
    case 'StepStopped':
      return { ...ended(awake, at), status: 'STOPPED' };
    case 'StepUnsatisfied':
      return { ...awake, status: 'UNSATISFIED', reason: event.reason, endedAt: at };
  }
}

function ended(step: StepState, at: Instant, change: Partial<AttemptState> = {}): StepState {
  return {
    ...step,
    attempts: step.attempts.at(-1)?.endedAt === undefined ? withLast(step, { endedAt: at, ...change }) : step.attempts,
    startedAt: step.startedAt ?? at,
    endedAt: at,
  };
}

function withLast(step: StepState, change: Partial<AttemptState>): readonly AttemptState[] {
  const last = step.attempts.at(-1);
  return last === undefined ? step.attempts : step.attempts.with(-1, { ...last, ...change });
}
