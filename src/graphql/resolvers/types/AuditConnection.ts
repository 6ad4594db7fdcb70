// Fields of `AuditConnection` that are counted only when a query asks.

import { type AuditConnectionResolvers } from '../../generated/resolvers.ts';
import { countInTime } from '../../lists/count-in-time.ts';

/** Resolves how many there are in all. */
export const AuditConnection: AuditConnectionResolvers = {
  totalCount: (page) => countInTime(page.count),
};
