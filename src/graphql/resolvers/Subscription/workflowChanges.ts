// `Subscription.workflowChanges`

import { notFound } from '../../errors/bad-input.ts';
import { type SubscriptionResolvers } from '../../generated/resolvers.ts';
import { feedCursor } from '../../parse/log-cursor.ts';
import { parseWorkflowId } from '../../parse/public-id.ts';
import { wanted } from '../../parse/wanted.ts';
import { changeOf } from '../../present/change.ts';
import { workflowOf } from '../../present/workflow.ts';
import { followChanges } from '../../subscription/follow.ts';
import { runsSnapshot } from '../../subscription/snapshot.ts';

/** Watches one workflow. */
export const workflowChanges: Required<SubscriptionResolvers>['workflowChanges'] = {
  subscribe: async (_parent, args, context) => {
    const workflowId = wanted(parseWorkflowId(args.workflowId));
    const after = feedCursor(args.after);
    const current = async () => {
      const state = await context.loaders.workflow(workflowId);
      return state === undefined ? null : workflowOf(state);
    };
    if ((await current()) === null) throw notFound(`There is no workflow ${workflowId}.`);
    const snapshot = after === undefined ? await runsSnapshot(context, workflowId) : undefined;
    return followChanges(context, {
      source: context.engine.watch({ kind: 'workflow', workflowId }, after ?? snapshot?.cursor),
      present: async (change) => ({ workflowChanges: { ...changeOf(change), workflow: await current() } }),
      snapshot: snapshot && { workflowChanges: { ...snapshot, workflow: await current() } },
    });
  },
};
