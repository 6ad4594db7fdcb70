// A schedule as the schema shows it: when a trigger fires, or an expression that somebody tries.

import { type TimeTrigger } from '../../core/definition/model.ts';
import { type Instant } from '../../core/time.ts';

/** What the fields of `ScheduleDescription` are resolved from. */
export interface ScheduleSource {
  readonly definition: TimeTrigger;
  /** Whether it fires at all. */
  readonly armed: boolean;
  /** The next time that a trigger waits for. */
  readonly next?: Instant | undefined;
}
