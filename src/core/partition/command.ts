// What can be asked of a partition, and what the asker is told.

import { type EntityId, type RunPlace } from '../ids.ts';
import { type Entry } from '../json.ts';
import { type Instant } from '../time.ts';
import { type AttemptReport } from '../run/report.ts';
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
}

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
  | {
      readonly type: 'StartRun';
      readonly workflowId: string;
      readonly version?: number;
      readonly params: readonly Entry[];
      readonly labels: readonly Entry<string>[];
      readonly scheduledFor?: Instant;
    }
  | { readonly type: 'StopRun'; readonly run: RunTarget }
  | { readonly type: 'RestartRun'; readonly run: RunTarget; readonly params: readonly Entry[] }
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
