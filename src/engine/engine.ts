// What the engine offers to those who speak with the outside: GraphQL, HTTP, the command line. Use cases, nothing else.

import { type DefinitionChange } from '../core/definition/compare.ts';
import { type Definition } from '../core/definition/model.ts';
import { type PlanEffect } from '../core/explanation/explain-plan.ts';
import { type PendingBucket } from '../core/explanation/explain-join.ts';
import { type Explanation } from '../core/explanation/explanation.ts';
import { type EntityId, type RunPlace } from '../core/ids.ts';
import { type Entry, type Json } from '../core/json.ts';
import { type AuditRow } from '../core/partition/audit.ts';
import { type RunTarget } from '../core/partition/command.ts';
import { type Cursor } from '../core/partition/cursor.ts';
import { type RecordedEvent } from '../core/partition/entity.ts';
import { type RunRow, type SignalRow, type WorkflowRow } from '../core/partition/summary.ts';
import { type Quarantinable } from '../core/quarantine.ts';
import { type Refusal } from '../core/refusal.ts';
import { type ForkWish } from '../core/run/fork.ts';
import { type StepParamsWish } from '../core/run/restart-from.ts';
import { type RestartPoint } from '../core/run/restart-from.ts';
import { type RunState, type RunStatus } from '../core/run/state.ts';
import { type SignalState, type SignalTypeState } from '../core/signal/signal.ts';
import { type Instant } from '../core/time.ts';
import { type TriggerState } from '../core/trigger/trigger.ts';
import { type PropertiesChange } from '../core/workflow/properties.ts';
import { type BreakpointPlace } from '../core/workflow/breakpoints.ts';
import { type WorkflowState } from '../core/workflow/workflow.ts';
import { type PoolCases } from './pool-cases.ts';
import { type NumberedLine } from '../ports/step-logs.ts';
import { type Answer, type Caller } from './answer.ts';
import { type BackfillCases } from './backfill-cases.ts';
import { type DefinitionInput } from './definition-input.ts';
import { type Page, type PageRequest } from './page.ts';
import { type ContractCases } from './contract-cases.ts';
import { type TemplateCases } from './template-cases.ts';
import { type ViewCases } from './views.ts';
import { type WhatIfCases } from './what-if-cases.ts';
import { type BulkOutcome, type BulkPreview, type BulkWish } from './bulk.ts';
import { type AuditFilter, type RunsFilter, type SignalsFilter, type WorkflowsFilter } from './filters.ts';

/** A run with the definition it runs. */
export interface RunView {
  readonly state: RunState & Quarantinable;
  readonly definition: Definition;
  /** For an iteration that has ended: whether its loop goes on and would let it begin again. */
  readonly returns?: boolean;
  /** The place that this reflects. */
  readonly cursor: Cursor;
}

/** A trigger with its id. */
export interface TriggerView {
  readonly id: EntityId;
  readonly state: TriggerState & Quarantinable;
}

/** One signal of a publication. */
export interface SignalInput {
  readonly name: string;
  readonly params: readonly Entry[];
  readonly payload?: Json;
  readonly occurredAt?: Instant;
}

/** One commit, as far as the watcher wants it. */
export interface Change {
  readonly kind: 'COMMIT' | 'HEARTBEAT' | 'LAGGED';
  readonly cursor: Cursor;
  readonly at: Instant;
  /** Events of the watched entities. */
  readonly events: readonly RecordedEvent[];
}

/** A change of one run, with the run as it was right after it. */
export interface RunChange {
  /** BENEATH: something nested in the run has changed, and it is as it stands now. */
  readonly kind: 'SNAPSHOT' | 'COMMIT' | 'HEARTBEAT' | 'LAGGED' | 'BENEATH';
  readonly cursor: Cursor;
  readonly at: Instant;
  /** Undefined for HEARTBEAT and LAGGED. */
  readonly run?: RunView;
  readonly events: readonly RecordedEvent[];
}

/** Which iterations of a loop: at most `limit` behind index `after` (-1: from the first), with one of the statuses. */
export interface IterationsRequest {
  readonly after: number;
  readonly limit: number;
  readonly statuses?: readonly RunStatus[];
}

/** One iteration of a loop that has begun. */
export interface IterationRow {
  readonly index: number;
  readonly status: RunStatus;
  /** Its run, which is of an earlier attempt where a restart kept it. */
  readonly place: RunPlace;
}

/** What to watch. */
export type Watched =
  | { readonly kind: 'workflow'; readonly workflowId: string }
  | { readonly kind: 'signals'; readonly name?: string }
  | { readonly kind: 'backfill'; readonly id: EntityId; readonly workflowId: string }
  | { readonly kind: 'all' };

/** What applying a definition would come to. */
export interface WorkflowPlan {
  readonly workflowId: string;
  /** What starts use now; undefined if nothing is active. */
  readonly activeVersion: number | undefined;
  /** The version that it would be. */
  readonly version: number;
  /** Whether that version is there already. */
  readonly isKnown: boolean;
  /** Against the active version. */
  readonly changes: readonly DefinitionChange[];
  /** What it touches beside the workflow itself, and what stands in its way. */
  readonly effects: readonly PlanEffect[];
}

/** The use cases. Those that change something answer after their commit is durable; all may throw `UnavailableError`. */
export interface Engine extends BackfillCases, ContractCases, TemplateCases, PoolCases, ViewCases, WhatIfCases {
  applyWorkflow(
    input: DefinitionInput & { readonly activate: boolean; readonly expectedVersion?: number },
    caller: Caller,
  ): Promise<
    Answer<{
      readonly workflow: WorkflowState;
      readonly version: number;
      readonly changed: boolean;
      readonly armed: boolean;
    }>
  >;
  validateWorkflow(input: DefinitionInput): Promise<{
    readonly workflowId?: string;
    readonly files: readonly string[];
    readonly refusals: readonly Refusal[];
  }>;
  /** What applying a definition would change and touch; changes nothing. */
  planWorkflow(
    input: DefinitionInput,
  ): Promise<
    { readonly ok: true; readonly value: WorkflowPlan } | { readonly ok: false; readonly refusals: readonly Refusal[] }
  >;
  /** Starts use that version from now on, or the newest; its triggers are armed and those of the one before are not. */
  activateVersion(
    input: { readonly workflowId: string; readonly version?: number },
    caller: Caller,
  ): ReturnType<Engine['applyWorkflow']>;
  startRun(
    input: {
      readonly workflowId: string;
      readonly version?: number;
      readonly params: readonly Entry[];
      readonly labels: readonly Entry<string>[];
      readonly scheduledFor?: Instant;
    },
    caller: Caller,
  ): Promise<Answer<RunView>>;
  stopRun(run: RunTarget, caller: Caller): Promise<Answer<RunView>>;
  /** Ends a run as FAILED, without its `finally` steps. */
  killRun(run: RunTarget, caller: Caller): Promise<Answer<RunView>>;
  /** Nothing of the run begins until it is resumed; what runs goes on. */
  pauseRun(run: RunTarget, caller: Caller): Promise<Answer<RunView>>;
  resumeRun(run: RunTarget, caller: Caller): Promise<Answer<RunView>>;
  /**
   * A new attempt of an ended run: from its beginning unless `from` says otherwise. If a step of another run waits for it, that
   * one begins again there, and so on up to the first that goes on, or the outermost; the answer is that run.
   */
  restartRun(
    input: {
      readonly run: RunTarget;
      readonly params: readonly Entry[];
      readonly stepParams?: readonly StepParamsWish[];
      readonly from?: RestartPoint;
      /** A run that a step of another run waits for begins again by itself: that one does not wait for it. */
      readonly alone?: true;
    },
    caller: Caller,
  ): Promise<Answer<RunView>>;
  /** A new run that keeps what this one has done. */
  forkRun(input: { readonly run: RunTarget } & ForkWish, caller: Caller): Promise<Answer<RunView>>;
  /** A step goes on that stands at a breakpoint. */
  resumeStep(run: RunTarget, stepId: string, caller: Caller): Promise<Answer<RunView>>;
  /** Runs of the workflow stop there before the step begins. */
  setBreakpoint(workflowId: string, place: BreakpointPlace, caller: Caller): Promise<Answer<WorkflowState>>;
  /** They no longer do, and what stands there goes on. */
  clearBreakpoint(workflowId: string, place: BreakpointPlace, caller: Caller): Promise<Answer<WorkflowState>>;
  /** The run goes on as if the step were done; of an ended run, in a new attempt. */
  skipStep(run: RunTarget, stepId: string, caller: Caller): Promise<Answer<RunView>>;
  /** The step goes on without the signals that it still waits for. */
  bypassSignals(run: RunTarget, stepId: string, caller: Caller): Promise<Answer<RunView>>;
  /** The step begins again; of an ended run, in a new attempt. */
  retryStep(run: RunTarget, stepId: string, caller: Caller): Promise<Answer<RunView>>;
  /** Failed runs no longer hold the others up, under `strict-sequential`. */
  unblockWorkflow(workflowId: string, caller: Caller): Promise<Answer<WorkflowState>>;
  /** All signals of one call, atomic per name; answers with the verdicts that came within a second, or at once. */
  publishSignals(
    signals: readonly SignalInput[],
    caller: Caller,
    options?: { readonly atOnce: boolean },
  ): Promise<Answer<readonly SignalState[]>>;
  /** Changes owner, labels and description, which belong to no version. `expectedVersion` is the number of the last change. */
  updateWorkflow(
    input: { readonly workflowId: string; readonly change: PropertiesChange; readonly expectedVersion?: number },
    caller: Caller,
  ): Promise<Answer<WorkflowState>>;
  /** Nothing of it starts any more; refused while runs go on, unless they are to be stopped. */
  deleteWorkflow(
    input: { readonly workflowId: string; readonly stopRuns: boolean },
    caller: Caller,
  ): Promise<Answer<WorkflowState>>;
  /** What an action would do to all runs that match; does nothing, but for keeping what was shown. */
  previewBulk(wish: BulkWish): Promise<BulkPreview>;
  /** Does what a preview showed to exactly the runs that it showed; refused if too much has changed since. */
  applyBulk(token: string, caller: Caller): Promise<Answer<BulkOutcome>>;
  pauseTriggers(workflowId: string, caller: Caller): Promise<Answer<WorkflowState>>;
  resumeTriggers(workflowId: string, caller: Caller): Promise<Answer<WorkflowState>>;
  /** What waits for a trigger on several signals is dropped: it has expired. */
  resetTrigger(id: EntityId, caller: Caller): Promise<Answer<TriggerView>>;

  workflow(workflowId: string): Promise<WorkflowState | undefined>;
  /** The definition with that hash; throws if there is none, since hashes come from versions. */
  definition(hash: string): Promise<Definition>;
  triggersOf(workflow: WorkflowState): Promise<readonly TriggerView[]>;
  trigger(id: EntityId): Promise<TriggerView | undefined>;
  /** What waits for a trigger on several signals, the newest first. */
  pendingOf(trigger: TriggerView, limit: number): Promise<readonly PendingBucket[]>;
  run(target: RunTarget, atLeast?: Cursor): Promise<RunView | undefined>;
  /** The iterations of a loop that have begun, in order; none for a step that is no loop. */
  iterations(
    run: RunView,
    step: number,
    request: IterationsRequest,
  ): Promise<{ readonly rows: readonly IterationRow[]; readonly more: boolean }>;
  /** What the steps in a loop gave, an array for each output; undefined for no loop, or one of more than 1,000 iterations. */
  loopOutputs(run: RunView, step: number): Promise<readonly Entry[] | undefined>;
  signal(id: EntityId): Promise<SignalState | undefined>;
  signalType(
    name: string,
  ): Promise<{ readonly state: SignalTypeState; readonly listeners: readonly TriggerView[] } | undefined>;
  workflows(page: PageRequest, filter: WorkflowsFilter): Promise<Page<WorkflowRow>>;
  runs(page: PageRequest, filter: RunsFilter, atLeast?: Cursor): Promise<Page<RunRow>>;
  signals(page: PageRequest, filter: SignalsFilter): Promise<Page<SignalRow>>;
  /** Who did what, and why. */
  audit(page: PageRequest, filter: AuditFilter): Promise<Page<AuditRow>>;
  /** How many there are; counting stops at 10,000. */
  countWorkflows(filter: WorkflowsFilter): Promise<number>;
  countRuns(filter: RunsFilter): Promise<number>;
  countSignals(filter: SignalsFilter): Promise<number>;
  countAudit(filter: AuditFilter): Promise<number>;
  /** A run's events with their places, oldest first, the newest `last` of them. */
  timeline(
    run: RunPlace,
    last: number,
  ): Promise<readonly { readonly cursor: Cursor; readonly at: Instant; readonly event: RecordedEvent }[]>;
  /** Why: `id` is a public id of a run, step, workflow, trigger or signal. */
  explain(id: string): Promise<Explanation | undefined>;

  /**
   * A run's changes: behind `after` and then live, or a snapshot and then live. Ends after the attempt's terminal change. With
   * `beneath` it also says, once a second at most, that something nested in the run has changed.
   */
  watchRun(run: RunPlace, after?: Cursor, beneath?: boolean): AsyncIterable<RunChange>;
  /** Commits: behind `after` and then live, or live only. */
  watch(watched: Watched, after?: Cursor): AsyncIterable<Change>;
  /** Lines of an attempt: behind line number `after` and then live. Ends after the last line of an ended attempt. */
  watchLogs(
    run: RunPlace,
    stepId: string,
    attempt: number | undefined,
    after: number,
  ): AsyncIterable<{ readonly attemptId: string; readonly lines: readonly NumberedLine[] }>;
  /** The last lines of a step's newest attempt. */
  logTail(run: RunPlace, stepId: string, lines: number): Promise<readonly NumberedLine[]>;

  /** Drops the rows of all lists and makes them anew; answers how many there are. */
  rebuild(): Promise<number>;
  /** Lets an entity take part again that an error of ours set aside. */
  release(id: EntityId, caller: Caller): Promise<Answer<EntityId>>;

  /** The head of every partition as known here. */
  head(): Promise<Cursor>;
  server(): Promise<{
    readonly nodeId: string;
    readonly role: 'OWNER' | 'STANDBY';
    readonly nodes: readonly { readonly nodeId: string; readonly address: string; readonly partitions: number }[];
  }>;
  /** Whether every partition can be read, and (on the owner) changed. */
  isReady(): boolean;
}
