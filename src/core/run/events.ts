// What can happen to a run. Steps are named by their place in the definition; times are the commit's.

import { type FileReference } from '../definition/model.ts';
import { type Failure } from '../failure.ts';
import { type RunPlace } from '../ids.ts';
import { type Entry } from '../json.ts';
import { type ResolvedParam } from '../params/merge.ts';
import { type Instant } from '../time.ts';
import { type RunCause, type Unmet } from './state.ts';

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
    } & RunPlace)
  | { readonly type: 'RunStarted'; readonly timeoutAt?: Instant }
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
  | { readonly type: 'AttemptCancelling'; readonly step: number; readonly why: 'STOP' | 'TIMEOUT' }
  | {
      readonly type: 'StepSucceeded';
      readonly step: number;
      readonly outputs?: readonly Entry[];
      readonly artifacts?: readonly FileReference[];
    }
  /** The attempt failed and another follows at a time. */
  | { readonly type: 'RetryScheduled'; readonly step: number; readonly failure: Failure; readonly at: Instant }
  | { readonly type: 'StepFailed'; readonly step: number; readonly failure: Failure }
  | { readonly type: 'StepTimedOut'; readonly step: number; readonly failure: Failure }
  | { readonly type: 'StepStopped'; readonly step: number }
  | { readonly type: 'StepUnsatisfied'; readonly step: number; readonly reason: Unmet }
  /** No step starts any more; the run ends once nothing of it is left running. */
  | { readonly type: 'RunEnding'; readonly status: 'STOPPED' | 'TIMED_OUT'; readonly actor?: string }
  | {
      readonly type: 'RunEnded';
      readonly status: 'SUCCEEDED' | 'FAILED' | 'STOPPED' | 'TIMED_OUT';
      readonly failure?: Failure;
    }
  | { readonly type: 'RunSuperseded' };
