// Joins: a signal that meets what a slot demands is put into the bucket of its key, and what is complete there starts a run.
// No signal is ever lost: each that a trigger gets is consumed, waits, has expired or was rejected, and is counted so.

import { type JoinTrigger } from '../../definition/model.ts';
import { isFolding } from '../../definition/signal-fold.ts';
import { bucketEntity, type EntityId, nameOf } from '../../ids.ts';
import { type Entry, type Json } from '../../json.ts';
import { type JoinedSignal } from '../../run/state.ts';
import { type TriggerVerdict } from '../../signal/signal.ts';
import { type Instant } from '../../time.ts';
import { type Candidate, expiryOf, mostCandidates, mostWeight, weightOf, type Window } from '../../trigger/bucket.ts';
import {
  completeSet,
  expiredOf,
  type Filling,
  missingSlots,
  placeInSequence,
  slotsFor,
  windowOf,
} from '../../trigger/join.ts';
import { missingSignals } from '../../trigger/pending.ts';
import { generationOf, type TriggerState } from '../../trigger/trigger.ts';
import { type Message } from '../message.ts';
import { startFolded, wakeFolded } from './fold-signals.ts';
import { type Occasion } from './occasion.ts';
import { startOnSignals } from './start-on-signals.ts';
import { type Turn } from '../turn.ts';
import {
  candidatesIn,
  keyFor,
  notStarted,
  ownerOf,
  rejectSignal as reject,
  startWaiting,
  type Work,
} from './waiting.ts';

interface Arrival {
  readonly definition: JoinTrigger;
  readonly signal: Extract<Message, { type: 'SignalArrived' }>;
}

/** Lets a trigger on several signals judge one that has arrived. */
export function judgeJoin(turn: Turn, id: EntityId, trigger: TriggerState, arrival: Arrival): TriggerVerdict {
  const { definition, signal } = arrival;
  const occurredAt = signal.occurredAt ?? turn.circumstances.now;
  const fits = slotsFor(definition, { ...signal, occurredAt });
  if ('clause' in fits) return { trigger: id, verdict: 'UNMET', ...fits };
  if (definition.kind === 'any') return startOnAny(turn, id, trigger, { ...arrival, slot: fits[0] ?? 0 });
  const names = definition.slots[fits[0] ?? 0]?.joinOn ?? [];
  const place = keyFor(turn, id, signal, { names, how: 'joined' });
  if ('fault' in place) return place.fault;
  const work = { turn, bucket: bucketEntity(trigger.workflowId, trigger.name, place.text), trigger: id };
  return put(work, trigger, { ...arrival, key: place.key, fits, occurredAt });
}

/** Starts whatever is complete in a bucket: after its trigger has begun a new round, refused starts are tried once more. */
export function retryBucket(turn: Turn, bucket: EntityId): void {
  const found = ownerOf(turn, bucket);
  if (found === undefined || !found.trigger.armed || found.trigger.paused) return;
  if (isFolding(found.trigger.definition)) startFolded(turn, bucket, found);
  else startComplete({ turn, bucket, trigger: found.id }, found.trigger);
}

/** A bucket's time has come: nothing can join some of its signals any more, or what it folds starts a run. */
export function wakeBucket(turn: Turn, bucket: EntityId): void {
  const found = ownerOf(turn, bucket);
  if (found === undefined) return;
  const { state, trigger, id } = found;
  if (!trigger.armed || state.generation !== generationOf(trigger)) {
    // They were counted as expired when their generation ended.
    turn.emit(bucket, { type: 'BucketExpired', arrivals: state.candidates.map(({ arrival }) => arrival) });
  } else if (isFolding(trigger.definition)) wakeFolded(turn, bucket, found);
  else dropExpired({ turn, bucket, trigger: id }, trigger);
}

function startOnAny(
  turn: Turn,
  id: EntityId,
  trigger: TriggerState,
  { definition, signal, slot }: Arrival & { readonly slot: number },
): TriggerVerdict {
  const as = definition.slots[slot]?.as ?? '';
  const run = startOnSignals(turn, trigger, {
    last: signal,
    joined: [{ as, name: signal.name, signal: nameOf(signal.signal), params: signal.params }],
    unfilled: definition.slots.map((other) => other.as).filter((name) => name !== as),
  });
  if (!run.ok) return notStarted(turn, id, signal, run.failure);
  turn.emit(id, { type: 'SignalMatched', signal: signal.signal, run: run.value });
  return { trigger: id, verdict: 'STARTED', run: run.value };
}

/** Puts a signal into its bucket, if there is a place for it, and starts what it completes. */
function put(
  work: Work,
  trigger: TriggerState,
  arrival: Arrival & {
    readonly key: readonly Json[];
    readonly fits: readonly number[];
    readonly occurredAt: Instant;
  },
): TriggerVerdict {
  const { turn, bucket, trigger: id } = work;
  const { definition, signal, key, fits, occurredAt } = arrival;
  if (turn.quarantine(bucket) !== undefined) {
    return reject(turn, id, signal, `What waits with its key was set aside after an error: ${bucket}.`);
  }
  dropExpired(work, trigger);
  const window = windowOf(definition);
  const waiting = candidatesIn(turn, bucket, trigger);
  const place = placeOf(definition, waiting, { fits, occurredAt });
  const refusal =
    (hasClosed(window, occurredAt, turn.circumstances.now) ? tooLate(occurredAt) : undefined) ??
    (place === undefined ? outOfTurn(definition, fits) : fullness(definition, waiting, slotOf(place, arrival)));
  if (refusal !== undefined) return reject(turn, id, signal, refusal);
  turn.emit(bucket, {
    type: 'BucketFilled',
    workflowId: trigger.workflowId,
    trigger: trigger.name,
    key,
    generation: generationOf(trigger),
    candidate: {
      signal: signal.signal,
      name: signal.name,
      sequence: signal.sequence,
      params: signal.params,
      occurredAt,
      slots: fits,
      ...place,
    },
    ...(window === undefined ? {} : { window }),
  });
  turn.emit(id, { type: 'SignalHeld', signal: signal.signal, bucket });
  return startComplete(work, trigger).get(signal.signal) ?? pendingVerdict(work, trigger, definition);
}

/** Starts a run for each complete set; answers what came of the signals that were in one. */
function startComplete(work: Work, trigger: TriggerState): ReadonlyMap<EntityId, TriggerVerdict> {
  const { turn, bucket } = work;
  const verdicts = new Map<EntityId, TriggerVerdict>();
  const { definition } = trigger;
  if (!('slots' in definition)) return verdicts;
  const next = (): readonly Filling[] | undefined => completeSet(definition, candidatesIn(turn, bucket, trigger));
  for (let set = next(); set !== undefined; set = next()) {
    const candidates = set.map(({ candidate }) => candidate);
    const verdict = startWaiting(work, trigger, candidates, occasionOf(definition, set));
    for (const { signal } of candidates) verdicts.set(signal, verdict);
  }
  return verdicts;
}

function occasionOf(definition: JoinTrigger, set: readonly Filling[]): Occasion {
  const joined = set.map(({ slot, candidate }): JoinedSignal => ({
    as: definition.slots[slot]?.as ?? '',
    name: candidate.name,
    signal: nameOf(candidate.signal),
    params: candidate.params,
  }));
  const last = set
    .map(({ candidate }) => candidate)
    .reduce((one, other) => (other.arrival > one.arrival ? other : one));
  const filled = new Set(set.map(({ slot }) => slot));
  return { last, joined, unfilled: definition.slots.filter((_, slot) => !filled.has(slot)).map(({ as }) => as) };
}

function dropExpired({ turn, bucket, trigger: id }: Work, trigger: TriggerState): void {
  const state = turn.read('bucket', bucket);
  const { definition } = trigger;
  if (!('slots' in definition) || state?.generation !== generationOf(trigger)) return;
  const window = windowOf(definition);
  const gone = expiredOf(definition, state.candidates, turn.circumstances.now);
  const isChanged = JSON.stringify(window) !== JSON.stringify(state.window);
  if (gone.length === 0 && !isChanged) return;
  turn.emit(bucket, {
    type: 'BucketExpired',
    arrivals: gone.map(({ arrival }) => arrival),
    ...(window === undefined ? {} : { window }),
  });
  if (gone.length === 0) return;
  turn.emit(id, { type: 'SignalsExpired', count: gone.length, reason: expiryReason(definition, gone), bucket });
}

function expiryReason(definition: JoinTrigger, gone: readonly Candidate[]): string {
  const names = [...new Set(gone.map(({ name }) => name))].join(', ');
  const missing = missingSlots(definition, gone).map((slot) => definition.slots[slot]?.signal ?? '');
  const wanted = [...new Set(missing)].join(' and ');
  return `The window of ${names} ended${wanted === '' ? '' : ` and no ${wanted} had come`}.`;
}

function placeOf(
  definition: JoinTrigger,
  waiting: readonly Candidate[],
  arriving: { readonly fits: readonly number[]; readonly occurredAt: Instant },
): { readonly slots?: readonly number[]; readonly row?: number } | undefined {
  if (definition.kind !== 'sequence') return {};
  const place = placeInSequence(definition, waiting, arriving);
  if (place === undefined) return undefined;
  return { slots: [place.slot], ...(place.row === undefined ? {} : { row: place.row }) };
}

function slotOf(
  place: { readonly slots?: readonly number[] },
  { fits, signal }: { readonly fits: readonly number[]; readonly signal: Arrival['signal'] },
): { readonly slot: number; readonly params: readonly Entry[] } {
  const [slot = 0] = place.slots ?? fits;
  return { slot, params: signal.params };
}

function hasClosed(window: Window | undefined, occurredAt: Instant, now: Instant): boolean {
  return window !== undefined && expiryOf({ occurredAt }, window) <= now;
}

function outOfTurn({ slots }: JoinTrigger, fits: readonly number[]): string {
  const before = slots[(fits[0] ?? 0) - 1]?.signal ?? '';
  return `It came out of turn: there is no ${before} with its key (and in its window) for it to follow.`;
}

function tooLate(occurredAt: Instant): string {
  return `It came too late: it happened at ${new Date(occurredAt).toISOString()}, and its window has closed.`;
}

/** Each slot has a share of its own, so that what fills one can never keep out what would complete it. */
function fullness(
  { slots }: JoinTrigger,
  waiting: readonly Candidate[],
  { slot, params }: { readonly slot: number; readonly params: readonly Entry[] },
): string | undefined {
  const own = waiting.filter((candidate) => candidate.slots[0] === slot);
  const most = Math.floor(mostCandidates / slots.length);
  const weight = own.reduce((sum, candidate) => sum + weightOf(candidate.params), weightOf(params));
  if (own.length < most && weight <= mostWeight / slots.length) return undefined;
  const what = own.length < most ? `${String(own.length)} large signals` : `${String(most)} signals`;
  return `${what} wait in its place already, which is the most that are kept for one key.`;
}

function pendingVerdict(
  { turn, bucket, trigger: id }: Work,
  trigger: TriggerState,
  definition: JoinTrigger,
): TriggerVerdict {
  const waiting = candidatesIn(turn, bucket, trigger);
  const key = turn.read('bucket', bucket)?.key ?? [];
  return { trigger: id, verdict: 'PENDING', missing: missingSignals(definition, waiting, key) };
}
