// Signals that were put down for us where they wait: what is in a queue is lost by nobody's absence.

import { type IncomingSignal } from '../core/signal/parse-signal.ts';

/** What became of a signal that waits until it is taken. */
export type Taken =
  /** It is durable, or was already. */
  | { readonly kind: 'PUBLISHED' }
  /** It never will be published: why, as a sentence. */
  | { readonly kind: 'REFUSED'; readonly why: string }
  /** Not now: the store is away, or another server makes the changes. It is worth another try after this time. */
  | { readonly kind: 'LATER'; readonly afterMs: number };

/** What a queue of signals asks of those who take from it. */
export interface SignalTaker {
  /** Whether this server may take signals now; a stand-by may not. */
  mayTake(): Promise<boolean>;
  /** Publishes a signal. Its key makes sure that the same entry, taken twice, is one signal. */
  take(signal: IncomingSignal & { readonly idempotencyKey: string }): Promise<Taken>;
}

/**
 * Hands over signals that were put down for us, each at least once: an entry is struck out only after it was taken for good or
 * put aside. Text that is no signal is put aside where a person can find it, with the reason.
 */
export interface SignalQueue {
  /** Starts to read; answers at once, also while the way is down, and goes on by itself when it comes back. */
  start(taker: SignalTaker): void;
  /** Takes nothing more, waits for what is being taken, and lets go of connections. */
  stop(): Promise<void>;
}
