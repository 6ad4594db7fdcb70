// What can be asked of a partition, and what the asker is told.

import { type EntityId, type RunPlace } from '../ids.ts';
import { type Entry } from '../json.ts';
import { type Instant } from '../time.ts';
import { type AttemptReport } from '../run/report.ts';
import { type ForkWish } from '../run/fork.ts';
import { type StepParamsWish } from '../run/restart-from.ts';
import { type RestartFrom } from '../run/restart-from.ts';
import { type BackfillCommand } from './backfill/backfill-command.ts';
import { type PropertiesChange } from '../workflow/properties.ts';
import { type BreakpointPlace } from '../workflow/breakpoints.ts';
import { type ContractCommand, type ContractOutcome } from './signal/contract-command.ts';
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
  /** What listens to a signal name: triggers, and runs with steps that wait for it. */
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
  /** `source` is the hash of what is stored of the version, which is among the blobs already. */
  | {
      readonly type: 'ApplyTemplate';
      readonly templateId: string;
      readonly source: string;
      readonly expectedVersion?: number;
      readonly name?: string;
      readonly description?: string;
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
      /** For parameters of single steps. Absent: nothing. */
      readonly stepParams?: readonly StepParamsWish[];
      /** Absent: from the beginning. */
      readonly from?: RestartFrom;
    }
  /** A new run that keeps what this one has done. */
  | ({ readonly type: 'ForkRun'; readonly run: RunTarget } & ForkWish)
  | { readonly type: 'SkipStep'; readonly run: RunTarget; readonly stepId: string }
  /** A step goes on without the signals that it still waits for. */
  | { readonly type: 'BypassSignals'; readonly run: RunTarget; readonly stepId: string }
  | { readonly type: 'RetryStep'; readonly run: RunTarget; readonly stepId: string }
  /** What is not named stays; null takes back what was set by hand. `expectedVersion` is the number of the last change. */
  | {
      readonly type: 'UpdateWorkflow';
      readonly workflowId: string;
      readonly change: PropertiesChange;
      readonly expectedVersion?: number;
    }
  | { readonly type: 'DeleteWorkflow'; readonly workflowId: string; readonly stopRuns: boolean }
  /** A step goes on that stands at a breakpoint. */
  | { readonly type: 'ResumeStep'; readonly run: RunTarget; readonly stepId: string }
  | { readonly type: 'SetBreakpoint'; readonly workflowId: string; readonly place: BreakpointPlace }
  | { readonly type: 'ClearBreakpoint'; readonly workflowId: string; readonly place: BreakpointPlace }
  | { readonly type: 'UnblockWorkflow'; readonly workflowId: string }
  | { readonly type: 'PauseTriggers'; readonly workflowId: string }
  | { readonly type: 'ResumeTriggers'; readonly workflowId: string }
  /** What waits for a trigger on several signals is dropped. The trigger by its name within the workflow. */
  | { readonly type: 'ResetTrigger'; readonly workflowId: string; readonly trigger: string }
  | BackfillCommand
  | {
      readonly type: 'ApplyPool';
      readonly pool: string;
      readonly size: number;
      readonly description?: string;
      readonly expectedVersion?: number;
    }
  | { readonly type: 'DeletePool'; readonly pool: string }
  | { readonly type: 'Release'; readonly entity: EntityId }
  | { readonly type: 'PublishSignals'; readonly name: string; readonly signals: readonly NewSignal[] }
  | ContractCommand
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
  | { readonly type: 'PoolApplied'; readonly pool: string; readonly version: number; readonly changed: boolean }
  | {
      readonly type: 'TemplateApplied';
      readonly templateId: string;
      readonly version: number;
      readonly changed: boolean;
    }
  | { readonly type: 'Started'; readonly run: EntityId }
  | { readonly type: 'Done'; readonly entity: EntityId }
  | ContractOutcome
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
