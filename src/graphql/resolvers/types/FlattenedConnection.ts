// Fields of `FlattenedConnection` that are computed.

import { type FlattenedConnectionResolvers } from '../../generated/resolvers.ts';

/** Resolves what counting can tell. */
export const FlattenedConnection: FlattenedConnectionResolvers = {
  totalCount: async ({ summary: { view, index, nested }, counted }, _args, { engine }) => {
    if (counted === undefined) return null;
    // Of iterations that have begun and of those that are to come the counts are one number.
    if (counted !== 'all' && counted.includes('NOT_CREATED')) return null;
    const counts = await engine.flattenedCounts(view, index, nested);
    const { NOT_CREATED: _, ...begun } = counts;
    if (counted === 'all') return Object.values(begun).reduce((sum, count) => sum + count, 0);
    return counted.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
  },
};
