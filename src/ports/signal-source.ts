// Signals that reach us beside the API: data jobs publish them where they already have a connection.

import { type Entry, type Json } from '../core/json.ts';
import { type Instant } from '../core/time.ts';

/** A signal as its publisher wrote it: well-formed, and not yet checked against anything. */
export interface IncomingSignal {
  readonly name: string;
  readonly params: readonly Entry[];
  readonly payload?: Json;
  readonly occurredAt?: Instant;
  readonly idempotencyKey?: string;
}

/** Hears signals, each at most once. Text that is no signal is logged and dropped. */
export interface SignalSource {
  /** Starts to hear; answers at once, also while the way is down, and goes on by itself when it comes back. */
  start(onSignal: (signal: IncomingSignal) => void): Promise<void>;
  /** Stops to hear and lets go of connections. */
  stop(): Promise<void>;
}
