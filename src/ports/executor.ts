// What does a leaf step's work in the world. An executor gets everything resolved but
// secrets, which it looks up and lets nothing of come back, and reports one result, exactly once.

import { type FileReference } from '../core/definition/model.ts';
import { type Failure } from '../core/failure.ts';
import { type Entry } from '../core/json.ts';
import { type AttemptSpec, type ExecutorWork } from '../core/run/attempt-spec.ts';
import { type Instant, type Milliseconds } from '../core/time.ts';

export { type AttemptSpec, type ExecutorWork } from '../core/run/attempt-spec.ts';

/** How an attempt ended. */
export type AttemptResult =
  | {
      readonly outcome: 'succeeded';
      /** As declared, in JSON; a LONG outside ±2^53 as a string of digits. */
      readonly outputs: readonly Entry[];
      readonly signals: readonly EmittedSignal[];
      readonly artifacts: readonly FileReference[];
    }
  | {
      readonly outcome: 'failed';
      readonly failure: Failure;
      /** How long whoever was asked wants to be left alone before another try. Absent: it did not say. */
      readonly wait?: Milliseconds;
    }
  /** It was told to stop, and nothing of it is left. */
  | { readonly outcome: 'cancelled' };

/** A signal that a step announced: published with the step's success, never without it. */
export interface EmittedSignal {
  readonly name: string;
  readonly params: readonly Entry[];
}

/** One line of a step's output. */
export interface LogLine {
  readonly at: Instant;
  readonly stream: 'out' | 'err' | 'system';
  /** Without its line break; longer lines are cut with a mark. */
  readonly text: string;
}

/** Takes what an attempt says while it runs. */
export interface AttemptListener {
  log(line: LogLine): void;
}

/** An attempt that has been started. */
export interface RunningAttempt {
  /** Settles once, after nothing of the attempt is left running; never rejects. */
  readonly result: Promise<AttemptResult>;
  /** Asks it to end: politely first, by force after `grace`. Idempotent. */
  cancel(grace: Milliseconds): void;
  /**
   * Gives up watching it and leaves it running: whoever starts the same attempt next finds it and goes on. The result settles,
   * and means nothing. Absent: it lives and dies with this process.
   */
  detach?(): void;
  /** Its result has been taken and will never be asked for again: what was kept of it elsewhere may go. */
  forget?(): void;
}

/** Does the work of one or more kinds of step. */
export interface Executor {
  readonly kinds: readonly ExecutorWork['kind'][];
  /** Starts an attempt, or goes on with it where it was left running. What goes wrong, also before the start, comes as its result. */
  start(spec: AttemptSpec, listener: AttemptListener): RunningAttempt;
  /** Ends what attempts that are over have left running elsewhere, as after a crash of their server. Absent: they leave nothing. */
  clearUp?(isOver: (attemptId: string) => Promise<boolean>): Promise<void>;
}
