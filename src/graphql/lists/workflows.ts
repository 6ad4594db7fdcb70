// The list of workflows.

import { type Engine } from '../../engine/engine.ts';
import { type WorkflowFilter } from '../generated/schema.ts';
import { givenOf } from '../parse/given.ts';
import { parseLabelFilter } from '../parse/label-filter.ts';
import { type ListOrder, type PageArguments, parsePage } from '../parse/page.ts';
import { connectionOf, type WorkflowConnectionSource } from '../present/connection.ts';
import { workflowOfRow } from '../present/workflow.ts';

/** A page of workflows. */
export async function listWorkflows(
  engine: Engine,
  args: PageArguments,
  { filter: asked, order }: { readonly filter: WorkflowFilter; readonly order: ListOrder },
): Promise<WorkflowConnectionSource> {
  const { labels, ...plain } = givenOf(asked);
  const filter = { ...plain, ...(labels === undefined ? {} : { labels: parseLabelFilter(labels) }) };
  const list = `workflows ${JSON.stringify([filter, order])}`;
  const wish = parsePage(args, list, order);
  const page = await engine.workflows(wish.request, filter);
  return connectionOf(page, wish, { list, present: workflowOfRow, count: () => engine.countWorkflows(filter) });
}
