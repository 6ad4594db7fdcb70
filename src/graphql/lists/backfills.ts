// The list of backfills, and the lines of one of them.

import { backfillEntity, type EntityId } from '../../core/ids.ts';
import { type BackfillsFilter } from '../../engine/backfill-cases.ts';
import { type Engine } from '../../engine/engine.ts';
import { type BackfillLine, type BackfillLinesArgs, type PageInfo } from '../generated/schema.ts';
import { countWithin, type PageArguments, parsePage } from '../parse/page.ts';
import { decodePageCursor, encodePageCursor } from '../parse/page-cursor.ts';
import { type BackfillConnectionSource, backfillLineOf, backfillOfRow } from '../present/backfill.ts';
import { connectionOf } from '../present/connection.ts';

/** A page of lines; counting them costs nothing. */
export interface LinePage {
  readonly edges: readonly { readonly cursor: string; readonly node: BackfillLine }[];
  readonly nodes: readonly BackfillLine[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

const LARGEST_SIZE = 100;

/** A page of backfills, newest first. */
export async function listBackfills(
  engine: Engine,
  args: PageArguments,
  filter: BackfillsFilter,
): Promise<BackfillConnectionSource> {
  const list = `backfills ${JSON.stringify([filter.workflowId, filter.status])}`;
  const wish = parsePage(args, list, { order: 'NEWEST_FIRST' });
  const page = await engine.backfills(wish.request, filter);
  return connectionOf(page, wish, {
    list,
    present: ({ backfill }, cursor) =>
      backfillOfRow(backfillEntity(backfill.workflowId, backfill.number), backfill, cursor),
    count: () => engine.countBackfills(filter),
  });
}

/** A page of a backfill's lines. */
export async function listBackfillLines(
  engine: Engine,
  { id, workflowId, total }: { readonly id: string; readonly workflowId: string; readonly total: number },
  { first, after }: Pick<BackfillLinesArgs, 'first' | 'after'>,
): Promise<LinePage> {
  const list = `lines ${id}`;
  const from = after === null || after === undefined ? 0 : decodePageCursor(list, after).at + 1;
  const count = countWithin('first', first ?? 20, LARGEST_SIZE);
  const rows = await engine.backfillLines(id as EntityId, from, count);
  const edges = rows.map((row) => ({
    cursor: encodePageCursor(list, { at: row.index, id: String(row.index) }),
    node: backfillLineOf(workflowId, row),
  }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    totalCount: total,
    pageInfo: {
      hasNextPage: from + rows.length < total,
      hasPreviousPage: from > 0,
      startCursor: edges[0]?.cursor,
      endCursor: edges.at(-1)?.cursor,
    },
  };
}
