// Virtual time: one heap of (time, tiebreak from the seed, thunk). Everything that happens in a simulation enters here.
//
// After each thunk all of its promises have had their turn, since the real loop goes round once: `setImmediate` comes
// after every microtask. So the order of everything follows from the seed alone.

import { setImmediate as roundOfTheLoop } from 'node:timers/promises';
import { type Milliseconds } from '../../src/core/time.ts';
import { createHeap } from '../../src/engine/heap.ts';

/** Time that goes on only when nothing is left to do. */
export interface VirtualTime {
  readonly now: () => Milliseconds;
  /** Calls back after a while; the answer cancels it. */
  after(delay: Milliseconds, act: () => void): () => void;
  /** Lets time pass until a condition holds or the deadline has come; answers whether it holds. Fails if time stands still. */
  run(until: () => boolean, deadline: Milliseconds): Promise<boolean>;
  /** How many thunks have run. */
  steps(): number;
}

interface Entry {
  readonly at: Milliseconds;
  readonly tiebreak: number;
  act: (() => void) | undefined;
}

/** So many thunks at one instant are a loop without end. */
const mostAtOnce = 50_000;

/** Creates virtual time that begins at `start`; `tiebreak` orders what falls on one instant. */
export function createVirtualTime(start: Milliseconds, tiebreak: () => number): VirtualTime {
  const heap = createHeap<Entry>((one, other) => one.at - other.at || one.tiebreak - other.tiebreak);
  let now = start;
  let steps = 0;
  let stillness = 0;
  return {
    now: () => now,
    steps: () => steps,
    after: (delay, act) => {
      const entry: Entry = { at: now + Math.max(0, delay), tiebreak: tiebreak(), act };
      heap.push(entry);
      return () => {
        entry.act = undefined;
      };
    },
    run: async (until, deadline) => {
      await roundOfTheLoop();
      for (let next = heap.peek(); !until(); next = heap.peek()) {
        if (next === undefined || next.at > deadline) {
          now = Math.max(now, deadline);
          return false;
        }
        heap.pop();
        if (next.act === undefined) continue;
        stillness = next.at > now ? 0 : stillness + 1;
        if (stillness > mostAtOnce) throw new Error('time stands still: something calls itself back without end');
        now = next.at;
        steps++;
        next.act();
        await roundOfTheLoop();
      }
      return true;
    },
  };
}
