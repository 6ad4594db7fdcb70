// What steps print. Kept beside the log of the engine, never in it; best effort in time, complete once an attempt has ended.

import { type Instant } from '../core/time.ts';
import { type LogLine } from './executor.ts';

/** A line and its number within its attempt, from 1, without gaps. */
export interface NumberedLine extends LogLine {
  readonly number: number;
}

/** Keeps the lines of attempts. */
export interface StepLogs {
  /** Appends lines; the caller numbers them. A line whose number is there already is left as it is. */
  append(attemptId: string, lines: readonly NumberedLine[]): Promise<void>;
  /** Lines with a number greater than `after`, in order, at most `limit`. */
  read(attemptId: string, after: number, limit: number): Promise<readonly NumberedLine[]>;
  /** The last `limit` lines, in order. */
  tail(attemptId: string, limit: number): Promise<readonly NumberedLine[]>;
  /** Forgets lines that were printed before `at`; older lines that were kept together with a newer one may stay with it. */
  removeBefore(at: Instant): Promise<void>;
}
