// Fields of `FlattenedSummary`, each read when it is asked for.

import { type Json } from '../../../core/json.ts';
import { type FlattenedSummaryResolvers } from '../../generated/resolvers.ts';
import { statusCountsOf } from '../../present/flattened.ts';

const MOST_SAMPLED = 100;
const MOST_VALUES = 20;

/** Resolves what a step comes to in all its iterations. */
export const FlattenedSummary: FlattenedSummaryResolvers = {
  counts: async (summary, _args, { engine }) => {
    const counts = await engine.flattenedCounts(summary.view, summary.index, summary.nested);
    return statusCountsOf(counts).map((count) => ({ ...count, of: summary }));
  },
  loopParams: async ({ view, index, nested }, _args, { engine }) => {
    const { rows } = await engine.flattened(view, index, { stepId: nested, limit: MOST_SAMPLED });
    const found = new Map<string, Map<string, Json>>();
    for (const { name, value } of rows.flatMap(({ values }) => values)) {
      const values = found.get(name) ?? new Map<string, Json>();
      found.set(name, values);
      if (values.size < MOST_VALUES) values.set(JSON.stringify(value), value);
    }
    return Object.fromEntries([...found].map(([name, values]) => [name, [...values.values()]]));
  },
};
