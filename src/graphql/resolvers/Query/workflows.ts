// `Query.workflows`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { listWorkflows } from '../../lists/workflows.ts';

/** Resolves a page of workflows. */
export const workflows: Required<QueryResolvers>['workflows'] = (_parent, { filter, ...page }, { engine }) =>
  listWorkflows(engine, page, filter ?? {});
