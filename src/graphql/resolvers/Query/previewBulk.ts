// `Query.previewBulk`

import { badInput } from '../../errors/bad-input.ts';
import { type QueryResolvers } from '../../generated/resolvers.ts';
import { parseRunsFilter } from '../../parse/runs-filter.ts';
import { runOfRow } from '../../present/run.ts';

/** Says what an action would do to all runs that match. */
export const previewBulk: Required<QueryResolvers>['previewBulk'] = async (_parent, { input }, { engine }) => {
  const { action, filter, from } = input;
  const isWhole = from === null || from === undefined || from === 'BEGINNING';
  if (!isWhole && (action !== 'RESTART' || from !== 'INCOMPLETE')) {
    throw badInput('`from` goes with the action RESTART only, and is BEGINNING or INCOMPLETE.');
  }
  const [head, preview] = await Promise.all([
    engine.head(),
    engine.previewBulk({
      action,
      filter: parseRunsFilter(filter),
      ...(isWhole ? {} : { from: { kind: 'INCOMPLETE' } as const }),
    }),
  ]);
  return { ...preview, sample: preview.sample.map(({ row }) => runOfRow(row, head)) };
};
