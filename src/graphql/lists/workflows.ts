// The list of workflows.

import { type Engine } from '../../engine/engine.ts';
import { type WorkflowFilter } from '../generated/schema.ts';
import { type PageArguments, parsePage } from '../parse/page.ts';
import { connectionOf, type WorkflowConnectionSource } from '../present/connection.ts';
import { workflowOfRow } from '../present/workflow.ts';

/** A page of workflows, newest first. */
export async function listWorkflows(
  engine: Engine,
  args: PageArguments,
  wanted: WorkflowFilter,
): Promise<WorkflowConnectionSource> {
  const { prefix, owner } = wanted;
  const filter = {
    ...(prefix === null || prefix === undefined ? {} : { prefix }),
    ...(owner === null || owner === undefined ? {} : { owner }),
  };
  const list = `workflows ${JSON.stringify([filter.prefix, filter.owner])}`;
  const wish = parsePage(args, list, 'NEWEST_FIRST');
  const page = await engine.workflows(wish.request, filter);
  return connectionOf(page, wish, { list, present: workflowOfRow, count: () => engine.countWorkflows(filter) });
}
