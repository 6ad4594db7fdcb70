// Conservation: delivered = consumed + pending + expired + rejected for every trigger on signals, counted from its events by
// hand, and what counts as pending is what its buckets hold.

import { type EntityEvent } from '../../src/core/partition/entity.ts';
import { type History } from './history.ts';

/** The counts of all triggers. */
export interface Tallies {
  follow(id: string, event: EntityEvent): void;
  /** Says which counts do not add up with what the buckets hold. */
  wrong(history: History): readonly string[];
}

interface Count {
  pending: number;
  generation: number;
}

/** Begins to count. */
export function createTallies(): Tallies {
  const counts = new Map<string, Count>();
  return {
    follow: (id, event) => {
      const count = counts.get(id) ?? { pending: 0, generation: 0 };
      counts.set(id, count);
      if (event.type === 'SignalHeld') count.pending += 1;
      if (event.type === 'WaitingRejected') count.pending -= event.signals.length;
      if (event.type === 'SignalsJoined') count.pending -= event.signals.length;
      if (event.type === 'SignalsExpired') count.pending -= event.count;
      if (event.type === 'PendingDropped') {
        count.pending -= event.count;
        count.generation += 1;
      }
    },
    wrong: (history) => {
      const held = heldIn(history, counts);
      return [...counts].flatMap(([id, { pending }]) =>
        pending === (held.get(id) ?? 0)
          ? []
          : [`I9: ${id} counts ${String(pending)} pending, and its buckets hold ${String(held.get(id) ?? 0)}`],
      );
    },
  };
}

function heldIn({ events }: History, counts: ReadonlyMap<string, Count>): ReadonlyMap<string, number> {
  const held = new Map<string, number>();
  for (const [id, all] of events) {
    if (!id.startsWith('bucket:')) continue;
    const trigger = `trigger:${id.slice('bucket:'.length).split('/').slice(0, 2).join('/')}`;
    let waiting = 0;
    let generation = -1;
    for (const { event } of all) {
      if (event.type === 'BucketFilled') {
        waiting = event.generation === generation ? waiting + 1 : 1;
        generation = event.generation;
      }
      if (event.type === 'BucketTaken' || event.type === 'BucketExpired' || event.type === 'BucketRejected')
        waiting -= event.arrivals.length;
    }
    if (generation === counts.get(trigger)?.generation) held.set(trigger, (held.get(trigger) ?? 0) + waiting);
  }
  return held;
}
