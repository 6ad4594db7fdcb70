// Fields of `WorkflowVersion` that are loaded.

import { type WorkflowVersionResolvers } from '../../generated/resolvers.ts';
import { definitionOf } from '../../present/workflow.ts';

/** Resolves what a version defines. */
export const WorkflowVersion: WorkflowVersionResolvers = {
  definition: async ({ state }, _args, { engine }) => definitionOf(state, await engine.definition(state.definition)),
};
