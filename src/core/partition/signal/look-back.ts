// A signal's name is asked for what a step waits for. In the commit in which the name puts down who asks, it looks at what was
// published before: so every signal is either looked back at or heard of, never neither.
//
// The newest that fits is taken. A long past is gone through a hundred signals a commit.

import {
  type EntityId,
  partitionOf,
  runPlaceOf,
  signalEntity,
  signalShelfEntity,
  signalTypeEntity,
} from '../../ids.ts';
import { type FoundSignal } from '../../run/awaiting.ts';
import { SIGNALS_A_SHELF, type Shelf, type ShelvedSignal } from '../../signal/shelf.ts';
import { type SignalTypeState } from '../../signal/signal.ts';
import { unmetClause } from '../../signal/match.ts';
import { type Message } from '../message.ts';
import { type Turn } from '../turn.ts';
import { type LookingBack } from './wait-place.ts';

/** How many signals are looked at in one commit. */
const SIGNALS_A_COMMIT = 100;

/** Takes the request of a step that waits: from here on its partition hears every signal of the name. */
export function takeAwait(turn: Turn, message: Extract<Message, { type: 'AwaitSignal' }>, from: number): void {
  const { name, wait } = message;
  const type = signalTypeEntity(name);
  const known = turn.read('signalType', type);
  if (known?.interest.includes(from) !== true) turn.emit(type, { type: 'InterestAdded', name, partition: from });
  const since = known?.sequence ?? 0;
  const found = lookBack(turn, { ...message, before: since + 1 });
  answer(turn, { name, wait, since, ...(found === undefined ? {} : { found }) });
}

/** Goes on with a search. What is not found is not told: the step has its answer already. */
export function goOnLookingBack(turn: Turn, message: Extract<Message, { type: 'LookBack' }>): void {
  const { name, wait } = message;
  const found = lookBack(turn, message);
  const { sequence = 0 } = turn.read('signalType', signalTypeEntity(name)) ?? {};
  if (found !== undefined) answer(turn, { name, wait, since: sequence, found });
}

function answer(turn: Turn, told: Omit<Extract<Message, { type: 'WaitAnswered' }>, 'type'>): void {
  const { workflowId } = runPlaceOf(told.wait.run);
  turn.send(partitionOf(workflowId, turn.circumstances.partitions), { type: 'WaitAnswered', ...told });
}

/** Looks at the next hundred, the newest first; if none of them fits and more are left, the rest goes on by message. */
function lookBack(turn: Turn, search: LookingBack): FoundSignal | undefined {
  const { name, wait, where, from } = search;
  const next = nextCandidates(turn, search);
  // All are read before one is chosen, so that what is not in memory is loaded at once.
  const signals = next.candidates.map(({ id }) => turn.read('signal', id));
  const found = signals.find((signal) => signal !== undefined && unmetClause(where, signal.params) === undefined);
  if (found !== undefined) return { signal: found.id, sequence: found.sequence, params: found.params };
  if (next.before !== undefined) {
    const rest = { name, wait, where, before: next.before, ...(from === undefined ? {} : { from }) };
    turn.send(turn.circumstances.partition, { type: 'LookBack', ...rest });
  }
  return undefined;
}

interface Candidates {
  /** The newest first. */
  readonly candidates: readonly { readonly id: EntityId }[];
  /** From which number on there are older ones; absent if there are none that count. */
  readonly before?: number;
}

function nextCandidates(turn: Turn, { name, from = -Infinity, before }: LookingBack): Candidates {
  const known = turn.read('signalType', signalTypeEntity(name));
  const first = known?.shelvedFrom;
  if (known === undefined || first === undefined) return { candidates: [] };
  const lowest = Math.max(first, before - SIGNALS_A_COMMIT);
  const candidates: { readonly id: EntityId }[] = [];
  for (let sequence = before - 1; sequence >= lowest; sequence--) {
    const shelved = shelvedAt(turn, known, sequence);
    if (shelved !== undefined && shelved.at < from) return { candidates };
    if (shelved !== undefined) candidates.push({ id: signalEntity(shelved.id) });
  }
  return { candidates, ...(lowest === first ? {} : { before: lowest }) };
}

function shelvedAt(turn: Turn, known: SignalTypeState, sequence: number): ShelvedSignal | undefined {
  const { recent, shelvedFrom = 1, name } = known;
  if (recent !== undefined && sequence >= recent.from) return on(recent, sequence);
  const shelf = Math.floor((sequence - shelvedFrom) / SIGNALS_A_SHELF);
  const record = turn.read('signalShelf', signalShelfEntity(name, shelf));
  return record && on(record, sequence);
}

function on({ from, signals }: Shelf, sequence: number): ShelvedSignal | undefined {
  return signals[sequence - from];
}

/** Remembers which steps took a signal, for whoever asks what became of it. */
export function takeTaken(turn: Turn, message: Extract<Message, { type: 'SignalTaken' }>): void {
  if (turn.read('signal', message.signal) === undefined) return;
  turn.emit(message.signal, { type: 'SignalTaken', steps: message.steps });
}
