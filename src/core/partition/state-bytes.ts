// How many bytes states take, without counting a large one anew after each small event: what an event adds is added to what was
// counted before it. What it replaces is not taken off, so a count errs upwards; over a bound the state itself is counted, and
// nothing is ever decided by anything else. A memory only: a state that it does not know is counted.

import { bytesOf } from '../bytes.ts';
import { type EntityState } from './entity.ts';

const known = new WeakMap<EntityState, number>();

/** Notes that a state came from another by an event of so many bytes. */
export function grow(before: EntityState | undefined, after: EntityState, bytes: number): void {
  const count = before && known.get(before);
  if (count !== undefined) known.set(after, count + bytes);
}

/** Whether a state takes so many bytes at most. */
export function isWithin(state: EntityState, most: number): boolean {
  const count = known.get(state);
  if (count !== undefined && count <= most) return true;
  const bytes = bytesOf(state);
  known.set(state, bytes);
  return bytes <= most;
}
