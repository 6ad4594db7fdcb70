// The past of a signal name, a thousand signals a record: which there were and when, so that a wait can look back by name.
// Names that were published before this was kept have records from their first signal afterwards on.

import { type Instant } from '../time.ts';

/** How many signals one record holds. */
export const SIGNALS_A_SHELF = 1_000;

/** A signal as the past knows it: its ULID and when it was published. Numbers follow from the place. */
export interface ShelvedSignal {
  readonly id: string;
  readonly at: Instant;
}

/** Signals of a name that follow on one another, the first with the number `from`. */
export interface Shelf {
  readonly from: number;
  readonly signals: readonly ShelvedSignal[];
}

/** A full record. */
export interface SignalShelfState extends Shelf {
  readonly kind: 'signalShelf';
  readonly name: string;
}

/** A record is made once, full, and never changes. */
export interface SignalShelfEvent extends Shelf {
  readonly type: 'SignalsShelved';
  readonly name: string;
}

/** The state after the event. */
export function evolveSignalShelf({ name, from, signals }: SignalShelfEvent): SignalShelfState {
  return { kind: 'signalShelf', name, from, signals };
}
