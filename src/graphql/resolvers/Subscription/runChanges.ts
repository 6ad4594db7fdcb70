// `Subscription.runChanges`

import { notFound } from '../../errors/bad-input.ts';
import { type SubscriptionResolvers } from '../../generated/resolvers.ts';
import { feedCursor } from '../../parse/log-cursor.ts';
import { parseRunId } from '../../parse/public-id.ts';
import { wanted } from '../../parse/wanted.ts';
import { runChangeOf } from '../../present/change.ts';
import { placeOf } from '../../present/public-id.ts';
import { followChanges } from '../../subscription/follow.ts';

/** Watches one attempt of a run until its terminal change. */
export const runChanges: Required<SubscriptionResolvers>['runChanges'] = {
  subscribe: async (_parent, { runId, after, beneath }, context) => {
    const from = feedCursor(after);
    const view = await context.loaders.run(wanted(parseRunId(runId)));
    if (view === undefined) throw notFound(`There is no run ${runId}.`);
    return followChanges(context, {
      source: context.engine.watchRun(placeOf(view.state), from, beneath),
      present: (change) => ({ runChanges: runChangeOf(change) }),
    });
  },
};
