// `Query.workflow`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { parseWorkflowId } from '../../parse/public-id.ts';
import { wanted } from '../../parse/wanted.ts';
import { workflowOf } from '../../present/workflow.ts';

/** Resolves one workflow. */
export const workflow: Required<QueryResolvers>['workflow'] = async (_parent, { id }, { loaders }) => {
  const state = await loaders.workflow(wanted(parseWorkflowId(id)));
  return state === undefined ? null : workflowOf(state);
};
