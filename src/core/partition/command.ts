// What can be asked of a partition, and what the asker is told.

import { type EntityId, type RunPlace } from '../ids.ts';
import { type Entry } from '../json.ts';
import { type Instant } from '../time.ts';
import { type AttemptReport } from '../run/report.ts';
import { type RestartFrom } from '../run/state.ts';
import { type Message, type NewSignal, type MessagePlace } from './message.ts';

/** A wish from outside, with everything that chance and time had to add. */
export interface Command {
  readonly id: string;
  readonly actor: string;
  readonly reason?: string;
  readonly key?: string;
  readonly argsHash?: string;
  readonly body: CommandBody;
}

/** The run that is meant; without an attempt, the newest. */
export interface RunTarget {
  readonly workflowId: string;
  readonly number: number;
  readonly attempt?: number;
  /** For an iteration of a loop: the way to it. */
  readonly path?: string;
}

/** What a command is aimed at, as far as it says so itself: little enough to be written down before it is decided. */
export type Aim =
  | { readonly kind: 'entity'; readonly id: EntityId }
  | { readonly kind: 'run'; readonly run: RunTarget }
  /** The triggers that listen to a signal name. */
  | { readonly kind: 'listeners'; readonly name: string };

/** What is wished. */
export type CommandBody =
  | {
      readonly type: 'ApplyWorkflow';
      readonly workflowId: string;
      /** Hash of the definition, which is among the blobs already. */
      readonly definition: string;
      readonly activate: boolean;
      readonly expectedVersion?: number;
    }
  /** Without a number, the newest. */
  | { readonly type: 'ActivateVersion'; readonly workflowId: string; readonly version?: number }
  | {
      readonly type: 'StartRun';
      readonly workflowId: string;
      readonly version?: number;
      readonly params: readonly Entry[];
      readonly labels: readonly Entry<string>[];
      readonly scheduledFor?: Instant;
    }
  | { readonly type: 'StopRun'; readonly run: RunTarget }
  /** Ends it as FAILED, and does not even run what stands under `finally`. */
  | { readonly type: 'KillRun'; readonly run: RunTarget }
  | { readonly type: 'PauseRun'; readonly run: RunTarget }
  | { readonly type: 'ResumeRun'; readonly run: RunTarget }
  | {
      readonly type: 'RestartRun';
      readonly run: RunTarget;
      readonly params: readonly Entry[];
      /** Absent: from the beginning. */
      readonly from?: RestartFrom;
    }
  | { readonly type: 'SkipStep'; readonly run: RunTarget; readonly stepId: string }
  | { readonly type: 'RetryStep'; readonly run: RunTarget; readonly stepId: string }
  | { readonly type: 'UnblockWorkflow'; readonly workflowId: string }
  | { readonly type: 'PauseTriggers'; readonly workflowId: string }
  | { readonly type: 'ResumeTriggers'; readonly workflowId: string }
  | { readonly type: 'Release'; readonly entity: EntityId }
  | { readonly type: 'PublishSignals'; readonly name: string; readonly signals: readonly NewSignal[] }
  | { readonly type: 'ReportAttempt'; readonly run: RunPlace; readonly report: AttemptReport }
  /** A time has come that this entity waited for. */
  | { readonly type: 'Wake'; readonly entity: EntityId }
  /** These incarnations are gone: what ran there goes out again. */
  | {
      readonly type: 'HostsLost';
      readonly entity: EntityId;
      readonly hosts: readonly string[];
      /** Only these dispatches: a host that lives says that it never got to perform them. Without, all of those hosts. */
      readonly tokens?: readonly string[];
    }
  /** A command that ended one server after the other: what it is aimed at takes part in nothing until it is released. */
  | { readonly type: 'SetAside'; readonly aim: Aim; readonly reason: string }
  | { readonly type: 'TakeMessage'; readonly place: MessagePlace; readonly message: Message };

/** What a command came to. A refusal changes nothing and is not remembered. */
export type Outcome =
  | { readonly type: 'Applied'; readonly workflowId: string; readonly version: number; readonly changed: boolean }
  | { readonly type: 'Started'; readonly run: EntityId }
  | { readonly type: 'Done'; readonly entity: EntityId }
  | { readonly type: 'Published'; readonly signals: readonly EntityId[] };

/** What decide is told beside the command. */
export interface Circumstances {
  /** The partition's time: the later of the store's and the partition's last. */
  readonly now: Instant;
  /** For names that need chance. */
  readonly seed: number;
  /** The incarnation that will host attempts started now. */
  readonly host: string;
  readonly partition: number;
  readonly partitions: number;
}
