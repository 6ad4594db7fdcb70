// Every kind of entity under one roof: its state, its events, and how one changes the other.

import {
  type BackfillBookEvent,
  type BackfillBookState,
  type BackfillEvent,
  type BackfillState,
} from '../backfill/backfill.ts';
import { evolveBackfillKind } from '../backfill/evolve.ts';
import { type BackfillLinesEvent, type BackfillLinesState } from '../backfill/lines.ts';
import { type EntityId } from '../ids.ts';
import { isOpen } from '../run/awaiting.ts';
import { evolveIterations, type IterationsEvent, type IterationsState } from '../run/iterations.ts';
import { evolvePools, type PoolsEvent, type PoolsState } from '../pool/pools.ts';
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
import { evolveSignalQuarantine, type SignalQuarantineEvent, type SignalQuarantineState } from '../signal/refused.ts';
import { evolveSignalShelf, type SignalShelfEvent, type SignalShelfState } from '../signal/shelf.ts';
import { evolveTemplate, type TemplateEvent, type TemplateState } from '../template/template.ts';
import { type Instant } from '../time.ts';
import { type BucketEvent, type BucketState, bucketWake, evolveBucket } from '../trigger/bucket.ts';
import { foldWake } from '../trigger/fold.ts';
import { evolveStartKey, type StartKeyEvent, type StartKeyState } from '../trigger/start-key.ts';
import { dueAt, evolveTrigger, listensTo, type TriggerEvent, type TriggerState } from '../trigger/trigger.ts';
import { evolveWorkflow, type WorkflowEvent, type WorkflowState } from '../workflow/workflow.ts';

/** The state of an entity of any kind; `kind` tells which. */
export type EntityState = (
  | WorkflowState
  | TemplateState
  | QueueState
  | RunState
  | IterationsState
  | TriggerState
  | SignalTypeState
  | SignalShelfState
  | SignalQuarantineState
  | SignalState
  | BucketState
  | StartKeyState
  | PoolsState
  | BackfillKindState
) &
  Quarantinable;

type BackfillKindState = BackfillState | BackfillLinesState | BackfillBookState;

/** Setting an entity aside, and letting it take part again. */
export type QuarantineEvent = { readonly type: 'Quarantined'; readonly reason: string } | { readonly type: 'Released' };

/** An event of an entity of any kind; `type` is unique over all kinds. */
export type EntityEvent =
  | WorkflowEvent
  | TemplateEvent
  | QueueEvent
  | RunEvent
  | IterationsEvent
  | TriggerEvent
  | BucketEvent
  | StartKeyEvent
  | SignalTypeEvent
  | SignalEvent
  | BackfillEvent
  | BackfillLinesEvent
  | BackfillBookEvent
  | SignalShelfEvent
  | SignalQuarantineEvent
  | PoolsEvent
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
    case 'BreakpointSet':
    case 'BreakpointCleared':
    case 'TriggersPaused':
    case 'TriggersResumed':
    case 'PropertiesChanged':
    case 'WorkflowDeleted':
      return evolveWorkflow(state as WorkflowState | undefined, event, at);
    case 'TemplateApplied':
      return evolveTemplate(state as TemplateState | undefined, event, at);
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
    case 'SignalHeld':
    case 'SignalHeard':
    case 'AbsenceFound':
    case 'AbsenceRefused':
    case 'DeadlineMet':
    case 'SignalRejected':
    case 'SignalsJoined':
    case 'JoinRefused':
    case 'SignalsExpired':
    case 'WaitingRejected':
    case 'FoldPutOff':
    case 'PendingDropped':
      return evolveTrigger(state as TriggerState | undefined, event, at);
    case 'BucketFilled':
    case 'BucketTaken':
    case 'BucketStuck':
    case 'BucketPutOff':
    case 'BucketExpired':
    case 'BucketRejected':
      return evolveBucket(state as BucketState | undefined, event, at);
    case 'StartKeyTaken':
      return evolveStartKey(event, at);
    case 'SignalNumbered':
    case 'InterestAdded':
    case 'InterestEnded':
    case 'ShelfFilled':
    case 'ContractApplied':
      return evolveSignalType(state as SignalTypeState | undefined, event, at);
    case 'PublicationRefused':
    case 'PublicationRefusedAgain':
    case 'PublicationRepublished':
    case 'PublicationDismissed':
      return evolveSignalQuarantine(state as SignalQuarantineState | undefined, event, at);
    case 'SignalsShelved':
      return evolveSignalShelf(event);
    case 'SignalPublished':
    case 'VerdictsReceived':
    case 'SignalTaken':
      return evolveSignal(state as SignalState | undefined, event, at);
    case 'BackfillNumbered':
    case 'BackfillBegun':
    case 'BackfillOver':
    case 'LinesPlanned':
    case 'LineStarted':
    case 'LineEnded':
    case 'LineRefused':
    case 'BackfillPlanned':
    case 'BackfillApplied':
    case 'BackfillPaused':
    case 'BackfillResumed':
    case 'BackfillCancelled':
    case 'BackfillRetried':
    case 'BackfillPassed':
    case 'BackfillLineStarted':
    case 'BackfillLineEnded':
    case 'BackfillLineRefused':
    case 'BackfillEnded':
    case 'BackfillExpired':
      return evolveBackfillKind(state as BackfillKindState | undefined, event, at);
    case 'PoolApplied':
    case 'PoolDeleted':
    case 'PermitsAsked':
    case 'PermitsGranted':
    case 'PermitsReturned':
      return evolvePools(state as PoolsState | undefined, event, at);
    case 'IterationRecorded':
    case 'IterationErased':
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
    case 'RunReopened':
    case 'StepKept':
    case 'StepPaused':
    case 'StepResumed':
    case 'StepParamsResolved':
    case 'SignalsAwaited':
    case 'SignalListened':
    case 'SignalFound':
    case 'SignalsBypassed':
    case 'PermitsAwaited':
    case 'PermitsReceived':
    case 'PermitsForgone':
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
    case 'IterationReopened':
    case 'IterationBegunAgain':
    case 'ChildRequested':
    case 'ChildCreated':
    case 'ChildCounted':
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
    case 'backfill':
      return state.status === 'PLANNED' ? { calendar: false, hosts: [], wake: state.expiresAt } : undefined;
    case 'bucket': {
      const wake = bucketWake(state) ?? foldWake(state);
      return wake === undefined ? undefined : { calendar: false, hosts: [], wake };
    }
    case 'workflow':
    case 'template':
    case 'queue':
    case 'backfillLines':
    case 'backfillBook':
    case 'iterations':
    case 'startKey':
    case 'signalType':
    case 'signalShelf':
    case 'signalQuarantine':
    case 'pools':
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
  const listens = awaitedNames(run);
  return {
    calendar: false,
    hosts: [...hosts],
    ...(listens.length === 0 ? {} : { listens }),
    ...(ending.length === 0 ? {} : { ending }),
    ...(wake === undefined ? {} : { wake }),
  };
}

/** The signal names that steps of a run wait for, each once. */
export function awaitedNames(run: RunState): readonly string[] {
  const names = new Set<string>();
  if (isTerminalRun(run.status)) return [];
  for (const { status, awaiting } of run.steps) {
    if (status !== 'WAITING_FOR_SIGNALS') continue;
    for (const signal of awaiting?.signals ?? []) if (isOpen(signal)) names.add(signal.signal);
  }
  return [...names];
}

function nextWake(run: RunState): Instant | undefined {
  if (run.status === 'QUEUED') return run.queueTimeoutAt;
  // While a run is paused or being stopped no try begins, so there is no time to wake for.
  const held = run.status === 'PAUSED' || isEnding(run) ? 'RETRY_PENDING' : undefined;
  let next = run.ending === undefined ? run.timeoutAt : undefined;
  for (const { status, wakeAt } of run.steps) {
    if (wakeAt !== undefined && status !== held && (next === undefined || wakeAt < next)) next = wakeAt;
  }
  return next;
}
