// Fields of `TemplateConnection` that are counted only when a query asks.

import { type TemplateConnectionResolvers } from '../../generated/resolvers.ts';
import { countInTime } from '../../lists/count-in-time.ts';

/** Resolves how many there are in all. */
export const TemplateConnection: TemplateConnectionResolvers = {
  totalCount: (page) => countInTime(page.count),
};
