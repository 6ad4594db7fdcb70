// Counts the events and bytes of a turn as they come, those of its commit and those of each state that it changes, and notices what becomes
// larger than can be stored.

import { bytesOf } from '../bytes.ts';
import { type EntityId } from '../ids.ts';
import { type EntityEvent, type EntityState } from './entity.ts';
import { type Message } from './message.ts';
import { commitTooLarge, mostInCommit, mostInState, stateTooLarge } from './size-limits.ts';
import { grow, isWithin } from './state-bytes.ts';

/** How much a turn comes to. */
export interface Meter {
  /** An event has brought an entity from one state to the next. */
  event(entity: EntityId, event: EntityEvent, before: EntityState | undefined, after: EntityState): void;
  message(message: Message): void;
  /** How many events there are; one that takes over a record of iterations counts as each of them. */
  weight(): number;
  /** At least as many bytes as the events and messages take so far. */
  bytes(): number;
  /** What has become larger than can be stored, as a sentence; undefined if nothing has. */
  excess(): string | undefined;
  /** Remembers how far the count is; the answer goes back there. */
  mark(): () => void;
}

/** What surrounds an event or a message in the log: versions, places, names of fields. */
const frame = 120;

/** Begins to count. */
export function createMeter(): Meter {
  let weight = 0;
  let bytes = 0;
  let excess: string | undefined;
  const add = (more: number): void => {
    bytes += more;
    if (bytes > mostInCommit) excess ??= commitTooLarge();
  };
  return {
    event: (entity, event, before, after) => {
      weight += event.type === 'IterationsKept' ? 1 + event.entries.length : 1;
      const size = frame + entity.length + bytesOf(event);
      grow(before, after, size);
      // What is set aside because it is too large stays as large as it was.
      if (event.type !== 'Quarantined' && !isWithin(after, mostInState)) excess ??= stateTooLarge(entity);
      add(size);
    },
    message: (message) => {
      add(frame + bytesOf(message));
    },
    weight: () => weight,
    bytes: () => bytes,
    excess: () => excess,
    mark: () => {
      const before = { weight, bytes, excess };
      return () => {
        ({ weight, bytes, excess } = before);
      };
    },
  };
}
