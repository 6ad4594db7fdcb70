// Every kind of entity under one roof: its state, its events, and how one changes the other.

import { type EntityId } from '../ids.ts';
import { evolveIterations, type IterationsEvent, type IterationsState } from '../run/iterations.ts';
import { type Quarantinable } from '../quarantine.ts';
import { evolveQueue, type QueueEvent, type QueueState } from '../queue/queue.ts';
import { evolveRun } from '../run/evolve.ts';
import { type RunEvent } from '../run/events.ts';
import { isEnding, isTerminalRun, openAttempt, type RunState } from '../run/state.ts';
import {
  evolveSignal,
  evolveSignalType,
  type SignalEvent,
  type SignalState,
  type SignalTypeEvent,
  type SignalTypeState,
} from '../signal/signal.ts';
import { type Instant } from '../time.ts';
import { dueAt, evolveTrigger, listensTo, type TriggerEvent, type TriggerState } from '../trigger/trigger.ts';
import { evolveWorkflow, type WorkflowEvent, type WorkflowState } from '../workflow/workflow.ts';

/** The state of an entity of any kind; `kind` tells which. */
export type EntityState = (
  WorkflowState | QueueState | RunState | IterationsState | TriggerState | SignalTypeState | SignalState
) &
  Quarantinable;

/** Setting an entity aside, and letting it take part again. */
export type QuarantineEvent = { readonly type: 'Quarantined'; readonly reason: string } | { readonly type: 'Released' };

/** An event of an entity of any kind; `type` is unique over all kinds. */
export type EntityEvent =
  | WorkflowEvent
  | QueueEvent
  | RunEvent
  | IterationsEvent
  | TriggerEvent
  | SignalTypeEvent
  | SignalEvent
  | QuarantineEvent;

/** An event with the entity it happened to; `version` counts that entity's events from 1. */
export interface RecordedEvent {
  readonly entity: EntityId;
  readonly version: number;
  readonly event: EntityEvent;
}

/** What a living entity waits for: kept in memory for all of them, so that opening a partition need not load states. */
export interface Directory {
  /** The earliest time at which it wants a `Wake`. */
  readonly wake?: Instant;
  /** Whether that time is on the calendar (a tick) rather than a timer of a run. */
  readonly calendar: boolean;
  /** Incarnations on which attempts of it run. */
  readonly hosts: readonly string[];
  /** Attempts that were told to end and have not yet: they are told again, since a message can be lost. */
  readonly ending?: readonly { readonly host: string; readonly token: string }[];
  /** The signal names it listens to. Absent: none. */
  readonly listens?: readonly string[];
}

/** The state after an event: the only way that state changes. No rules; never fails on an event that was written. */
export function evolve(state: EntityState | undefined, event: EntityEvent, at: Instant): EntityState {
  if (event.type === 'Quarantined') return { ...existing(state), quarantine: { reason: event.reason, at } };
  if (event.type === 'Released') {
    const { quarantine: _, ...released } = existing(state);
    return released;
  }
  return evolveKind(state, event, at);
}

function existing(state: EntityState | undefined): EntityState {
  if (state === undefined) throw new Error('an entity that is not there cannot be set aside');
  return state;
}

// eslint-disable-next-line max-lines-per-function -- a table: one line for each event there is
function evolveKind(
  state: EntityState | undefined,
  event: Exclude<EntityEvent, QuarantineEvent>,
  at: Instant,
): EntityState {
  switch (event.type) {
    case 'VersionApplied':
    case 'VersionActivated':
    case 'TriggersPaused':
    case 'TriggersResumed':
      return evolveWorkflow(state as WorkflowState | undefined, event, at);
    case 'QueueLimited':
    case 'RunQueued':
    case 'RunAdmitted':
    case 'RunLeft':
    case 'QueueUnblocked':
      return evolveQueue(state as QueueState | undefined, event, at);
    case 'TriggerArmed':
    case 'TriggerDisarmed':
    case 'TriggerListening':
    case 'TriggerPaused':
    case 'TriggerResumed':
    case 'SignalMatched':
    case 'TickFired':
    case 'TicksSkipped':
    case 'StartRefused':
      return evolveTrigger(state as TriggerState | undefined, event, at);
    case 'SignalNumbered':
    case 'InterestAdded':
    case 'InterestEnded':
      return evolveSignalType(state as SignalTypeState | undefined, event);
    case 'SignalPublished':
    case 'VerdictsReceived':
      return evolveSignal(state as SignalState | undefined, event, at);
    case 'IterationRecorded':
    case 'IterationsKept':
      return evolveIterations(state as IterationsState | undefined, event);
    case 'RunCreated':
    case 'RunStarted':
    case 'RunPaused':
    case 'RunResumed':
    case 'RunEnding':
    case 'RunFinishing':
    case 'RunEnded':
    case 'RunSuperseded':
    case 'StepKept':
    case 'StepParamsResolved':
    case 'StepSleeping':
    case 'StepSucceeded':
    case 'StepCompletedWithError':
    case 'StepSkipped':
    case 'StepRetried':
    case 'StepFailed':
    case 'StepTimedOut':
    case 'StepStopped':
    case 'StepUnsatisfied':
    case 'AttemptStarted':
    case 'AttemptRedispatched':
    case 'AttemptCancelling':
    case 'RetryScheduled':
    case 'LoopStarted':
    case 'IterationsStarted':
    case 'IterationEnded':
    case 'ChildRequested':
    case 'ChildCreated':
      return evolveRun(state as RunState | undefined, event, at);
  }
}

/** What an entity waits for; undefined if it waits for nothing and may leave memory for good. */
export function directoryOf(state: EntityState): Directory | undefined {
  if (state.quarantine !== undefined) return undefined;
  switch (state.kind) {
    case 'run':
      return isTerminalRun(state.status) ? undefined : runDirectory(state);
    case 'trigger': {
      if (!state.armed) return undefined;
      const listens = listensTo(state);
      return {
        calendar: true,
        hosts: [],
        ...(state.nextFire === undefined || state.paused ? {} : { wake: dueAt(state, state.nextFire) }),
        ...(listens.length === 0 ? {} : { listens }),
      };
    }
    case 'workflow':
    case 'queue':
    case 'iterations':
    case 'signalType':
    case 'signal':
      return undefined;
  }
}

function runDirectory(run: RunState): Directory {
  const hosts = new Set<string>();
  const ending: { readonly host: string; readonly token: string }[] = [];
  for (const step of run.steps) {
    const { host, token, cancelling } = openAttempt(step) ?? {};
    if (host === undefined || token === undefined) continue;
    hosts.add(host);
    if (cancelling !== undefined) ending.push({ host, token });
  }
  const wake = nextWake(run);
  return {
    calendar: false,
    hosts: [...hosts],
    ...(ending.length === 0 ? {} : { ending }),
    ...(wake === undefined ? {} : { wake }),
  };
}

function nextWake(run: RunState): Instant | undefined {
  // While a run is paused or being stopped no try begins, so there is no time to wake for.
  const held = run.status === 'PAUSED' || isEnding(run) ? 'RETRY_PENDING' : undefined;
  let next = run.ending === undefined ? run.timeoutAt : undefined;
  for (const { status, wakeAt } of run.steps) {
    if (wakeAt !== undefined && status !== held && (next === undefined || wakeAt < next)) next = wakeAt;
  }
  return next;
}
