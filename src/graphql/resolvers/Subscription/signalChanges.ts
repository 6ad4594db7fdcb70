// `Subscription.signalChanges`

import { type SubscriptionResolvers } from '../../generated/resolvers.ts';
import { feedCursor } from '../../parse/log-cursor.ts';
import { signalOf } from '../../present/signal.ts';
import { followChanges } from '../../subscription/follow.ts';
import { createSignalStates } from '../../subscription/signal-states.ts';
import { signalsSnapshot } from '../../subscription/snapshot.ts';

/** Watches published signals. */
export const signalChanges: Required<SubscriptionResolvers>['signalChanges'] = {
  subscribe: async (_parent, args, context) => {
    const name = args.name ?? undefined;
    const after = feedCursor(args.after);
    const snapshot = after === undefined ? await signalsSnapshot(context, name) : undefined;
    const statesAfter = createSignalStates((id) => context.loaders.signal(id));
    return followChanges(context, {
      source: context.engine.watch(
        { kind: 'signals', ...(name === undefined ? {} : { name }) },
        after ?? snapshot?.cursor,
      ),
      present: async ({ kind, cursor, at, events }) => ({
        signalChanges: { kind, cursor, at, signals: (await statesAfter(events, at)).map(signalOf) },
      }),
      snapshot: snapshot && { signalChanges: snapshot },
    });
  },
};
