// Fields of `BackfillConnection` that are counted only when a query asks.

import { type BackfillConnectionResolvers } from '../../generated/resolvers.ts';
import { countInTime } from '../../lists/count-in-time.ts';

/** Resolves how many there are in all. */
export const BackfillConnection: BackfillConnectionResolvers = {
  totalCount: (page) => countInTime(page.count),
};
