// A trigger of a workflow: what it waits for, when it fires next, and what it has done so far.

import { type AbsenceTrigger, type ExpectationTrigger, type TriggerDefinition } from '../definition/model.ts';
import { type EntityId, triggerEntity } from '../ids.ts';
import { type Instant } from '../time.ts';
import { isTimed } from '../definition/is-timed.ts';
import { isFolding, keepsSignals } from '../definition/signal-fold.ts';
import { type Absence, type AbsenceEvent, countedFrom, type Deadline, type Missed, missedBy } from './absence.ts';
import { delayOf } from './jitter.ts';
import { isSameDemand } from './keeps-place.ts';
import { addTo, noSignals, type Tally } from './tally.ts';

/** A trigger's state. */
export interface TriggerState {
  readonly kind: 'trigger';
  readonly workflowId: string;
  readonly name: string;
  readonly definition: TriggerDefinition;
  /** The workflow's version that armed it last. */
  readonly version: number;
  /** Armed: it can start runs. A disarmed trigger belongs to no active version. */
  readonly armed: boolean;
  readonly paused: boolean;
  readonly armedAt: Instant;
  /** For signals: the number of the last signal before it began to listen; undefined until the round trip is done. */
  readonly listeningSince?: number;
  /** For times: the next tick that it has not dealt with; it stays while paused, so that `catchUp` decides on resuming. */
  readonly nextFire?: Instant;
  readonly lastFired?: { readonly at: Instant; readonly run: EntityId };
  /** How many runs it has started. */
  readonly started: number;
  /** Ticks that were missed and left out, as its catch-up policy says or since its schedule was changed meanwhile. */
  readonly skipped: number;
  readonly lastSkipped?: {
    readonly from: Instant;
    readonly to: Instant;
    readonly count: number;
    readonly why?: 'SCHEDULE_ENDED';
  };
  /** Why it could not start a run when it last should have. */
  readonly lastRefusal?: { readonly at: Instant; readonly message: string };
  /** What became of the signals that it got, as far as `started` does not tell: see `tallyOf`. Absent: nothing is to be told. */
  readonly tally?: Tally;
  /** For joins: the same as `listeningSince`, for each name that it is heard at. */
  readonly listening?: readonly { readonly name: string; readonly since: number }[];
  /** Where signals wait: how often all that waited was dropped; what waits in buckets of an earlier generation has expired. Absent: 0. */
  readonly generation?: number;
  /** Where signals wait: counts the times that refused starts may be tried again. Absent: 0. */
  readonly round?: number;
  /** Where signals wait: buckets with refused starts of this round, or that were due in a pause, the first of them. */
  readonly stuck?: readonly EntityId[];
  readonly lastExpired?: { readonly at: Instant; readonly count: number; readonly reason: string };
  readonly lastRejected?: { readonly at: Instant; readonly message: string };
  /** On absences: since when it counts. `nextFire` says when it is too long; without that it has been found already. */
  readonly absence?: Absence;
  /** On absences: what was missed last, and whether it has come since. Absent: nothing, or not since this is kept. */
  readonly missed?: Missed;
}

/** An event of a trigger. */
export type TriggerEvent =
  | {
      readonly type: 'TriggerArmed';
      readonly workflowId: string;
      readonly definition: TriggerDefinition;
      readonly version: number;
      readonly paused: boolean;
      readonly nextFire?: Instant;
    }
  | { readonly type: 'TriggerDisarmed' }
  /** `name` is absent for a trigger on one signal. */
  | { readonly type: 'TriggerListening'; readonly since: number; readonly name?: string }
  | { readonly type: 'TriggerPaused' }
  | { readonly type: 'TriggerResumed' }
  | { readonly type: 'SignalMatched'; readonly signal: EntityId; readonly run: EntityId }
  | { readonly type: 'TickFired'; readonly scheduledFor: Instant; readonly run: EntityId; readonly nextFire?: Instant }
  | {
      readonly type: 'TicksSkipped';
      readonly from: Instant;
      readonly to: Instant;
      readonly count: number;
      readonly nextFire?: Instant;
      /** A new version changed or ended the schedule before they were dealt with. Absent: the catch-up policy left them out. */
      readonly why?: 'SCHEDULE_ENDED';
    }
  | { readonly type: 'StartRefused'; readonly message: string; readonly nextFire?: Instant }
  | JoinEvent
  | AbsenceEvent;

/** An event that only triggers have for which signals wait. */
export type JoinEvent =
  /** A signal waits. */
  | { readonly type: 'SignalHeld'; readonly signal: EntityId; readonly bucket: EntityId }
  /** A signal was not taken, though it met every demand. */
  | { readonly type: 'SignalRejected'; readonly signal: EntityId; readonly message: string }
  /** Signals that waited started a run together. */
  | {
      readonly type: 'SignalsJoined';
      readonly signals: readonly EntityId[];
      readonly run: EntityId;
      readonly bucket: EntityId;
    }
  /** They would have, and the run was refused: they wait on. */
  | { readonly type: 'JoinRefused'; readonly message: string; readonly bucket: EntityId }
  /** Signals that waited would have started a run that is not wanted, and are not taken. */
  | {
      readonly type: 'WaitingRejected';
      readonly signals: readonly EntityId[];
      readonly message: string;
      readonly bucket: EntityId;
    }
  | { readonly type: 'SignalsExpired'; readonly count: number; readonly reason: string; readonly bucket: EntityId }
  /** What waits in a bucket that folds was due while the trigger was paused: it is dealt with on resuming. */
  | { readonly type: 'FoldPutOff'; readonly bucket: EntityId }
  /** Everything that waits, in all buckets, has expired at once. */
  | { readonly type: 'PendingDropped'; readonly count: number; readonly reason: string };

/** How many of these buckets are tried again by themselves in a new round. */
const mostStuck = 100;

/** The state after an event; `undefined` before the first. */
export function evolveTrigger(state: TriggerState | undefined, event: TriggerEvent, at: Instant): TriggerState {
  if (event.type === 'TriggerArmed') return armed(state, event, at);
  if (state === undefined) throw new Error(`${event.type} on a trigger that was never armed`);
  switch (event.type) {
    case 'TriggerDisarmed': {
      const { nextFire: _, listeningSince: __, listening: ___, absence: ____, ...rest } = state;
      return { ...rest, armed: false };
    }
    case 'TriggerListening':
      return event.name === undefined
        ? counting({ ...state, listeningSince: event.since }, at)
        : { ...state, listening: [...(state.listening ?? []), { name: event.name, since: event.since }] };
    case 'TriggerPaused':
      return { ...state, paused: true };
    case 'TriggerResumed':
      return counting({ ...newRound(state), paused: false }, at);
    case 'SignalMatched':
      return {
        ...('slots' in state.definition ? counted(state, { delivered: 1, consumed: 1 }) : state),
        lastFired: { at, run: event.run },
        started: state.started + 1,
      };
    case 'TickFired':
      return {
        ...withNextFire(state, event.nextFire),
        lastFired: { at: event.scheduledFor, run: event.run },
        started: state.started + 1,
      };
    case 'TicksSkipped':
      return {
        ...withNextFire(state, event.nextFire),
        skipped: state.skipped + event.count,
        lastSkipped: {
          from: event.from,
          to: event.to,
          count: event.count,
          ...(event.why === undefined ? {} : { why: event.why }),
        },
      };
    case 'StartRefused': {
      const after = isTimed(state.definition) ? state : counted(state, { delivered: 1, rejected: 1 });
      return { ...withNextFire(after, event.nextFire), lastRefusal: { at, message: event.message } };
    }
    case 'SignalHeard':
    case 'AbsenceFound':
    case 'AbsenceRefused':
    case 'DeadlineMet':
      return afterAbsence(state, event, at);
    case 'SignalHeld':
    case 'SignalRejected':
    case 'SignalsJoined':
    case 'JoinRefused':
    case 'WaitingRejected':
    case 'SignalsExpired':
    case 'FoldPutOff':
    case 'PendingDropped':
      return afterJoin(state, event, at);
  }
}

function afterAbsence(state: TriggerState, event: AbsenceEvent, at: Instant): TriggerState {
  switch (event.type) {
    case 'SignalHeard': {
      const last = { signal: event.signal, at };
      const { missed } = state;
      const after = counting(counted(state, { delivered: 1, consumed: 1 }), at, { ...state.absence, last });
      if (missed === undefined || missed.resolved !== undefined) return after;
      return { ...after, missed: { ...missed, resolved: last } };
    }
    case 'AbsenceFound':
      return { ...afterMissing(state, event, at), lastFired: { at, run: event.run }, started: state.started + 1 };
    case 'AbsenceRefused':
      return { ...afterMissing(state, event, at), lastRefusal: { at, message: event.message } };
    case 'DeadlineMet':
      return afterDeadline(state, event);
  }
}

function afterJoin(state: TriggerState, event: JoinEvent, at: Instant): TriggerState {
  switch (event.type) {
    case 'SignalHeld':
      return counted(state, { delivered: 1, pending: 1 });
    case 'SignalRejected':
      return { ...counted(state, { delivered: 1, rejected: 1 }), lastRejected: { at, message: event.message } };
    case 'SignalsJoined': {
      const { length } = event.signals;
      return {
        ...counted(state, { consumed: length, pending: -length }),
        lastFired: { at, run: event.run },
        started: state.started + 1,
      };
    }
    case 'WaitingRejected': {
      const { length } = event.signals;
      const after = counted(state, { rejected: length, pending: -length });
      return { ...after, lastRejected: { at, message: event.message } };
    }
    case 'JoinRefused':
      return { ...withStuck(state, event.bucket), lastRefusal: { at, message: event.message } };
    case 'FoldPutOff':
      return withStuck(state, event.bucket);
    case 'SignalsExpired':
    case 'PendingDropped': {
      const { count, reason, type } = event;
      const after = counted(state, { expired: count, pending: -count });
      const expired = { ...after, lastExpired: { at, count, reason } };
      return type === 'SignalsExpired' ? expired : { ...withoutStuck(expired), generation: generationOf(state) + 1 };
    }
  }
}

/** What became of the signals that a trigger got. Of one that hears a single signal each run has consumed one. */
export function tallyOf({ definition, tally = noSignals, started }: TriggerState): Tally {
  if (definition.kind !== 'signal' || isFolding(definition)) return tally;
  return { ...noSignals, delivered: started + tally.rejected, consumed: started, rejected: tally.rejected };
}

/** Which generation of buckets counts. */
export function generationOf({ generation }: Pick<TriggerState, 'generation'>): number {
  return generation ?? 0;
}

/** The number of the last signal of that name before the trigger began to hear it; undefined if it does not hear it (yet). */
export function heardSince({ definition, listeningSince, listening }: TriggerState, name: string): number | undefined {
  if ('slots' in definition) return listening?.find((one) => one.name === name)?.since;
  return 'signal' in definition && definition.signal === name ? listeningSince : undefined;
}

/** Whether a trigger hears every signal that it listens to. */
export function isHearing(state: TriggerState): boolean {
  return signalsOf(state.definition).every((name) => heardSince(state, name) !== undefined);
}

function counted(state: TriggerState, change: Partial<Tally>): TriggerState {
  return { ...state, tally: addTo(state.tally ?? noSignals, change) };
}

function newRound(state: TriggerState): TriggerState {
  return keepsSignals(state.definition) ? { ...withoutStuck(state), round: (state.round ?? 0) + 1 } : state;
}

function withStuck(state: TriggerState, bucket: EntityId): TriggerState {
  return { ...state, stuck: [...new Set([...(state.stuck ?? []), bucket])].slice(0, mostStuck) };
}

function withoutStuck(state: TriggerState): TriggerState {
  const { stuck: _, ...rest } = state;
  return rest;
}

/** When a trigger has to be woken for a tick: at its time, or a little later if it has a `jitter`. */
export function dueAt({ workflowId, name, definition }: TriggerState, tick: Instant): Instant {
  return tick + delayOf(triggerEntity(workflowId, name), definition, tick);
}

/** The signal names that a trigger listens to: none if it is not armed or waits for times. */
export function listensTo(state: TriggerState): readonly string[] {
  return state.armed ? signalsOf(state.definition) : [];
}

/** The signal names that matter to a trigger, each once. */
export function signalsOf(definition: TriggerDefinition): readonly string[] {
  if ('slots' in definition) return [...new Set(definition.slots.map(({ signal }) => signal))];
  return 'signal' in definition ? [definition.signal] : [];
}

function armed(
  state: TriggerState | undefined,
  event: Extract<TriggerEvent, { type: 'TriggerArmed' }>,
  at: Instant,
): TriggerState {
  const { lastFired, lastSkipped, lastRefusal } = state ?? {};
  const kept = state === undefined ? {} : keptOf(state, event.definition);
  return {
    ...kept,
    kind: 'trigger',
    workflowId: event.workflowId,
    name: event.definition.name,
    definition: event.definition,
    version: event.version,
    armed: true,
    paused: event.paused,
    armedAt: at,
    started: state?.started ?? 0,
    skipped: state?.skipped ?? 0,
    ...(isSameSource(state, event.definition) ? { listeningSince: state.listeningSince } : {}),
    ...(event.nextFire === undefined ? {} : { nextFire: event.nextFire }),
    ...absenceAfter(state, event.definition, at),
    ...(lastFired === undefined ? {} : { lastFired }),
    ...(lastSkipped === undefined ? {} : { lastSkipped }),
    ...(lastRefusal === undefined ? {} : { lastRefusal }),
  };
}

/** What goes over to a new definition: the counts, and for a join the names at which it is heard already. */
function keptOf(state: TriggerState, definition: TriggerDefinition): Partial<TriggerState> {
  const { tally, generation, round = 0, lastExpired, lastRejected } = state;
  const names = signalsOf(definition);
  const listening = 'slots' in definition ? state.listening?.filter(({ name }) => names.includes(name)) : undefined;
  return {
    ...(tally === undefined || isCounted(state.definition) !== isCounted(definition) ? {} : { tally }),
    ...(generation === undefined ? {} : { generation }),
    ...(keepsSignals(definition) ? { round: round + 1 } : {}),
    ...(listening === undefined ? {} : { listening }),
    ...(lastExpired === undefined ? {} : { lastExpired }),
    ...(lastRejected === undefined ? {} : { lastRejected }),
  };
}

/** Whether every signal is counted by itself, and not told by the runs. */
function isCounted(definition: TriggerDefinition): boolean {
  return keepsSignals(definition) || definition.kind === 'absent' || definition.kind === 'expected';
}

/** On absences: it counts from now. Before it listens it would count what it could not have heard. */
function counting(state: TriggerState, at: Instant, known: Partial<Absence> = state.absence ?? {}): TriggerState {
  const { definition, listeningSince } = state;
  if (!isOnAbsence(definition) || listeningSince === undefined) return state;
  return { ...state, ...countedFrom(definition, at, known) };
}

/** A time by which a signal had to come, or the end of the wait for it, has been dealt with. */
function afterDeadline(state: TriggerState, { by, nextFire }: Deadline): TriggerState {
  const { absence } = state;
  const checked = absence === undefined || by === undefined ? {} : { absence: { ...absence, checked: by } };
  return { ...withNextFire(state, nextFire), ...checked };
}

function afterMissing(
  state: TriggerState,
  event: Extract<AbsenceEvent, { type: 'AbsenceFound' | 'AbsenceRefused' }>,
  at: Instant,
): TriggerState {
  const after = afterDeadline(state, event);
  return isOnAbsence(state.definition) ? { ...after, missed: missedBy(state.definition, event, at) } : after;
}

function isOnAbsence(definition: TriggerDefinition): definition is AbsenceTrigger | ExpectationTrigger {
  return definition.kind === 'absent' || definition.kind === 'expected';
}

/** What goes over to a new definition on absences; if it does not listen yet, it counts once it does. */
function absenceAfter(
  state: TriggerState | undefined,
  definition: TriggerDefinition,
  at: Instant,
): Pick<TriggerState, 'absence' | 'nextFire' | 'missed'> {
  if (!isOnAbsence(definition) || !isSameSource(state, definition)) return {};
  const { absence, nextFire, definition: before } = state;
  const missed = state.missed === undefined ? {} : { missed: state.missed };
  const isSame = before.kind === definition.kind && 'signal' in before && isSameDemand(before, definition);
  if (!isSame || absence === undefined) return countedFrom(definition, at, {});
  return { ...missed, ...(nextFire === undefined ? { absence } : countedFrom(definition, absence.since, absence)) };
}

function isSameSource(
  state: TriggerState | undefined,
  definition: TriggerDefinition,
): state is TriggerState & { readonly listeningSince: number } {
  return (
    state?.listeningSince !== undefined &&
    'signal' in state.definition &&
    'signal' in definition &&
    state.definition.signal === definition.signal
  );
}

function withNextFire(state: TriggerState, nextFire: Instant | undefined): TriggerState {
  const { nextFire: _, ...rest } = state;
  return nextFire === undefined ? rest : { ...rest, nextFire };
}
