// One line of a list for each entity that is listed. Rows are caches: `downbeat rebuild` makes them again.

import { type EntityId, triggerEntity } from '../ids.ts';
import { type Entry } from '../json.ts';
import { listedCause } from '../run/listed-cause.ts';
import { type RunCause, type RunState, type RunStatus, type StepStatus } from '../run/state.ts';
import { type SignalState } from '../signal/signal.ts';
import { signalsOf } from '../trigger/trigger.ts';
import { type Instant, type Milliseconds } from '../time.ts';
import { type WorkflowState } from '../workflow/workflow.ts';
import { type AuditRow } from './audit.ts';
import { backfillRow, type BackfillRow } from './backfill/backfill-row.ts';
import { type TemplateState } from '../template/template.ts';
import { awaitedNames, type EntityState } from './entity.ts';

/** A row of any list; `collection` tells which. `at` is what lists are sorted by. */
export type SummaryRow =
  WorkflowRow | RunRow | SignalRow | TriggerRow | AuditRow | BackfillRow | BucketRow | TemplateRow;

/** A workflow in a list. */
export interface WorkflowRow {
  readonly collection: 'workflows';
  readonly at: Instant;
  readonly workflowId: string;
  readonly name?: string;
  readonly owner?: string;
  readonly active?: number;
  readonly versions: number;
  readonly triggersPaused: boolean;
  readonly updatedAt: Instant;
  readonly labels?: readonly Entry<string>[];
  /** When it was deleted; its runs can still be read. */
  readonly deletedAt?: Instant;
}

/** One attempt of a run in a list. */
export interface RunRow {
  readonly collection: 'runs';
  readonly at: Instant;
  readonly workflowId: string;
  readonly number: number;
  readonly attempt: number;
  /** Whether no restart made a newer attempt. */
  readonly newest: boolean;
  readonly status: RunStatus;
  readonly version: number;
  readonly definition: string;
  readonly cause: RunCause;
  readonly labels: readonly Entry<string>[];
  readonly scheduledFor?: Instant;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  /** How long it took from its start to its end. */
  readonly took?: Milliseconds;
  readonly counts: readonly { readonly status: StepStatus; readonly count: number }[];
  /** The signal names that its steps wait for now, but for those in its loops. Absent: none. */
  readonly awaits?: readonly string[];
}

/** A published signal in a list. */
export interface SignalRow {
  readonly collection: 'signals';
  readonly at: Instant;
  readonly name: string;
  readonly sequence: number;
  /** The whole signal: a row is all there is of it. */
  readonly signal: SignalState;
}

/** A template in a list. */
export interface TemplateRow {
  readonly collection: 'templates';
  readonly at: Instant;
  readonly templateId: string;
  /** The whole template: a row is all that a list needs of it. */
  readonly template: TemplateState;
}

/** A trigger in a list. */
export interface TriggerRow {
  readonly collection: 'triggers';
  readonly at: Instant;
  readonly workflowId: string;
  readonly trigger: EntityId;
  readonly armed: boolean;
  /** The signal names it listens to, if any. */
  readonly listens?: readonly string[];
}

/** What waits for one join key of a trigger, in a list. */
export interface BucketRow {
  readonly collection: 'buckets';
  readonly at: Instant;
  readonly workflowId: string;
  readonly trigger: EntityId;
  /** Only what is of the trigger's generation still waits. */
  readonly generation: number;
  /** Whether something waits in it. */
  readonly isOpen: boolean;
  readonly waiting: number;
}

/** The row of an entity, or undefined where its kind is not listed. */
export function summary(id: EntityId, state: EntityState): SummaryRow | undefined {
  switch (state.kind) {
    case 'workflow':
      return workflowRow(state);
    case 'run':
      return state.path === undefined ? runRow(state) : undefined;
    case 'signal':
      return {
        collection: 'signals',
        at: state.publishedAt,
        name: state.name,
        sequence: state.sequence,
        signal: state,
      };
    case 'trigger': {
      const signals = signalsOf(state.definition);
      return {
        collection: 'triggers',
        at: state.armedAt,
        workflowId: state.workflowId,
        trigger: id,
        armed: state.armed,
        ...(signals.length === 0 ? {} : { listens: signals }),
      };
    }
    case 'template':
      return { collection: 'templates', at: state.createdAt, templateId: state.templateId, template: state };
    case 'backfill':
      return backfillRow(state);
    case 'bucket':
      return {
        collection: 'buckets',
        at: state.since,
        workflowId: state.workflowId,
        trigger: triggerEntity(state.workflowId, state.trigger),
        generation: state.generation,
        isOpen: state.candidates.length > 0,
        waiting: state.candidates.length,
      };
    case 'queue':
    case 'startKey':
    case 'backfillLines':
    case 'backfillBook':
    case 'iterations':
    case 'pools':
    case 'signalType':
    case 'signalShelf':
    case 'signalQuarantine':
      return undefined;
  }
}

function workflowRow(state: WorkflowState): WorkflowRow {
  return {
    collection: 'workflows',
    at: state.createdAt,
    workflowId: state.workflowId,
    versions: state.versions.length,
    triggersPaused: state.triggersPaused,
    updatedAt: state.updatedAt,
    ...(state.name === undefined ? {} : { name: state.name }),
    ...(state.owner === undefined ? {} : { owner: state.owner }),
    ...(state.active === undefined ? {} : { active: state.active }),
    ...(state.labels === undefined ? {} : { labels: state.labels }),
    ...(state.deleted === undefined ? {} : { deletedAt: state.deleted.at }),
  };
}

/** The row of one attempt of a run. */
export function runRow(run: RunState): RunRow {
  const counts = new Map<StepStatus, number>();
  const awaits = awaitedNames(run);
  for (const step of run.steps) counts.set(step.status, (counts.get(step.status) ?? 0) + 1);
  return {
    collection: 'runs',
    at: run.createdAt,
    workflowId: run.workflowId,
    number: run.number,
    attempt: run.attempt,
    newest: !run.superseded,
    status: run.status,
    version: run.version,
    definition: run.definition,
    cause: listedCause(run.cause),
    labels: run.labels,
    counts: [...counts].map(([status, count]) => ({ status, count })),
    ...(awaits.length === 0 ? {} : { awaits }),
    ...(run.scheduledFor === undefined ? {} : { scheduledFor: run.scheduledFor }),
    ...(run.startedAt === undefined ? {} : { startedAt: run.startedAt }),
    ...(run.endedAt === undefined ? {} : { endedAt: run.endedAt }),
    ...(run.startedAt === undefined || run.endedAt === undefined ? {} : { took: run.endedAt - run.startedAt }),
  };
}
