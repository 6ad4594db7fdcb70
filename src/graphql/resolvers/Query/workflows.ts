// `Query.workflows`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { listWorkflows } from '../../lists/workflows.ts';
import { parseWorkflowOrder } from '../../parse/list-order.ts';

/** Resolves a page of workflows. */
export const workflows: Required<QueryResolvers>['workflows'] = (_parent, { filter, orderBy, ...page }, { engine }) =>
  listWorkflows(engine, page, { filter: filter ?? {}, order: parseWorkflowOrder(orderBy) });
