// Fields of `WorkflowChange` that are loaded.

import { type WorkflowChangeResolvers } from '../../generated/resolvers.ts';
import { changedIds, changedRuns } from '../../load-changed.ts';

/** Resolves what a change of a workflow touched. */
export const WorkflowChange: WorkflowChangeResolvers = {
  ids: (change, _args, context) => changedIds(context, change),
  runs: (change, _args, context) => changedRuns(context, change),
};
