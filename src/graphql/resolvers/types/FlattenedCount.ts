// Fields of `FlattenedCount`, read when they are asked for.

import { type FlattenedCountResolvers } from '../../generated/resolvers.ts';
import { flattenedOf } from '../../present/flattened.ts';

/** Resolves the iteration that stands for a status. */
export const FlattenedCount: FlattenedCountResolvers = {
  example: async ({ of: { view, index, nested }, status }, _args, { engine }) => {
    const { rows } = await engine.flattened(view, index, { stepId: nested, limit: 1, statuses: [status] });
    return rows[0] === undefined ? null : flattenedOf(view, rows[0]);
  },
};
