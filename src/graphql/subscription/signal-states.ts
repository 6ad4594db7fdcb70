// Signals as they were right after each change, folded from the events that a watch sees. Only what was published before the
// watch began is read from the engine, whose lists may be a moment behind.

import { type EntityId } from '../../core/ids.ts';
import { type RecordedEvent } from '../../core/partition/entity.ts';
import { evolveSignal, type SignalState } from '../../core/signal/signal.ts';
import { type Instant } from '../../core/time.ts';

const MOST_KEPT = 1_000;

/** Answers the signals of a change; give it every change of one watch, in order. */
export function createSignalStates(
  load: (id: EntityId) => Promise<SignalState | undefined>,
): (events: readonly RecordedEvent[], at: Instant) => Promise<readonly SignalState[]> {
  const known = new Map<EntityId, SignalState>();
  return async (events, at) => {
    const changed = new Map<EntityId, SignalState>();
    for (const { entity, event } of events) {
      if (event.type !== 'SignalPublished' && event.type !== 'VerdictsReceived') continue;
      const before = changed.get(entity) ?? known.get(entity);
      // What is loaded has the verdicts in it already.
      const isFoldable = event.type === 'SignalPublished' || before !== undefined;
      const state = isFoldable ? evolveSignal(before, event, at) : await load(entity);
      if (state !== undefined) changed.set(entity, state);
    }
    for (const [id, state] of changed) keep(known, id, state);
    return [...changed.values()];
  };
}

/** The newest are kept; those that every trigger has judged will not change any more. */
function keep(known: Map<EntityId, SignalState>, id: EntityId, state: SignalState): void {
  known.delete(id);
  if (state.awaited.length > 0) known.set(id, state);
  const [oldest] = known.keys();
  if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest);
}
