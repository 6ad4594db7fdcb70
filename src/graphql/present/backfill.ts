// A backfill, its lines and its changes as the schema shows them.

import { backfillActions, type BackfillState, type LineCounts } from '../../core/backfill/backfill.ts';
import { type BackfillLine, type LineVerdict, type SeenRun } from '../../core/backfill/lines.ts';
import { type LineDifference, verdictText } from '../../core/backfill/plan-lines.ts';
import { backfillText } from '../../core/explanation/explain-backfill.ts';
import { type EntityId, triggerEntity } from '../../core/ids.ts';
import { type Cursor } from '../../core/partition/cursor.ts';
import { type BackfillView, type MovedPlan } from '../../engine/backfill-cases.ts';
import {
  type Backfill,
  type BackfillDifference,
  type BackfillLine as BackfillLineShape,
  type BackfillVerdict,
} from '../generated/schema.ts';
import { type ConnectionSource } from './connection.ts';
import { objectOf } from './object.ts';
import { workflowUrl } from './public-id.ts';

/** What the fields of `Backfill` are resolved from. */
export interface BackfillSource extends Omit<Backfill, '__typename' | 'workflow' | 'lines' | 'explanation'> {
  readonly __typename: 'Backfill';
}

/** What the fields of `BackfillConnection` are resolved from. */
export type BackfillConnectionSource = ConnectionSource<BackfillSource>;

const MOST_DIFFERENCES = 1_000;
const VERDICTS: readonly BackfillVerdict[] = ['NEW', 'REDO', 'SKIP', 'CONFLICT'];
const STATUSES: readonly (keyof LineCounts)[] = [
  'WAITING',
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'STOPPED',
  'TIMED_OUT',
  'REFUSED',
];

/** A backfill from its state. */
export function backfillOf({ id, state, cursor }: BackfillView): BackfillSource {
  const { plan, workflowId, number } = state;
  const { source } = plan;
  const isTicks = source.kind === 'TICKS';
  return {
    __typename: 'Backfill',
    id,
    number,
    workflowId,
    version: plan.version,
    status: state.status,
    hash: plan.hash,
    text: backfillText(state),
    triggerId: isTicks && source.trigger !== undefined ? triggerEntity(workflowId, source.trigger) : null,
    from: isTicks ? source.from : null,
    to: isTicks ? source.to : null,
    params: objectOf(plan.params),
    redo: plan.redo,
    order: plan.order,
    concurrency: plan.concurrency,
    stopAfterFailures: plan.stopAfterFailures,
    estimatedMs: plan.estimate,
    total: plan.total,
    verdicts: VERDICTS.map((verdict) => ({ verdict, count: plan.verdicts[verdict] })),
    counts: STATUSES.map((status) => ({ status, count: state.counts[status] })),
    ...whoAndWhen(state),
    allowedActions: state.quarantine === undefined ? backfillActions(state) : [],
    cursor,
    url: `${workflowUrl(workflowId)}/backfills/${String(number)}`,
  };
}

function whoAndWhen(
  state: BackfillState,
): Pick<BackfillSource, 'actor' | 'createdAt' | 'expiresAt' | 'appliedAt' | 'appliedBy' | 'endedAt'> {
  const { actor, createdAt, expiresAt, appliedAt, appliedBy, endedAt } = state;
  return { actor, createdAt, expiresAt, appliedAt, appliedBy, endedAt };
}

/** A backfill from its line in a list that reflects the cursor. */
export function backfillOfRow(id: EntityId, state: BackfillState, cursor: Cursor): BackfillSource {
  return backfillOf({ id, state, cursor });
}

/** A line of a backfill. */
export function backfillLineOf(
  workflowId: string,
  { index, line }: { readonly index: number; readonly line: BackfillLine },
): BackfillLineShape {
  const isToDo = line.verdict === 'NEW' || line.verdict === 'REDO';
  return {
    index,
    scheduledFor: line.scheduledFor,
    params: line.params === undefined ? null : objectOf(line.params),
    verdict: line.verdict,
    text: verdictText(line.verdict, line.seen),
    seenRunId: line.seen === undefined ? null : runIdOf(workflowId, line.seen.number),
    status: isToDo ? (line.status ?? 'WAITING') : null,
    runId: line.run === undefined ? null : runIdOf(workflowId, line.run),
    message: line.message,
  };
}

/** How a plan differs from what it would be now. */
export function differencesOf(workflowId: string, moved: MovedPlan | undefined): readonly BackfillDifference[] {
  return (moved?.differences ?? [])
    .slice(0, MOST_DIFFERENCES)
    .map((difference) => differenceOf(workflowId, difference));
}

function differenceOf(workflowId: string, { key, before, after }: LineDifference): BackfillDifference {
  const run = after?.seen ?? before?.seen;
  return {
    scheduledFor: key.scheduledFor,
    params: key.params === undefined ? null : objectOf(key.params),
    before: before?.verdict,
    after: after?.verdict,
    runId: run === undefined ? null : runIdOf(workflowId, run.number),
    text: `${saidOf('was not in the plan', before)}; now ${saidOf('is not in it any more', after)}`,
  };
}

function saidOf(none: string, line: { readonly verdict: LineVerdict; readonly seen?: SeenRun } | undefined): string {
  return line === undefined ? none : verdictText(line.verdict, line.seen);
}

function runIdOf(workflowId: string, number: number): string {
  return `run:${workflowId}/${String(number)}`;
}
