// `Subscription.backfillChanges`

import { nameOf } from '../../../core/ids.ts';
import { type Cursor } from '../../../core/partition/cursor.ts';
import { type Change } from '../../../engine/engine.ts';
import { notFound } from '../../errors/bad-input.ts';
import { type SubscriptionResolvers } from '../../generated/resolvers.ts';
import { type ChangeKind } from '../../generated/schema.ts';
import { feedCursor } from '../../parse/log-cursor.ts';
import { parseBackfillId } from '../../parse/public-id.ts';
import { wanted } from '../../parse/wanted.ts';
import { backfillOf, type BackfillSource } from '../../present/backfill.ts';
import { followChanges } from '../../subscription/follow.ts';

interface BackfillChangeSource {
  readonly kind: ChangeKind;
  readonly cursor: Cursor;
  readonly at: number;
  readonly backfill: BackfillSource | null;
}

/** Watches one backfill. */
export const backfillChanges: Required<SubscriptionResolvers>['backfillChanges'] = {
  subscribe: async (_parent, args, context) => {
    const { engine, now } = context;
    const id = wanted(parseBackfillId(args.backfillId));
    const after = feedCursor(args.after);
    const known = await engine.backfill(id);
    if (known === undefined) throw notFound(`There is no ${id}.`);
    const current = async (): Promise<BackfillSource> => backfillOf((await engine.backfill(id)) ?? known);
    const workflowId = nameOf(id).split('/')[0] ?? '';
    return followChanges<Change, { readonly backfillChanges: BackfillChangeSource }>(context, {
      source: engine.watch({ kind: 'backfill', id, workflowId }, after ?? known.cursor),
      present: async ({ kind, cursor, at }) => ({
        backfillChanges: { kind, cursor, at, backfill: kind === 'COMMIT' ? await current() : null },
      }),
      snapshot:
        after === undefined
          ? { backfillChanges: { kind: 'SNAPSHOT', cursor: known.cursor, at: now(), backfill: backfillOf(known) } }
          : undefined,
    });
  },
};
