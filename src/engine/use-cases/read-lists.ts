// Lists of workflows, runs, signals and the audit, by page, from the projected rows.

import { type SummaryRow } from '../../core/partition/summary.ts';
import { type RowKey, type RowQuery, type StoredRow } from '../../ports/projections.ts';
import { type Engine } from '../engine.ts';
import { type Page, type PageRequest } from '../page.ts';
import { type RunsFilter } from '../filters.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { type Reader } from '../reader.ts';
import { UnavailableError } from '../unavailable-error.ts';
import { auditCondition, runsCondition, signalsCondition } from './list-conditions.ts';
import { countWorkflows, listWorkflows } from './list-workflows.ts';

const mostCounted = 10_000;
/** Of how many workflows the runs of one owner are looked for. */
const mostOwned = 1_000;
/** Behind the last commit that any block can have. */
const wholeBlock = 999_999_999;

/** Creates the use cases that list. */
export function createLists(
  outside: Outside,
  node: EngineNode,
  reader: Reader,
): Pick<
  Engine,
  | 'workflows'
  | 'runs'
  | 'signals'
  | 'audit'
  | 'countWorkflows'
  | 'countRuns'
  | 'countSignals'
  | 'countAudit'
  | 'templates'
  | 'countTemplates'
> {
  const { projections } = outside;

  async function page<Row extends SummaryRow>(
    read: () => Promise<{
      readonly rows: readonly (StoredRow<Row> & { readonly key?: number })[];
      readonly more: boolean;
    }>,
  ): Promise<Page<Row>> {
    // Read before the rows, the cursor is never ahead of them: a watcher that goes on from it misses nothing.
    const projected = new Map((await projections.projected()).map(({ partition, n }) => [partition, n]));
    const cursor = Array.from({ length: node.partitions() }, (_, partition) => {
      // Everything of the block is in the rows: a watcher goes on behind all of its commits.
      return { partition, n: projected.get(partition) ?? 0, i: wholeBlock };
    });
    return { ...(await read()), cursor };
  }

  async function runs(filter: RunsFilter): Promise<ReturnType<typeof runsCondition>> {
    return runsCondition(filter, filter.owner === undefined ? undefined : await ownedBy(filter.owner));
  }

  async function ownedBy(owner: string): Promise<readonly string[]> {
    const query = { where: { owner }, order: 'NEWEST_FIRST', limit: mostOwned } as const;
    const { rows, more } = await projections.page('workflows', query);
    if (more) throw tooManyOwned(owner);
    return rows.map(({ row }) => row.workflowId);
  }

  return {
    workflows: (request, filter) => page(() => listWorkflows(projections, request, filter)),
    runs: async (request, filter, atLeast) => {
      if (atLeast !== undefined) await reader.projectedTo(atLeast);
      return page(async () => {
        const by = keyOf(request);
        const { rows, more } = await projections.page('runs', { ...query(request), ...(await runs(filter)), by });
        return { rows: rows.map((stored) => ({ ...stored, key: stored.row[by] ?? 0 })), more };
      });
    },
    signals: (request, filter) =>
      page(() => projections.page('signals', { ...query(request), ...signalsCondition(filter) })),
    audit: (request, filter) =>
      page(() => projections.page('audits', { ...query(request), ...auditCondition(filter) })),
    countWorkflows: (filter) => countWorkflows(projections, filter, mostCounted),
    countRuns: async (filter) => projections.count('runs', await runs(filter), mostCounted),
    countSignals: (filter) => projections.count('signals', signalsCondition(filter), mostCounted),
    templates: (request) => page(() => projections.page('templates', { ...query(request), where: {} })),
    countTemplates: () => projections.count('templates', { where: {} }, mostCounted),
    countAudit: (filter) => projections.count('audits', auditCondition(filter), mostCounted),
  };
}

type RunKey = Exclude<RowKey, 'id'>;

const runKeys: Readonly<Record<string, RunKey>> = { STARTED: 'startedAt', ENDED: 'endedAt', DURATION: 'took' };

function keyOf({ by }: PageRequest): RunKey {
  return runKeys[by ?? ''] ?? 'at';
}

function query({ limit, order, after }: PageRequest): Pick<RowQuery, 'limit' | 'order' | 'after'> {
  return { limit, order, ...(after === undefined ? {} : { after }) };
}

function tooManyOwned(owner: string): UnavailableError {
  return new UnavailableError(
    'OVERLOADED',
    `"${owner}" answers for more than ${String(mostOwned)} workflows; name some of them instead of the owner.`,
  );
}
