// A trigger of a workflow: what it waits for, when it fires next, and what it has done so far.

import { type TriggerDefinition } from '../definition/model.ts';
import { type EntityId, triggerEntity } from '../ids.ts';
import { type Instant } from '../time.ts';
import { delayOf } from './jitter.ts';

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
  readonly lastSkipped?: { readonly from: Instant; readonly to: Instant; readonly count: number };
  /** Why it could not start a run when it last should have. */
  readonly lastRefusal?: { readonly at: Instant; readonly message: string };
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
  | { readonly type: 'TriggerListening'; readonly since: number }
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
    }
  | { readonly type: 'StartRefused'; readonly message: string; readonly nextFire?: Instant };

/** The state after an event; `undefined` before the first. */
export function evolveTrigger(state: TriggerState | undefined, event: TriggerEvent, at: Instant): TriggerState {
  if (event.type === 'TriggerArmed') return armed(state, event, at);
  if (state === undefined) throw new Error(`${event.type} on a trigger that was never armed`);
  switch (event.type) {
    case 'TriggerDisarmed': {
      const { nextFire: _, listeningSince: __, ...rest } = state;
      return { ...rest, armed: false };
    }
    case 'TriggerListening':
      return { ...state, listeningSince: event.since };
    case 'TriggerPaused':
      return { ...state, paused: true };
    case 'TriggerResumed':
      return { ...state, paused: false };
    case 'SignalMatched':
      return { ...state, lastFired: { at, run: event.run }, started: state.started + 1 };
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
        lastSkipped: { from: event.from, to: event.to, count: event.count },
      };
    case 'StartRefused':
      return { ...withNextFire(state, event.nextFire), lastRefusal: { at, message: event.message } };
  }
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
  return definition.kind === 'signal' ? [definition.signal] : [];
}

function armed(
  state: TriggerState | undefined,
  event: Extract<TriggerEvent, { type: 'TriggerArmed' }>,
  at: Instant,
): TriggerState {
  const { lastFired, lastSkipped, lastRefusal } = state ?? {};
  return {
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
    ...(lastFired === undefined ? {} : { lastFired }),
    ...(lastSkipped === undefined ? {} : { lastSkipped }),
    ...(lastRefusal === undefined ? {} : { lastRefusal }),
  };
}

function isSameSource(
  state: TriggerState | undefined,
  definition: TriggerDefinition,
): state is TriggerState & { readonly listeningSince: number } {
  return (
    state?.listeningSince !== undefined &&
    state.definition.kind === 'signal' &&
    definition.kind === 'signal' &&
    state.definition.signal === definition.signal
  );
}

function withNextFire(state: TriggerState, nextFire: Instant | undefined): TriggerState {
  const { nextFire: _, ...rest } = state;
  return nextFire === undefined ? rest : { ...rest, nextFire };
}
