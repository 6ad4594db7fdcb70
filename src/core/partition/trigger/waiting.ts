// What triggers that join and triggers that fold have in common: signals wait in a bucket, and some of them start a run together.
// A run that is refused consumes nothing.

import { type EntityId, triggerEntity } from '../../ids.ts';
import { type Json } from '../../json.ts';
import { valueAt } from '../../signal/match.ts';
import { type TriggerVerdict } from '../../signal/signal.ts';
import { type BucketState, type Candidate } from '../../trigger/bucket.ts';
import { waitingIn } from '../../trigger/pending.ts';
import { type TriggerState } from '../../trigger/trigger.ts';
import { type Message } from '../message.ts';
import { type Turn } from '../turn.ts';
import { type Occasion } from './occasion.ts';
import { type NotStarted, startOnSignals } from './start-on-signals.ts';

/** A bucket that is being worked on, and the trigger that it belongs to. */
export interface Work {
  readonly turn: Turn;
  readonly bucket: EntityId;
  readonly trigger: EntityId;
}

/** Starts a run on signals that wait, or puts them aside if there can be none; answers what that is for each of them. */
export function startWaiting(
  { turn, bucket, trigger: id }: Work,
  trigger: TriggerState,
  waiting: readonly Candidate[],
  occasion: Occasion,
): TriggerVerdict {
  const signals = waiting.map(({ signal }) => signal);
  const arrivals = waiting.map(({ arrival }) => arrival);
  const run = startOnSignals(turn, trigger, occasion);
  if (run.ok) {
    turn.emit(bucket, { type: 'BucketTaken', arrivals, run: run.value });
    turn.emit(id, { type: 'SignalsJoined', signals, run: run.value, bucket });
    return { trigger: id, verdict: 'STARTED', run: run.value };
  }
  const { message, isUnwanted } = run.failure;
  if (isUnwanted === true) {
    turn.emit(bucket, { type: 'BucketRejected', arrivals });
    turn.emit(id, { type: 'WaitingRejected', signals, message, bucket });
    return { trigger: id, verdict: 'REJECTED', message };
  }
  turn.emit(bucket, { type: 'BucketStuck', arrivals, message, round: trigger.round ?? 0 });
  turn.emit(id, { type: 'JoinRefused', message, bucket });
  return { trigger: id, verdict: 'REFUSED', message };
}

/** What waits in a bucket and counts for the trigger. */
export function candidatesIn(turn: Turn, bucket: EntityId, trigger: TriggerState): readonly Candidate[] {
  return waitingIn(turn.read('bucket', bucket), trigger);
}

/** A bucket with the trigger that it belongs to; undefined if one of them is not there or was set aside. */
export function ownerOf(
  turn: Turn,
  bucket: EntityId,
): { readonly state: BucketState; readonly trigger: TriggerState; readonly id: EntityId } | undefined {
  const state = turn.read('bucket', bucket);
  const id = state === undefined ? undefined : triggerEntity(state.workflowId, state.trigger);
  const trigger = id === undefined ? undefined : turn.read('trigger', id);
  return state === undefined || id === undefined || trigger === undefined ? undefined : { state, trigger, id };
}

/** Does not take a signal, and says why. */
export function rejectSignal(
  turn: Turn,
  id: EntityId,
  { signal }: Extract<Message, { type: 'SignalArrived' }>,
  message: string,
): TriggerVerdict {
  turn.emit(id, { type: 'SignalRejected', signal, message });
  return { trigger: id, verdict: 'REJECTED', message };
}

/** What becomes of a signal that would start a run by itself, and does not. */
export function notStarted(
  turn: Turn,
  id: EntityId,
  signal: Extract<Message, { type: 'SignalArrived' }>,
  { message, isUnwanted }: NotStarted,
): TriggerVerdict {
  if (isUnwanted === true) return rejectSignal(turn, id, signal, message);
  turn.emit(id, { type: 'StartRefused', message });
  return { trigger: id, verdict: 'REFUSED', message };
}

/** What a signal shares with those it waits with, by the names that the definition gives. */
export interface Sharing {
  readonly names: readonly string[];
  /** For messages: `joined`. */
  readonly how: string;
}

/** The values by which a signal finds its bucket, or the verdict on one that has none. */
export function keyFor(
  turn: Turn,
  id: EntityId,
  signal: Extract<Message, { type: 'SignalArrived' }>,
  { names, how }: Sharing,
): { readonly key: readonly Json[]; readonly text: string } | { readonly fault: TriggerVerdict } {
  const key: Json[] = [];
  for (const name of names) {
    const value = valueAt(signal.params, name) ?? null;
    if (value === null) return { fault: unmetKey(id, name) };
    if (typeof value === 'object') {
      return { fault: rejectSignal(turn, id, signal, `Its "${name}", on which it is ${how}, is no plain value.`) };
    }
    key.push(value);
  }
  const text = JSON.stringify(key);
  if (text.length <= longestKey) return { key, text };
  const message = `The values on which it is ${how} have more than ${String(longestKey)} characters.`;
  return { fault: rejectSignal(turn, id, signal, message) };
}

/** Longer keys would not be names any more. */
const longestKey = 500;

function unmetKey(id: EntityId, param: string): TriggerVerdict {
  return { trigger: id, verdict: 'UNMET', clause: { param, operator: '!=', operand: null }, actual: null };
}
