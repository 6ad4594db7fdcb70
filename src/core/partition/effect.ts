// What a turn makes the engine do outside, once it is durable. Timers are no effects: they follow from the directory.

import { type Failure } from '../failure.ts';
import { type EntityId } from '../ids.ts';
import { type Result } from '../result.ts';
import { type AttemptSpec } from '../run/attempt-spec.ts';

/** Something to be done outside, with nothing left to look up. */
export type Effect =
  /** Hand it to an executor; `again` if it was out before. */
  | {
      readonly type: 'StartAttempt';
      readonly run: EntityId;
      readonly step: number;
      readonly attempt: number;
      readonly token: string;
      readonly host: string;
      readonly again: boolean;
      /** What to hand out, or why it cannot be made: then the attempt has failed. */
      readonly spec: Result<AttemptSpec, Failure>;
    }
  /** Tell it to end. */
  | {
      readonly type: 'CancelAttempt';
      readonly run: EntityId;
      readonly step: number;
      readonly token: string;
      readonly host: string;
    };
