// The list of workflows. What it asks of their last runs is joined to the rows here: a workflow's row does not know its runs.

import { type RunRow, type WorkflowRow } from '../../core/partition/summary.ts';
import { type Projections, type StoredRow } from '../../ports/projections.ts';
import { type PageRequest } from '../page.ts';
import { type WorkflowsFilter } from '../filters.ts';
import { workflowsCondition } from './list-conditions.ts';

/** One page of workflows, with what each was sorted by. */
export interface WorkflowPage {
  readonly rows: readonly (StoredRow<WorkflowRow> & { readonly key: number })[];
  readonly more: boolean;
}

/** How many workflows are joined to their last runs; beyond it the newest are. */
const mostJoined = 10_000;

/** A page of workflows. */
export async function listWorkflows(
  projections: Projections,
  request: PageRequest,
  filter: WorkflowsFilter,
): Promise<WorkflowPage> {
  const isJoined = filter.lastRun !== undefined || request.by === 'ACTIVITY';
  if (isJoined) return pageOf(await joined(projections, filter), request);
  const { by, ...rest } = request;
  const key = by === 'ID' ? 'id' : 'at';
  const { rows, more } = await projections.page('workflows', { ...rest, ...workflowsCondition(filter), by: key });
  return { rows: rows.map((stored) => ({ ...stored, key: key === 'id' ? 0 : stored.row.at })), more };
}

/** How many workflows there are; counting stops at `limit`. */
export async function countWorkflows(
  projections: Projections,
  filter: WorkflowsFilter,
  limit: number,
): Promise<number> {
  if (filter.lastRun === undefined) return projections.count('workflows', workflowsCondition(filter), limit);
  return Math.min((await joined(projections, filter)).length, limit);
}

interface Joined {
  readonly stored: StoredRow<WorkflowRow>;
  readonly last: RunRow | undefined;
}

async function joined(projections: Projections, filter: WorkflowsFilter): Promise<readonly Joined[]> {
  const [{ rows }, latest] = await Promise.all([
    projections.page('workflows', { ...workflowsCondition(filter), order: 'NEWEST_FIRST', limit: mostJoined }),
    projections.latestRuns(),
  ]);
  const last = new Map(latest.map(({ row }) => [row.workflowId, row]));
  return rows
    .map((stored) => ({ stored, last: last.get(stored.row.workflowId) }))
    .filter(({ last: run }) => isWanted(run, filter.lastRun));
}

function isWanted(run: RunRow | undefined, statuses: WorkflowsFilter['lastRun']): boolean {
  return statuses === undefined || (run !== undefined && statuses.includes(run.status));
}

function pageOf(all: readonly Joined[], { by = 'CREATED', order, after, limit }: PageRequest): WorkflowPage {
  const direction = order === 'OLDEST_FIRST' ? 1 : -1;
  const rows = all
    .map(({ stored, last }) => ({ ...stored, key: keyOf(by, stored.row, last) }))
    .sort((one, other) => direction * compare(one, other))
    .filter(
      (row) => after === undefined || direction * compare(row, { id: after.id, key: by === 'ID' ? 0 : after.at }) > 0,
    );
  return { rows: rows.slice(0, limit), more: rows.length > limit };
}

function keyOf(by: string, workflow: WorkflowRow, last: RunRow | undefined): number {
  if (by === 'ID') return 0;
  if (by !== 'ACTIVITY') return workflow.at;
  return Math.max(workflow.updatedAt, last?.endedAt ?? last?.startedAt ?? last?.at ?? 0);
}

function compare(
  one: { readonly id: string; readonly key: number },
  other: { readonly id: string; readonly key: number },
): number {
  if (one.key !== other.key) return one.key - other.key;
  return one.id === other.id ? 0 : one.id < other.id ? -1 : 1;
}
