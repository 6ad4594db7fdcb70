// Publishing: a signal gets its number, and one message goes to each partition that listens.

import { type EntityId, partitionOf, signalEntity, signalTypeEntity } from '../ids.ts';
import { type Entry } from '../json.ts';
import { ulidOf } from '../random.ts';
import { type NewSignal } from './message.ts';
import { type Turn } from './turn.ts';

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
    turn.emit(type, { type: 'SignalNumbered', name, sequence });
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
    for (const partition of interest) {
      turn.send(partition, { type: 'SignalArrived', signal: signal.id, name, sequence, params: signal.params });
    }
  }
  return signals.map((signal) => signal.id);
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
