// Time as the engine sees it: a monotonic clock, and a way to be called later. Wall time comes from the store (design §4).

import { type Milliseconds } from '../core/time.ts';

/** A monotonic clock with timers. The simulation puts a virtual one in its place. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back, not even when the machine's date is set. */
  monotonic(): Milliseconds;
  /** Calls back once after at least `delay`; the answer cancels it. */
  after(delay: Milliseconds, callback: () => void): () => void;
  /** Resolves after pending input and output had their turn: how long work lets others in. */
  yield(): Promise<void>;
}
