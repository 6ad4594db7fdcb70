// Publishing: a signal gets its number, and one message goes to each partition that listens.

import { type EntityId, nameOf, partitionOf, signalEntity, signalShelfEntity, signalTypeEntity } from '../../ids.ts';
import { type Entry } from '../../json.ts';
import { ulidOf } from '../../random.ts';
import { publisherOf } from '../../signal/contract.ts';
import { SIGNALS_A_SHELF } from '../../signal/shelf.ts';
import { type SignalTypeState } from '../../signal/signal.ts';
import { type NewSignal } from '../message.ts';
import { type Turn } from '../turn.ts';

/** Publishes signals of one name, in order, all in this commit; one message goes to each partition that listens. */
export function publishSignals(
  turn: Turn,
  name: string,
  signals: readonly NewSignal[],
  by: string,
): readonly EntityId[] {
  const type = signalTypeEntity(name);
  for (const signal of signals) {
    const known = turn.read('signalType', type);
    const sequence = (known?.sequence ?? 0) + 1;
    const interest = known?.interest ?? [];
    shelve(turn, type, known);
    turn.emit(type, { type: 'SignalNumbered', name, sequence, signal: nameOf(signal.id), by: publisherOf(by) });
    turn.create(signal.id, {
      type: 'SignalPublished',
      id: signal.id,
      name,
      sequence,
      params: signal.params,
      occurredAt: signal.occurredAt ?? turn.circumstances.now,
      publishedBy: by,
      awaited: interest,
      ...(signal.payload === undefined ? {} : { payload: signal.payload }),
    });
    const arrived = { signal: signal.id, name, sequence, params: signal.params };
    const occurredAt = signal.occurredAt ?? turn.circumstances.now;
    for (const partition of interest) turn.send(partition, { type: 'SignalArrived', ...arrived, occurredAt });
  }
  return signals.map((signal) => signal.id);
}

/** What is full becomes a record of its own, so that the state of a name stays small. */
function shelve(turn: Turn, type: EntityId, known: SignalTypeState | undefined): void {
  const { name, recent, shelves = 0 } = known ?? {};
  if (name === undefined || recent === undefined || recent.signals.length < SIGNALS_A_SHELF) return;
  turn.create(signalShelfEntity(name, shelves), { type: 'SignalsShelved', name, ...recent });
  turn.emit(type, { type: 'ShelfFilled', name });
}

/** Announces a signal from a step: to the partition of its name, in this commit. */
export function announceSignal(turn: Turn, name: string, params: readonly Entry[], by: string): void {
  const id = signalEntity(ulidOf(turn.random, turn.circumstances.now));
  turn.send(partitionOf(name, turn.circumstances.partitions), {
    type: 'PublishFromStep',
    name,
    by,
    signals: [{ id, params, occurredAt: turn.circumstances.now }],
  });
}
