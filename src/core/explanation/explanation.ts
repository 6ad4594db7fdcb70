// Why something is where it is: the engine's own decision records as sentences, with the values that decided.

import { type Instant } from '../time.ts';

/** The whole answer, and the reasons with the deciding one first. */
export interface Explanation {
  /** The public id of what is explained. */
  readonly id: string;
  readonly summary: string;
  readonly reasons: readonly Reason[];
}

/** One reason. */
export interface Reason {
  readonly code: ReasonCode;
  readonly text: string;
  /** What would change it. */
  readonly unblock?: string;
  /** When a time decides: that time. */
  readonly until?: Instant;
  /** Public id of what it hangs on. */
  readonly subject?: string;
}

/** The kinds of reason. */
export const reasonCodes = [
  'ENDED',
  'RUNNING',
  'PREDECESSOR',
  'WHEN',
  'NO_PATH',
  'RETRY',
  'SLEEP',
  'BREAKPOINT',
  'STOPPING',
  'ITERATIONS',
  'PERMITS',
  'CHILD',
  'FINALLY',
  'STRATEGY',
  'SCHEDULE',
  'WHERE',
  'WAITING_FOR_SIGNAL',
  'MISSED',
  'LISTENERS',
  'ARMING',
  'PAUSED',
  'NOT_ARMED',
  'REFUSED',
  'NO_TRIGGERS',
  'INACTIVE',
  'STARTED',
  'PLANNED',
  'DELETED',
  'QUARANTINED',
] as const;

/** The kind of a reason. */
export type ReasonCode = (typeof reasonCodes)[number];
