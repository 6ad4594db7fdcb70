// Instants and durations. The core is given `now`; it never asks a clock.

/** Milliseconds since the epoch, by the store's clock. */
export type Instant = number;

/** A length of time in milliseconds. */
export type Milliseconds = number;
