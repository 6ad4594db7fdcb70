// What the log says of one trigger, as happenings; and for how long nobody looked at what was due.

import { type Definition, type TriggerDefinition } from '../definition/model.ts';
import { type EntityId } from '../ids.ts';
import { type EntityEvent } from '../partition/entity.ts';
import { punctual } from '../trigger/catch-up.ts';
import { isSameSchedule } from '../trigger/fire-times.ts';
import { delayOf } from '../trigger/jitter.ts';
import { signalsOf } from '../trigger/trigger.ts';
import { type Instant } from '../time.ts';
import { type Happening, type PastSignal, type Sleep } from './past.ts';

/** One event of the trigger, and the command of its commit, if somebody asked for it. */
export interface LoggedEvent {
  readonly at: Instant;
  readonly event: EntityEvent;
  readonly operation?: string;
}

/** What is needed to understand the events. */
export interface Lookups {
  readonly trigger: EntityId;
  /** The definition of a version of the workflow; undefined if there is none any more. */
  definition(version: number): Definition | undefined;
  signal(id: EntityId): PastSignal | undefined;
}

/** What the log says. */
export interface RecordedPast {
  readonly happenings: readonly Happening[];
  readonly sleeps: readonly Sleep[];
  /** The first time that it dealt with of the schedule that it had at the beginning; undefined if there is none. */
  readonly firstTick?: Instant;
  /** Whether it has that schedule to the end. */
  readonly isUnbroken: boolean;
}

/** Reads the events of one trigger, which come in their order. `armed` is what it was before the first of them, if it was armed. */
export function recordedPast(
  events: readonly LoggedEvent[],
  armed: TriggerDefinition | undefined,
  lookups: Lookups,
): RecordedPast {
  const happenings: Happening[] = [];
  const sleeps: Sleep[] = [];
  const seen = new Set<EntityId>();
  let trigger = armed;
  let firstTick: Instant | undefined;
  let isUnbroken = armed !== undefined;
  events.forEach((logged, place) => {
    if (logged.event.type === 'TriggerArmed') trigger = logged.event.definition;
    isUnbroken &&= !breaks(logged.event, armed);
    happenings.push(...happeningsOf(logged, { trigger, seen, lookups, events, place }));
    const tick = tickOf(logged, trigger, lookups.trigger);
    if (isUnbroken) firstTick ??= tick?.at;
    if (tick?.sleep !== undefined) sleeps.push(tick.sleep);
  });
  return { happenings, sleeps: merged(sleeps), isUnbroken, ...(firstTick === undefined ? {} : { firstTick }) };
}

/** Whether the trigger has not the schedule any more that it had. */
function breaks(event: EntityEvent, armed: TriggerDefinition | undefined): boolean {
  if (event.type === 'TriggerDisarmed') return true;
  return event.type === 'TriggerArmed' && (armed === undefined || !isSameSchedule(armed, event.definition));
}

/** A join has at most so many names; what lies further on is not looked through for when each of them was heard. */
const mostAwaited = 200;

interface Reading {
  readonly events: readonly LoggedEvent[];
  readonly place: number;
  readonly trigger: TriggerDefinition | undefined;
  readonly seen: Set<EntityId>;
  readonly lookups: Lookups;
}

/** What is told of the trigger itself. */
type Told = Extract<
  EntityEvent,
  {
    readonly type:
      'TriggerArmed' | 'TriggerListening' | 'TriggerDisarmed' | 'TriggerPaused' | 'TriggerResumed' | 'PendingDropped';
  }
>;

const told: ReadonlySet<string> = new Set<Told['type']>([
  'TriggerArmed',
  'TriggerListening',
  'TriggerDisarmed',
  'TriggerPaused',
  'TriggerResumed',
  'PendingDropped',
]);

function isTold(event: EntityEvent): event is Told {
  return told.has(event.type);
}

function happeningsOf({ at, event, operation }: LoggedEvent, reading: Reading): readonly Happening[] {
  if (!isTold(event)) return arrivalOf(at, event, reading);
  switch (event.type) {
    case 'TriggerArmed':
      return armedOf(at, event, reading);
    case 'TriggerListening': {
      const name = event.name ?? (reading.trigger === undefined ? undefined : signalsOf(reading.trigger)[0]);
      return name === undefined ? [] : [{ kind: 'LISTENING', at, name, since: event.since }];
    }
    case 'TriggerDisarmed':
      return [{ kind: 'DISARMED', at }];
    case 'TriggerPaused':
      return [{ kind: 'PAUSED', at }];
    case 'TriggerResumed':
      return [{ kind: 'RESUMED', at }];
    case 'PendingDropped':
      return operation === 'ResetTrigger' ? [{ kind: 'RESET', at }] : [];
  }
}

function armedOf(
  at: Instant,
  event: Extract<Told, { readonly type: 'TriggerArmed' }>,
  { lookups, events, place }: Reading,
): readonly Happening[] {
  const definition = lookups.definition(event.version);
  if (definition === undefined) return [];
  const awaited = awaitedIn(event.definition, events.slice(place + 1, place + 1 + mostAwaited));
  const armed: Happening = { kind: 'ARMED', at, definition, trigger: event.definition, awaited };
  // While it was not armed it was not told of pauses.
  return event.paused ? [armed, { kind: 'PAUSED', at }] : [{ kind: 'RESUMED', at }, armed];
}

function arrivalOf(at: Instant, event: EntityEvent, { seen, lookups }: Reading): readonly Happening[] {
  const id = signalIn(event);
  const signal = id === undefined || seen.has(id) ? undefined : lookups.signal(id);
  if (signal === undefined) return [];
  seen.add(signal.id);
  return [{ kind: 'SIGNAL', at, signal }];
}

/** The signal that an event tells the arrival of. */
function signalIn(event: EntityEvent): EntityId | undefined {
  if (!('signal' in event) || typeof event.signal !== 'string') return undefined;
  return event.signal.startsWith('signal:') ? (event.signal as EntityId) : undefined;
}

/** The names that it began to hear after it was armed, before anything of that kind happened again. */
function awaitedIn(trigger: TriggerDefinition, next: readonly LoggedEvent[]): readonly string[] {
  const end = next.findIndex(({ event }) => event.type === 'TriggerArmed' || event.type === 'TriggerDisarmed');
  return next.slice(0, end < 0 ? next.length : end).flatMap(({ event }) => {
    if (event.type !== 'TriggerListening') return [];
    return [event.name ?? signalsOf(trigger)[0] ?? ''];
  });
}

function tickOf(
  { at, event }: LoggedEvent,
  trigger: TriggerDefinition | undefined,
  id: EntityId,
): { readonly at: Instant; readonly sleep?: Sleep } | undefined {
  if (event.type === 'TicksSkipped') {
    return { at: event.from, ...(event.why === undefined ? { sleep: { from: event.from, to: at } } : {}) };
  }
  if (event.type !== 'TickFired') return undefined;
  const due = event.scheduledFor + (trigger === undefined ? 0 : delayOf(id, trigger, event.scheduledFor));
  return { at: event.scheduledFor, ...(at - due > punctual ? { sleep: { from: due, to: at } } : {}) };
}

/** Sleeps that overlap are one. */
function merged(sleeps: readonly Sleep[]): readonly Sleep[] {
  const all: Sleep[] = [];
  for (const sleep of [...sleeps].sort((one, other) => one.from - other.from)) {
    const last = all.at(-1);
    if (last !== undefined && sleep.from <= last.to) {
      all[all.length - 1] = { from: last.from, to: Math.max(last.to, sleep.to) };
    } else all.push(sleep);
  }
  return all;
}

/** Where the log is cut, what a trigger made of its signals tells when it was paused. */
export function pausesFrom(signals: readonly PastSignal[]): readonly Happening[] {
  const happenings: Happening[] = [];
  let paused = false;
  for (const { verdict, publishedAt } of [...signals].sort((one, other) => one.publishedAt - other.publishedAt)) {
    if (verdict === undefined || (verdict.verdict === 'PAUSED') === paused) continue;
    paused = !paused;
    happenings.push({ kind: paused ? 'PAUSED' : 'RESUMED', at: publishedAt });
  }
  return happenings;
}
