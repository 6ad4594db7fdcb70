// Fields of `Trigger` that are computed.

import { type TriggerResolvers } from '../../generated/resolvers.ts';
import { pendingJoinOf } from '../../present/bucket.ts';

/** The most of them that one answer holds. */
const mostPending = 100;

/** Resolves why a trigger has not started a run, and what waits for it. */
export const Trigger: TriggerResolvers = {
  explanation: (trigger, _args, { engine }) => engine.explain(trigger.id),
  pending: async ({ view }, { first }, { engine }) => {
    const buckets = await engine.pendingOf(view, Math.max(1, Math.min(first, mostPending)));
    return buckets.map((bucket) => pendingJoinOf(view.state, bucket));
  },
};
