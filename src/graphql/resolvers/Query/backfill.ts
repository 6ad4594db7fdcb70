// `Query.backfill`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { parseBackfillId } from '../../parse/public-id.ts';
import { wanted } from '../../parse/wanted.ts';
import { backfillOf } from '../../present/backfill.ts';

/** Resolves one backfill. */
export const backfill: Required<QueryResolvers>['backfill'] = async (_parent, { id }, { engine }) => {
  const view = await engine.backfill(wanted(parseBackfillId(id)));
  return view === undefined ? null : backfillOf(view);
};
