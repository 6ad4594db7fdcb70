// Fields of `WorkflowConnection` that are counted only when a query asks.

import { type WorkflowConnectionResolvers } from '../../generated/resolvers.ts';
import { countInTime } from '../../lists/count-in-time.ts';

/** Resolves how many there are in all. */
export const WorkflowConnection: WorkflowConnectionResolvers = {
  totalCount: (page) => countInTime(page.count),
};
