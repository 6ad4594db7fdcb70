// What can happen to a run. Steps are named by their place in the definition; times are the commit's.

import { type FileReference } from '../definition/model.ts';
import { type Failure } from '../failure.ts';
import { type EntityId, type RunPlace } from '../ids.ts';
import { type Entry, type Json } from '../json.ts';
import { type ResolvedParam } from '../params/merge.ts';
import { type Instant } from '../time.ts';
import { type IterationReturn, type RunReopened } from './again-events.ts';
import { type AwaitingEvent } from './awaiting.ts';
import { type Within } from './restart-from.ts';
import { type PermitEvent } from './step-permits.ts';
import {
  type CancelReason,
  type GivenStepParams,
  type RunCause,
  type RunEnd,
  type StepState,
  type Unmet,
} from './state.ts';

/** An event of a run. A type without `@` is version 1 of its shape (design §10). */
export type RunEvent =
  | ({
      readonly type: 'RunCreated';
      readonly version: number;
      readonly definition: string;
      readonly params: readonly ResolvedParam[];
      readonly labels: readonly Entry<string>[];
      readonly cause: RunCause;
      readonly scheduledFor?: Instant;
      readonly stepCount: number;
      readonly only?: readonly number[];
      readonly firstCreatedAt?: Instant;
      readonly stepParams?: readonly GivenStepParams[];
      readonly queueTimeoutAt?: Instant;
      /** An iteration that waits for a place in its loop. */
      readonly waits?: true;
    } & RunPlace)
  | { readonly type: 'RunStarted'; readonly timeoutAt?: Instant }
  /** No step starts until it is resumed; what runs goes on. */
  | { readonly type: 'RunPaused'; readonly actor: string }
  | { readonly type: 'RunResumed'; readonly actor: string }
  /** A restart leaves the step as it ended in an earlier attempt of the run. */
  | { readonly type: 'StepKept'; readonly step: number; readonly state: KeptStep }
  /** The step may begin and a breakpoint is set there: it waits until someone lets it go on, or the breakpoint is cleared. */
  | { readonly type: 'StepPaused'; readonly step: number; readonly by: string }
  /** It goes on. Without an actor, since no breakpoint holds it any more. */
  | { readonly type: 'StepResumed'; readonly step: number; readonly actor?: string }
  /** The step begins, and its own parameters were worked out. */
  | { readonly type: 'StepParamsResolved'; readonly step: number; readonly params: readonly ResolvedParam[] }
  | AwaitingEvent
  | PermitEvent
  /** The step is done by the engine itself and has begun to wait, until a time. */
  | { readonly type: 'StepSleeping'; readonly step: number; readonly until: Instant }
  /** An attempt goes out to an executor on a host. */
  | {
      readonly type: 'AttemptStarted';
      readonly step: number;
      readonly attempt: number;
      readonly token: string;
      readonly host: string;
      readonly timeoutAt?: Instant;
    }
  /** The host died: the same attempt goes out again, with a new token. */
  | {
      readonly type: 'AttemptRedispatched';
      readonly step: number;
      readonly attempt: number;
      readonly token: string;
      readonly host: string;
    }
  | { readonly type: 'AttemptCancelling'; readonly step: number; readonly why: CancelReason; readonly actor?: string }
  /** A loop begins, for the first time or (a further attempt) with what is left of it. */
  | {
      readonly type: 'LoopStarted';
      readonly step: number;
      readonly attempt: number;
      readonly book: string;
      readonly total?: number;
      readonly values?: readonly Json[];
      readonly resumes?: readonly string[];
      /** The iteration that alone begins again; it waits for a place. Of a `while`, the one to go back to. */
      readonly within?: Within;
      readonly again?: readonly number[];
      readonly timeoutAt?: Instant;
    }
  /** Iterations begin; all before `next` have begun or are kept, `kept` of them by this event. */
  | {
      readonly type: 'IterationsStarted';
      readonly step: number;
      readonly indexes: readonly number[];
      readonly next: number;
      readonly kept?: number;
      /** Of those that had not succeeded, how many are kept all the same, and the first of them. */
      readonly keptBad?: Partial<Record<RunEnd, number>>;
      readonly firstBad?: { readonly index: number; readonly message: string };
      /** What the steps of those kept came to, see `writeTally`. */
      readonly leaves?: string;
    }
  /** An iteration ended; `values` are those of the next, in a `while`. */
  | {
      readonly type: 'IterationEnded';
      readonly step: number;
      readonly index: number;
      readonly status: RunEnd;
      readonly values?: readonly Json[];
      /** Why it did not succeed. */
      readonly message?: string;
      /** What its steps came to, see `writeTally`. */
      readonly leaves?: string;
    }
  | IterationReturn
  /** Another workflow was asked to run, */
  | {
      readonly type: 'ChildRequested';
      readonly step: number;
      readonly attempt: number;
      readonly workflowId: string;
      readonly timeoutAt?: Instant;
    }
  /** and has made a run. */
  | { readonly type: 'ChildCreated'; readonly step: number; readonly run: EntityId }
  /** The run that it made is over, and these are its leaf steps, see `writeCounts`. */
  | { readonly type: 'ChildCounted'; readonly step: number; readonly leaves: string }
  | {
      readonly type: 'StepSucceeded';
      readonly step: number;
      readonly outputs?: readonly Entry[];
      readonly artifacts?: readonly FileReference[];
    }
  /** The attempt failed and another follows at a time. */
  | { readonly type: 'RetryScheduled'; readonly step: number; readonly failure: Failure; readonly at: Instant }
  | { readonly type: 'StepFailed'; readonly step: number; readonly failure: Failure }
  /** It failed, and its definition says to go on all the same. */
  | { readonly type: 'StepCompletedWithError'; readonly step: number; readonly failure: Failure }
  /** Someone wants the run to go on without it. */
  | { readonly type: 'StepSkipped'; readonly step: number; readonly actor?: string }
  /** Someone let a step that had ended badly begin again while the run goes on. */
  | {
      readonly type: 'StepRetried';
      readonly step: number;
      readonly actor: string;
      /** What of it begins again. Absent: all that did not succeed. */
      readonly within?: Within;
      /** The steps that may run from now on, where not all may. */
      readonly only?: readonly number[];
    }
  | { readonly type: 'StepTimedOut'; readonly step: number; readonly failure: Failure }
  | { readonly type: 'StepStopped'; readonly step: number }
  | { readonly type: 'StepUnsatisfied'; readonly step: number; readonly reason: Unmet }
  /** No step starts any more; the run ends once nothing of it is left running. */
  | {
      readonly type: 'RunEnding';
      readonly status: 'STOPPED' | 'TIMED_OUT' | 'FAILED';
      readonly actor?: string;
      readonly killed?: true;
    }
  /** Nothing is left to do but the steps under `finally`. */
  | { readonly type: 'RunFinishing'; readonly status: RunEnd; readonly failure?: Failure }
  | { readonly type: 'RunEnded'; readonly status: RunEnd; readonly failure?: Failure }
  | { readonly type: 'RunSuperseded' }
  | RunReopened;

/** What a restart keeps of a step. */
export type KeptStep = Pick<StepState, 'status' | 'outputs' | 'artifacts'> &
  Partial<
    Pick<
      StepState,
      | 'keptFromRun'
      | 'startedAt'
      | 'endedAt'
      | 'reason'
      | 'failure'
      | 'params'
      | 'loop'
      | 'child'
      | 'awaiting'
      | 'within'
    >
  > & {
    readonly keptFrom: number;
  };
