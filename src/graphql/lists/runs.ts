// The list of runs: of all workflows or of one.

import { type Cursor } from '../../core/partition/cursor.ts';
import { type Engine } from '../../engine/engine.ts';
import { type RunsFilter } from '../../engine/filters.ts';
import { type ListOrder, type PageArguments, parsePage } from '../parse/page.ts';
import { connectionOf, type RunConnectionSource } from '../present/connection.ts';
import { runOfRow } from '../present/run.ts';

/** Which runs, in which order, from after which commit. */
export interface RunsWish {
  readonly filter: RunsFilter;
  readonly order: ListOrder;
  readonly atLeast?: Cursor | undefined;
}

/** A page of runs. */
export async function listRuns(
  engine: Engine,
  args: PageArguments,
  { filter, order, atLeast }: RunsWish,
): Promise<RunConnectionSource> {
  const list = `runs ${JSON.stringify([filter, order])}`;
  const wish = parsePage(args, list, order);
  const page = await engine.runs(wish.request, filter, atLeast);
  return connectionOf(page, wish, { list, present: runOfRow, count: () => engine.countRuns(filter) });
}
