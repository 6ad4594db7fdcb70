// `Subscription.changes`

import { type SubscriptionResolvers } from '../../generated/resolvers.ts';
import { feedCursor } from '../../parse/log-cursor.ts';
import { parseWorkflowId } from '../../parse/public-id.ts';
import { wanted } from '../../parse/wanted.ts';
import { changeOf } from '../../present/change.ts';
import { followChanges } from '../../subscription/follow.ts';
import { runsSnapshot } from '../../subscription/snapshot.ts';

/** Watches the fleet. */
export const changes: Required<SubscriptionResolvers>['changes'] = {
  subscribe: async (_parent, args, context) => {
    const filtered = args.filter?.workflowId ?? undefined;
    const workflowId = filtered === undefined ? undefined : wanted(parseWorkflowId(filtered));
    const after = feedCursor(args.after);
    const snapshot = after === undefined ? await runsSnapshot(context, workflowId) : undefined;
    return followChanges(context, {
      source: context.engine.watch(
        workflowId === undefined ? { kind: 'all' } : { kind: 'workflow', workflowId },
        after ?? snapshot?.cursor,
      ),
      present: (change) => ({ changes: changeOf(change) }),
      snapshot: snapshot && { changes: snapshot },
    });
  },
};
