// Fields of `Workflow` that are loaded.

import { type WorkflowResolvers } from '../../generated/resolvers.ts';
import { listRuns } from '../../lists/runs.ts';
import { listVersions } from '../../lists/versions.ts';
import { loadActiveDefinition, loadDefinition, stateOf } from '../../load-workflow.ts';
import { parseRunsFilter } from '../../parse/runs-filter.ts';
import { breakpointShape } from '../../present/breakpoint.ts';
import { triggerOf } from '../../present/trigger.ts';
import { snapshotsOf } from '../../present/workflow-snapshot.ts';

/** Resolves the fields of `Workflow` that its line in a list does not have. */
export const Workflow: WorkflowResolvers = {
  description: async (workflow, _args, context) => {
    const state = await stateOf(workflow, context);
    return state?.description ?? (await loadActiveDefinition(context, state))?.description;
  },
  snapshots: async (workflow, _args, context) => snapshotsOf(await stateOf(workflow, context)),
  deletedBy: async (workflow, _args, context) => (await stateOf(workflow, context))?.deleted?.by,
  definition: async (workflow, { version }, context) =>
    loadDefinition(context, await stateOf(workflow, context), version ?? undefined),
  versions: async (workflow, args, context) => listVersions(await stateOf(workflow, context), args),
  triggers: async (workflow, _args, context) => {
    const state = await stateOf(workflow, context);
    return state === undefined ? [] : (await context.engine.triggersOf(state)).map(triggerOf);
  },
  breakpoints: async (workflow, _args, context) =>
    ((await stateOf(workflow, context))?.breakpoints ?? []).map(breakpointShape),
  runs: ({ workflowId }, { filter, ...page }, { engine }) =>
    listRuns(engine, page, {
      filter: { ...parseRunsFilter(filter ?? {}), workflowId },
      order: { order: 'NEWEST_FIRST' },
    }),
};
