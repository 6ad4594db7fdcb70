// Runs and steps as the checker sees them, folded from the events by obvious code.

import { type StepDefinition } from '../../src/core/definition/model.ts';
import { type Entry } from '../../src/core/json.ts';
import { type RunCause } from '../../src/core/run/state.ts';
import { type Milliseconds } from '../../src/core/time.ts';
import { type PlacedCommit } from './history.ts';

/** A step as the checker sees it. */
export interface FoldedStep {
  status: string;
  attempts: number;
  /** An attempt has begun and not ended. */
  isOpen: boolean;
  /** Of the attempt that is out. */
  token: string | undefined;
  due: Milliseconds | undefined;
}

/** A dispatch: an attempt handed to a host. */
export interface Dispatch {
  readonly attemptId: string;
  readonly token: string;
  readonly host: string;
  readonly isAgain: boolean;
  readonly in: PlacedCommit;
}

/** A run as the checker sees it. */
export interface FoldedRun {
  readonly id: string;
  readonly workflowId: string;
  readonly number: number;
  readonly attempt: number;
  /** For an iteration: the way to it. */
  readonly path: string | undefined;
  readonly tag: string;
  readonly params: readonly Entry[];
  readonly startedBy: RunCause;
  /** For signals the signal's and the trigger's names; `FOLD` where they were folded. */
  readonly cause: string;
  readonly scheduledFor: number | undefined;
  /** What its steps should be: those of the workflow or of the loop, those under `finally` last. */
  readonly defined: readonly StepDefinition[];
  /** How many of them do not stand under `finally`. */
  readonly main: number;
  /** The steps that may run; undefined: all. */
  only: readonly number[] | undefined;
  readonly steps: FoldedStep[];
  readonly dispatches: Dispatch[];
  /** Tokens whose success was accepted. */
  /** The steps that it began with as they had ended before. */
  readonly kept: Set<string>;
  readonly succeeded: { readonly step: string; readonly token: string; readonly in: PlacedCommit }[];
  readonly createdIn: PlacedCommit;
  /** Where an iteration that was let begin again did so, and each of its ends. */
  readonly restarts: PlacedCommit[];
  readonly ends: { readonly in: PlacedCommit; readonly status: string }[];
  status: string;
  /** It was told to end. */
  isEnding: boolean;
  isKilled: boolean;
  /** How it will have ended after its steps under `finally`. */
  finishing: string | undefined;
  isSuperseded: boolean;
  timeoutAt: Milliseconds | undefined;
  startedIn: PlacedCommit | undefined;
  endedIn: PlacedCommit | undefined;
  readonly wrong: string[];
}
