// Signals that reach us beside the API: data jobs publish them where they already have a connection.

import { type IncomingSignal } from '../core/signal/parse-signal.ts';

/** Hears signals, each at most once. Text that is no signal is logged and dropped. */
export interface SignalSource {
  /** Starts to hear; answers at once, also while the way is down, and goes on by itself when it comes back. */
  start(onSignal: (signal: IncomingSignal) => void): Promise<void>;
  /** Stops to hear and lets go of connections. */
  stop(): Promise<void>;
}
