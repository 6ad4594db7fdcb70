// Fields of `Backfill` that are loaded.

import { type BackfillResolvers } from '../../generated/resolvers.ts';
import { listBackfillLines } from '../../lists/backfills.ts';
import { workflowOf } from '../../present/workflow.ts';

/** Resolves a backfill's workflow, its lines, and why it is where it is. */
export const Backfill: BackfillResolvers = {
  workflow: async ({ workflowId }, _args, { loaders }) => {
    const state = await loaders.workflow(workflowId);
    return state === undefined ? null : workflowOf(state);
  },
  lines: (backfill, args, { engine }) => listBackfillLines(engine, backfill, args),
  explanation: ({ id }, _args, { engine }) => engine.explain(id),
};
