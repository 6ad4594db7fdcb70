// What became of the signals that were delivered to a trigger. None is ever unaccounted for:
// delivered = consumed + pending + expired + rejected.

/** Counts of the signals that met what a trigger demands, since it was made. */
export interface Tally {
  readonly delivered: number;
  /** They started runs. */
  readonly consumed: number;
  /** They wait for others. */
  readonly pending: number;
  /** They waited, and nothing can join them any more. */
  readonly expired: number;
  /** They were not taken, each with a reason that its publisher is told. */
  readonly rejected: number;
}

/** The counts of a trigger that got nothing yet. */
export const noSignals: Tally = { delivered: 0, consumed: 0, pending: 0, expired: 0, rejected: 0 };

/** Whether every signal is accounted for. */
export function isBalanced({ delivered, consumed, pending, expired, rejected }: Tally): boolean {
  const counts = [delivered, consumed, pending, expired, rejected];
  return counts.every((count) => count >= 0) && delivered === consumed + pending + expired + rejected;
}

/** The counts with these added; what is not named stays. */
export function addTo(tally: Tally, change: Partial<Tally>): Tally {
  return {
    delivered: tally.delivered + (change.delivered ?? 0),
    consumed: tally.consumed + (change.consumed ?? 0),
    pending: tally.pending + (change.pending ?? 0),
    expired: tally.expired + (change.expired ?? 0),
    rejected: tally.rejected + (change.rejected ?? 0),
  };
}
