// The use cases of contracts: applying one, and what becomes of publications that it refused.

import { type Entry } from '../core/json.ts';
import { type Refusal } from '../core/refusal.ts';
import { type Result } from '../core/result.ts';
import { type SignalQuarantineState } from '../core/signal/refused.ts';
import { type SignalState, type SignalTypeState } from '../core/signal/signal.ts';
import { type Answer, type Caller } from './answer.ts';

/** What applying a contract comes to. */
export interface AppliedContract {
  readonly state: SignalTypeState;
  readonly version: number;
  readonly changed: boolean;
}

/** What applying a contract would come to. */
export interface ContractPlan {
  readonly name: string;
  readonly version: number;
  readonly unchanged: boolean;
  /** Sentences on what would now be refused. */
  readonly refuses: readonly string[];
}

/** A refused publication that is meant, by its signal's name and its own id. */
export interface RefusedTarget {
  readonly name: string;
  readonly id: string;
}

/** A step of an active version that publishes a signal. */
export interface PublishingStep {
  readonly workflowId: string;
  readonly stepId: string;
  readonly params: readonly string[];
}

/** A step of an active version that waits for a signal. */
export interface WaitingStep {
  readonly workflowId: string;
  readonly stepId: string;
  /** What it waits for: `weather.ready with rows >= 100`. */
  readonly text: string;
}

/** The use cases. */
export interface ContractCases {
  /** Makes a version of a signal's contract; the same content is the same version. */
  applySignalType(
    input: { readonly source: string; readonly force: boolean; readonly expectedVersion?: number },
    caller: Caller,
  ): Promise<Answer<AppliedContract>>;
  /** What applying a contract would come to; changes nothing. */
  planSignalType(source: string): Promise<Result<ContractPlan, readonly Refusal[]>>;
  /** Publishes what a contract refused, as it is or with other parameters. */
  republish(
    input: RefusedTarget & { readonly params?: readonly Entry[] },
    caller: Caller,
  ): Promise<Answer<SignalState>>;
  /** Lets go of what a contract refused. */
  dismiss(input: RefusedTarget, caller: Caller): Promise<Answer<SignalTypeState>>;
  /** The refused publications of a name, oldest first; undefined if there never were any. */
  refusedPublications(name: string): Promise<SignalQuarantineState | undefined>;
  /** The steps of active versions that publish a name; of the newest five hundred workflows if there are more. */
  publishingSteps(name: string): Promise<readonly PublishingStep[]>;
  /** The steps of active versions that wait for a name; of the newest five hundred workflows if there are more. */
  waitingSteps(name: string): Promise<readonly WaitingStep[]>;
}
