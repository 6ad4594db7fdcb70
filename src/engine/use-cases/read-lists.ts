// Lists of workflows, runs and signals, by page, from the projected rows.

import { type SummaryRow } from '../../core/partition/summary.ts';
import { type RowQuery, type StoredRow } from '../../ports/projections.ts';
import { type Engine, type Page, type PageRequest, type RunsFilter } from '../engine.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { type Reader } from '../reader.ts';

const mostCounted = 10_000;
/** Behind the last commit that any block can have. */
const wholeBlock = 999_999_999;

/** Creates the use cases that list. */
export function createLists(
  outside: Outside,
  node: EngineNode,
  reader: Reader,
): Pick<Engine, 'workflows' | 'runs' | 'signals' | 'countWorkflows' | 'countRuns' | 'countSignals'> {
  const { projections } = outside;

  async function page<Row extends SummaryRow>(
    read: () => Promise<{ readonly rows: readonly StoredRow<Row>[]; readonly more: boolean }>,
  ): Promise<Page<Row>> {
    // Read before the rows, the cursor is never ahead of them: a watcher that goes on from it misses nothing.
    const projected = new Map((await projections.projected()).map(({ partition, n }) => [partition, n]));
    const cursor = Array.from({ length: node.partitions() }, (_, partition) => {
      // Everything of the block is in the rows: a watcher goes on behind all of its commits.
      return { partition, n: projected.get(partition) ?? 0, i: wholeBlock };
    });
    return { ...(await read()), cursor };
  }

  return {
    workflows: (request, filter) =>
      page(() => projections.page('workflows', { ...query(request), ...workflowsWhere(filter) })),
    runs: async (request, filter, atLeast) => {
      if (atLeast !== undefined) await reader.projectedTo(atLeast);
      return page(() => projections.page('runs', { ...query(request), where: runsWhere(filter) }));
    },
    signals: (request, filter) => page(() => projections.page('signals', { ...query(request), where: { ...filter } })),
    countWorkflows: (filter) => projections.count('workflows', workflowsWhere(filter), mostCounted),
    countRuns: (filter) => projections.count('runs', { where: runsWhere(filter) }, mostCounted),
    countSignals: (filter) => projections.count('signals', { where: { ...filter } }, mostCounted),
  };
}

function query({ limit, order, after }: PageRequest): Omit<RowQuery, 'where'> {
  return { limit, order, ...(after === undefined ? {} : { after }) };
}

function workflowsWhere({ prefix, owner }: Parameters<Engine['workflows']>[1]): Pick<RowQuery, 'where' | 'prefix'> {
  return { where: owner === undefined ? {} : { owner }, ...(prefix === undefined ? {} : { prefix }) };
}

function runsWhere({ workflowId, status, cause }: RunsFilter): RowQuery['where'] {
  return {
    newest: true,
    ...(workflowId === undefined ? {} : { workflowId }),
    ...(status === undefined ? {} : { status }),
    ...(cause === undefined ? {} : { 'cause.kind': cause }),
  };
}
