// Who wants to be woken, and when: a binary heap in which what was changed meanwhile is passed over.

import { type EntityId } from '../ids.ts';
import { type Instant } from '../time.ts';

/** A wish to be woken. */
export interface Wake {
  readonly id: EntityId;
  readonly at: Instant;
}

/** The wishes of many. */
export interface Wakes {
  /** From now on it wants to be woken then; undefined for not at all. */
  set(id: EntityId, at: Instant | undefined): void;
  /** The earliest, left where it is; of equal ones always the same. */
  first(): Wake | undefined;
}

/** Nobody wants to be woken. */
export function createWakes(): Wakes {
  const wanted = new Map<EntityId, Instant>();
  const heap: Wake[] = [];
  return {
    set: (id, at) => {
      if (wanted.get(id) === at) return;
      if (at === undefined) wanted.delete(id);
      else {
        wanted.set(id, at);
        push(heap, { id, at });
      }
    },
    first: () => {
      for (;;) {
        const [first] = heap;
        if (first === undefined || wanted.get(first.id) === first.at) return first;
        pop(heap);
      }
    },
  };
}

function push(heap: Wake[], wake: Wake): void {
  heap.push(wake);
  for (let place = heap.length - 1; place > 0;) {
    const parent = (place - 1) >> 1;
    if (!isBefore(heap, place, parent)) return;
    swap(heap, place, parent);
    place = parent;
  }
}

function pop(heap: Wake[]): void {
  const last = heap.pop();
  if (heap.length === 0 || last === undefined) return;
  heap[0] = last;
  for (let place = 0; ;) {
    const left = 2 * place + 1;
    const least = isBefore(heap, left + 1, left) ? left + 1 : left;
    if (!isBefore(heap, least, place)) return;
    swap(heap, place, least);
    place = least;
  }
}

function isBefore(heap: readonly Wake[], one: number, other: number): boolean {
  const [a, b] = [heap[one], heap[other]];
  if (a === undefined || b === undefined) return false;
  return a.at === b.at ? a.id < b.id : a.at < b.at;
}

function swap(heap: Wake[], one: number, other: number): void {
  const [a, b] = [heap[one], heap[other]];
  if (a === undefined || b === undefined) return;
  heap[one] = b;
  heap[other] = a;
}
