// The iterations of a loop as a list: in their order, filtered by status.

import { type RunStatus } from '../../core/run/state.ts';
import { type Engine } from '../../engine/engine.ts';
import { type StepIterationsArgs } from '../generated/schema.ts';
import { countWithin } from '../parse/page.ts';
import { decodePageCursor, encodePageCursor } from '../parse/page-cursor.ts';
import { type ConnectionSource } from '../present/connection.ts';
import { countIn, iterationOf, type IterationSource } from '../present/iteration.ts';
import { type StepSource } from '../present/step.ts';

/** A page of iterations; counting them costs nothing. */
export interface IterationPage extends Omit<ConnectionSource<IterationSource>, 'cursor' | 'count'> {
  readonly totalCount: number | null;
}

const LARGEST_SIZE = 100;

/** A page of a loop's iterations; null for a step that is no loop. */
export async function listIterations(
  engine: Engine,
  { id, kind, view, index }: Pick<StepSource, 'id' | 'kind' | 'view' | 'index'>,
  { first, after, statuses: wanted }: Pick<StepIterationsArgs, 'first' | 'after' | 'statuses'>,
): Promise<IterationPage | null> {
  if (kind !== 'foreach' && kind !== 'while') return null;
  const statuses: readonly RunStatus[] | undefined = wanted ?? undefined;
  const list = `iterations ${JSON.stringify([id, view.state.attempt, statuses])}`;
  const behind = after === null || after === undefined ? -1 : decodePageCursor(list, after).at;
  const { rows, more } = await engine.iterations(view, index, {
    after: behind,
    limit: countWithin('first', first ?? 20, LARGEST_SIZE),
    ...(statuses === undefined ? {} : { statuses }),
  });
  const edges = rows.map((row) => ({
    cursor: encodePageCursor(list, { at: row.index, id: String(row.index) }),
    node: iterationOf(view, row),
  }));
  const loop = view.state.steps[index]?.loop;
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    totalCount: loop === undefined ? 0 : countIn(loop, statuses),
    pageInfo: {
      hasNextPage: more,
      hasPreviousPage: behind >= 0,
      startCursor: edges[0]?.cursor,
      endCursor: edges.at(-1)?.cursor,
    },
  };
}
