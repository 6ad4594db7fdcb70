// A run's state: one attempt of one run. Immutable; changed by `evolve` alone.

import { type FileReference } from '../definition/model.ts';
import { type Failure } from '../failure.ts';
import { type RunPlace } from '../ids.ts';
import { type Entry } from '../json.ts';
import { type ResolvedParam } from '../params/merge.ts';
import { type Instant } from '../time.ts';

/** Where a run is, or how it ended. */
export type RunStatus = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'STOPPED' | 'TIMED_OUT';

/** Where a step is, or how it ended. */
export type StepStatus =
  'NOT_CREATED' | 'RUNNING' | 'RETRY_PENDING' | 'SUCCEEDED' | 'UNSATISFIED' | 'FAILED' | 'STOPPED' | 'TIMED_OUT';

/** Why a run was started. A restart remembers what started the run in the first place, so that its signal stays readable. */
export type RunCause = FirstCause | Restart;

/** Someone started an ended run again. `attempt` is the one that had ended. */
export interface Restart {
  readonly kind: 'RESTART';
  readonly actor: string;
  readonly attempt: number;
  readonly of: FirstCause;
}

/** What started a run's first attempt. */
export type FirstCause =
  | { readonly kind: 'MANUAL'; readonly actor: string }
  /** The trigger by its name within the workflow. */
  | { readonly kind: 'CRON'; readonly trigger: string }
  | {
      readonly kind: 'SIGNAL';
      /** By its name within the workflow. */
      readonly trigger: string;
      /** The signal's name. */
      readonly name: string;
      /** The signal's ULID. */
      readonly signal: string;
      readonly params: readonly Entry[];
    };

/** What started a run in the first place. */
export function firstCause(cause: RunCause): FirstCause {
  return cause.kind === 'RESTART' ? cause.of : cause;
}

/** One attempt of a run. */
export interface RunState extends RunPlace {
  readonly kind: 'run';
  readonly status: RunStatus;
  readonly version: number;
  /** Hash of the definition: immutable content. */
  readonly definition: string;
  readonly params: readonly ResolvedParam[];
  readonly labels: readonly Entry<string>[];
  readonly cause: RunCause;
  readonly scheduledFor?: Instant;
  readonly createdAt: Instant;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  /** When a running run times out. */
  readonly timeoutAt?: Instant;
  /** Set once it must end: no step starts any more. */
  readonly ending?: { readonly status: 'STOPPED' | 'TIMED_OUT'; readonly actor?: string; readonly at: Instant };
  readonly failure?: Failure;
  /** In the order of the definition. */
  readonly steps: readonly StepState[];
  /** A restart made a newer attempt of the same run. */
  readonly superseded: boolean;
}

/** One step of a run. */
export interface StepState {
  readonly status: StepStatus;
  readonly attempts: readonly AttemptState[];
  readonly outputs: readonly Entry[];
  readonly artifacts: readonly FileReference[];
  /** When a sleep, a pause before a retry or an attempt's timeout is over. */
  readonly wakeAt?: Instant;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  /** Why it was left out, for UNSATISFIED. */
  readonly reason?: Unmet;
  readonly failure?: Failure;
}

/** Why a step is UNSATISFIED: no predecessor leads to it, or its own condition is false. */
export type Unmet =
  | { readonly kind: 'NO_PATH' }
  | { readonly kind: 'WHEN'; readonly expression: string; readonly operands: readonly Entry[] };

/** One try of a step that leaves the engine. */
export interface AttemptState {
  /** From 1. */
  readonly number: number;
  /** New at every dispatch. A report with another token is refused. */
  readonly token: string;
  /** The incarnation of the node on which it runs. */
  readonly host: string;
  readonly startedAt: Instant;
  readonly endedAt?: Instant;
  readonly failure?: Failure;
  /** It was told to end, and why. */
  readonly cancelling?: 'STOP' | 'TIMEOUT';
}

/** Whether a run has ended for good. */
export function isTerminalRun(status: RunStatus): boolean {
  return status !== 'QUEUED' && status !== 'RUNNING';
}

/** Whether a step has ended for good within its attempt of the run. */
export function isTerminalStep(status: StepStatus): boolean {
  return (
    status === 'SUCCEEDED' ||
    status === 'UNSATISFIED' ||
    status === 'FAILED' ||
    status === 'STOPPED' ||
    status === 'TIMED_OUT'
  );
}

/** Whether what needs this step may go on (maestro-behaviour §2.3). */
export function isComplete(status: StepStatus): boolean {
  return status === 'SUCCEEDED' || status === 'UNSATISFIED';
}
