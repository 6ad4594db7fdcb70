// A run's state: one attempt of one run. Immutable; changed by `evolve` alone.

import { type Clause, type FileReference } from '../definition/model.ts';
import { type Failure } from '../failure.ts';
import { type EntityId, type RunPlace } from '../ids.ts';
import { type Entry, type Json } from '../json.ts';
import { type ResolvedParam } from '../params/merge.ts';
import { type TypedEntry } from '../params/typed-entry.ts';
import { type Instant } from '../time.ts';
import { type Awaiting } from './awaiting.ts';
import { type RestartFrom, type Within } from './restart-from.ts';
import { type StepPermits } from './step-permits.ts';

/** Where a run is, or how it ended. */
export type RunStatus = 'QUEUED' | 'RUNNING' | 'PAUSED' | RunEnd;

/** How a run ended. */
export type RunEnd = 'SUCCEEDED' | 'FAILED' | 'STOPPED' | 'TIMED_OUT';

/** Where a step is, or how it ended. */
export type StepStatus =
  | 'NOT_CREATED'
  | 'PAUSED'
  | 'WAITING_FOR_SIGNALS'
  | 'WAITING_FOR_PERMITS'
  | 'RUNNING'
  | 'RETRY_PENDING'
  | 'SUCCEEDED'
  | 'COMPLETED_WITH_ERROR'
  | 'SKIPPED'
  | 'UNSATISFIED'
  | 'FAILED'
  | 'STOPPED'
  | 'TIMED_OUT';

/** Why a run was started. A restart remembers what started the run in the first place, so that its signal stays readable. */
export type RunCause = FirstCause | Restart | Fork;

/** Someone started an ended run again. `attempt` is the one that had ended. */
export interface Restart {
  readonly kind: 'RESTART';
  readonly actor: string;
  readonly attempt: number;
  readonly of: FirstCause;
  /** Where it began. Absent: at the beginning. */
  readonly from?: RestartFrom;
}

/** Someone made it from another run of the workflow, of which it keeps what was done. */
export interface Fork {
  readonly kind: 'FORK';
  readonly actor: string;
  /** The run and the attempt of it, as an entity. */
  readonly run: EntityId;
  /** What started that run in the first place; a person, where that was a step or a backfill, which wait for that run alone. */
  readonly of: FirstCause;
  /** The step at which it began, with all that needs it. Absent: at what was not complete. */
  readonly from?: string;
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
      /** What the trigger itself worked out of them. Imported definitions alone. */
      readonly given?: readonly TypedEntry[];
      /** For a join: every signal that the run took, in the order of its slots; the above is the last that came. */
      readonly signals?: readonly JoinedSignal[];
      /** Where signals are folded: all that the run took, in the order in which they came; the above is the last of them. */
      readonly folded?: FoldedSignals;
    }
  | {
      /** A signal did not come. */
      readonly kind: 'ABSENCE';
      /** By its name within the workflow. */
      readonly trigger: string;
      /** The signal's name. */
      readonly name: string;
      /** When the last one came, or when the trigger began to count. */
      readonly since: Instant;
      /** The time by which it should have come, if it is expected by times. */
      readonly by?: Instant;
      /** The last one's ULID. Absent: none since the trigger has been armed. */
      readonly last?: string;
      /** What it would have had to bring. Absent: nothing, or it was made before this was kept. */
      readonly where?: readonly Clause[];
    }
  /** It is a line of a backfill; the trigger whose time it is, if it is one's. */
  | { readonly kind: 'BACKFILL'; readonly backfill: EntityId; readonly line: number; readonly trigger?: string }
  /** It is one iteration of a loop. */
  | { readonly kind: 'LOOP' }
  /** A step of another run runs this workflow. */
  | {
      readonly kind: 'WORKFLOW';
      readonly parent: ParentStep;
      readonly depth: number;
      /** The runs that wait for this one, from the outermost. Absent: nobody waits, or nobody knows. */
      readonly ancestors?: readonly EntityId[];
    };

/** One of the signals that started a run together. */
export interface JoinedSignal {
  /** What the run calls it: `signals.<as>`. */
  readonly as: string;
  readonly name: string;
  /** The signal's ULID. */
  readonly signal: string;
  readonly params: readonly Entry[];
}

/** Signals of one name that started a run as one. In lists of runs they are only counted. */
export interface FoldedSignals {
  readonly count: number;
  readonly signals: readonly FoldedSignal[];
}

/** One of the signals that were folded into a run. */
export interface FoldedSignal {
  /** The signal's ULID. */
  readonly signal: string;
  readonly sequence: number;
}

/** The step of another run that waits for this one. */
export interface ParentStep {
  /** The run, as an entity. */
  readonly run: EntityId;
  /** The step's index there, its id, and which of its attempts. */
  readonly step: number;
  readonly stepId: string;
  readonly attempt: number;
}

/** What started a run in the first place. */
export function firstCause(cause: RunCause): FirstCause {
  return cause.kind === 'RESTART' || cause.kind === 'FORK' ? cause.of : cause;
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
  /** When the first attempt of the run was created. Absent: this is it. */
  readonly firstCreatedAt?: Instant;
  /** When it gives up waiting in the queue. */
  readonly queueTimeoutAt?: Instant;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  /** When a running run times out. */
  readonly timeoutAt?: Instant;
  /** Set once it must end: no step starts any more. */
  readonly ending?: Ending;
  /** Set once only the steps under `finally` are left: how the run will have ended after them. */
  readonly finishing?: { readonly status: RunEnd; readonly failure?: Failure };
  readonly failure?: Failure;
  /** In the order of the definition, those under `finally` last. */
  readonly steps: readonly StepState[];
  /** The steps that may run, by index. Absent: all. A restart from one step leaves the others as they were. */
  readonly only?: readonly number[];
  /** What a restart or a fork gave parameters of steps, by index. Imported definitions alone. */
  readonly stepParams?: readonly GivenStepParams[];
  /** A restart made a newer attempt of the same run. */
  readonly superseded: boolean;
  /** For an iteration that had ended and was let begin again while its loop went on: the last time. */
  readonly reopened?: Reopened;
}

/** How an iteration came to begin again. */
export interface Reopened {
  readonly by: string;
  readonly at: Instant;
  /** How often, with this time. */
  readonly times: number;
  /** Where it began. Absent: at the beginning. */
  readonly from?: RestartFrom;
}

/** Values that were given to parameters of one step. */
export interface GivenStepParams {
  readonly step: number;
  readonly params: readonly Entry[];
}

/** Why a run must end before it is done. */
export interface Ending {
  readonly status: 'STOPPED' | 'TIMED_OUT' | 'FAILED';
  readonly at: Instant;
  readonly actor?: string;
  /** Not even the steps under `finally` run. */
  readonly killed?: true;
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
  /** The attempt of the run in which it ended, where a restart kept it. Absent: this one. */
  readonly keptFrom?: number;
  /** The attempt of another run in which it ended, where a fork kept it; `keptFrom` is its number. Absent: of this run. */
  readonly keptFromRun?: EntityId;
  /** The breakpoint at which it stopped before it began, until it begins. */
  readonly breakpoint?: PassedBreakpoint;
  /** Its own parameters, as they were worked out when it last began. Imported definitions alone. */
  readonly params?: readonly ResolvedParam[];
  /** The signals that it waits for, or has waited for. */
  readonly awaiting?: Awaiting;
  /** What it asked of pools, while it waits for it or has it. */
  readonly permits?: StepPermits;
  /** How often it has asked for permits. Absent: never. */
  readonly asked?: number;
  /** How many of its attempts were before its iteration began again: to the retry policy they do not count. Absent: none. */
  readonly formerAttempts?: number;
  /** For a loop that has begun. */
  readonly loop?: LoopState;
  /** For a workflow step that has begun: the run it started, once that is known. */
  readonly child?: {
    readonly workflowId: string;
    readonly run?: EntityId;
    /** The run that an earlier attempt of the step had started, until it has begun again. */
    readonly before?: EntityId;
    /** How that run's leaf steps ended, see `writeCounts`. Absent: it goes on, or did not say. */
    readonly leaves?: string;
  };
  /** What of it begins again when it next begins. Absent: all that is not kept. */
  readonly within?: Within;
}

/** A breakpoint at which a step has stopped. */
export interface PassedBreakpoint {
  /** Who had set it. */
  readonly by: string;
  readonly at: Instant;
  /** The step may go on: it does not stop there again before it begins. */
  readonly passed?: true;
}

/** How far a loop is. What its iterations gave is in records of a thousand each: `iterationsEntity(book, chunk)`. */
export interface LoopState {
  readonly book: string;
  /** How many iterations there are; absent for `while`, which finds out. */
  readonly total?: number;
  /** The values of the next iteration of a `while`, in the order of the definition. */
  readonly values?: readonly Json[];
  /** The index of the next iteration that has not begun. */
  readonly next: number;
  /** The indexes of those that go on. */
  readonly running: readonly number[];
  /** The indexes of those that had ended and are to begin again, as soon as there is a place. Ascending; absent: none. */
  readonly again?: readonly number[];
  /** How many ended how. */
  readonly ended: Readonly<Record<RunEnd, number>>;
  /** What the steps of those that ended came to, see `writeTally`. Absent: none has ended, or none was counted. */
  readonly leaves?: string;
  /** Of those that ended, how many are not in `leaves`. Absent: none, or all where `leaves` is absent. */
  readonly uncounted?: Readonly<Record<RunEnd, number>>;
  /** The first that did not succeed, and why. */
  readonly firstBad?: { readonly index: number; readonly message: string };
  /** The books of earlier tries, newest first: the iterations that had succeeded in them are kept. */
  readonly resumes?: readonly string[];
  /** How many of those that ended badly did so in earlier tries, and are kept. Absent: none. */
  readonly keptBad?: number;
  /** This iteration alone begins again: the others are kept however they had ended. Of a `while`, those before it. */
  readonly within?: Within;
}

/** Why a step is UNSATISFIED: no predecessor leads to it, or its own condition is false. */
export type Unmet =
  | { readonly kind: 'NO_PATH' }
  | { readonly kind: 'WHEN'; readonly expression: string; readonly operands: readonly Entry[] };

/** One try of a step that leaves the engine, or of a loop or a workflow step. */
export interface AttemptState {
  /** From 1. */
  readonly number: number;
  /** New at every dispatch. A report with another token is refused. Absent: it does not leave the engine. */
  readonly token?: string;
  /** The incarnation of the node on which it runs. Absent: it does not leave the engine. */
  readonly host?: string;
  readonly startedAt: Instant;
  readonly endedAt?: Instant;
  readonly failure?: Failure;
  /** It was told to end, and why. */
  readonly cancelling?: CancelReason;
}

/** Why an attempt is told to end. */
export type CancelReason = 'STOP' | 'TIMEOUT' | 'SKIP';

/** The run that a step has started; where it asks for it anew, the one that it had. */
export function childRunOf(step: StepState | undefined): EntityId | undefined {
  return step?.child?.run ?? step?.child?.before;
}

/** Whether a run has ended for good. */
export function isTerminalRun(status: RunStatus): status is RunEnd {
  return status !== 'QUEUED' && status !== 'RUNNING' && status !== 'PAUSED';
}

/** Whether a step has ended for good within its attempt of the run. */
export function isTerminalStep(status: StepStatus): boolean {
  const waits = status === 'PAUSED' || status === 'WAITING_FOR_SIGNALS' || status === 'WAITING_FOR_PERMITS';
  return !waits && status !== 'NOT_CREATED' && status !== 'RUNNING' && status !== 'RETRY_PENDING';
}

/** Whether what needs this step may go on (maestro-behaviour §2.3). */
export function isComplete(status: StepStatus): boolean {
  return (
    status === 'SUCCEEDED' || status === 'UNSATISFIED' || status === 'SKIPPED' || status === 'COMPLETED_WITH_ERROR'
  );
}

/** The attempt of a step that has begun and not ended. */
export function openAttempt(step: StepState | undefined): AttemptState | undefined {
  const attempt = step?.attempts.at(-1);
  return attempt?.endedAt === undefined ? attempt : undefined;
}

/** Whether everything of the run that goes on is being stopped. The steps under `finally` are stopped by a kill alone. */
export function isEnding({ ending, finishing }: RunState): boolean {
  return ending !== undefined && (finishing === undefined || ending.killed === true);
}
