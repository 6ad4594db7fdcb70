// Fields of `RunConnection` that are counted only when a query asks.

import { type RunConnectionResolvers } from '../../generated/resolvers.ts';
import { countInTime } from '../../lists/count-in-time.ts';

/** Resolves how many there are in all. */
export const RunConnection: RunConnectionResolvers = {
  totalCount: (page) => countInTime(page.count),
};
