// A durable alarm clock: wakes a partition at a calendar time, over restarts. Never the truth (design §4).

import { type Instant } from '../core/time.ts';

/** One alarm a partition and second. An alarm may come late, twice or not at all; the engine checks its own state. */
export interface AlarmClock {
  /** Asks to be woken for a partition at a time; asking twice for the same second is one alarm. */
  set(partition: number, at: Instant): Promise<void>;
  /** Starts to ring: for any partition, whoever owns it. */
  start(ring: (partition: number) => void): Promise<void>;
  /** Stops ringing; alarms that were set stay. */
  stop(): Promise<void>;
}
