// Fields of `SignalConnection` that are counted only when a query asks.

import { type SignalConnectionResolvers } from '../../generated/resolvers.ts';
import { countInTime } from '../../lists/count-in-time.ts';

/** Resolves how many there are in all. */
export const SignalConnection: SignalConnectionResolvers = {
  totalCount: (page) => countInTime(page.count),
};
