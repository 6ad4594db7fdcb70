// Fields of `Run` that are loaded or computed.

import { type RunResolvers } from '../../generated/resolvers.ts';
import { listSteps } from '../../lists/steps.ts';
import { loadOutputs } from '../../load-outputs.ts';
import { loadParent } from '../../load-parent.ts';
import { viewOf } from '../../load-run.ts';
import { loadDefinition } from '../../load-workflow.ts';
import { countWithin } from '../../parse/page.ts';
import { runEventsOf } from '../../present/event-text.ts';
import { aggregatedOf, rollupOf } from '../../present/flattened.ts';
import { objectOf } from '../../present/object.ts';
import { paramTraceOf } from '../../present/param-trace.ts';
import { allowedActionsInList, allowedActionsOf } from '../../present/run.ts';
import { workflowOf } from '../../present/workflow.ts';

/** Resolves the fields of `Run` that its line in a list does not have. */
export const Run: RunResolvers = {
  workflow: async (run, _args, { loaders }) => {
    const state = await loaders.workflow(run.workflowId);
    return state === undefined ? null : workflowOf(state);
  },
  definition: async (run, _args, context) =>
    loadDefinition(context, await context.loaders.workflow(run.workflowId), run.version),
  params: async (run, _args, context) => objectOf((await viewOf(run, context)).state.params),
  paramTrace: async (run, _args, context) => paramTraceOf(await viewOf(run, context)),
  parent: async (run, _args, context) => loadParent(await viewOf(run, context), context),
  outputs: async (run, _args, context) => loadOutputs(await viewOf(run, context), context),
  steps: async (run, args, context) => listSteps(await viewOf(run, context), args),
  rollup: async (run, _args, context) => rollupOf(await context.engine.rollup(await viewOf(run, context))),
  aggregated: async (run, _args, context) => {
    const view = await viewOf(run, context);
    return aggregatedOf(view, await context.engine.aggregated(view));
  },
  timeline: async (run, { last }, context) => {
    const [view, events] = await Promise.all([
      viewOf(run, context),
      context.engine.timeline(run.place, countWithin('last', last, 1_000)),
    ]);
    return events.flatMap(({ cursor, at, event }) => runEventsOf([event], { cursor, at }, view.definition));
  },
  allowedActions: async (run, _args, context) =>
    allowedActionsInList(run) ?? allowedActionsOf(await viewOf(run, context)),
  failure: async (run, _args, context) => (await viewOf(run, context)).state.failure,
  explanation: (run, _args, { engine }) => engine.explain(run.id),
};
