// `Query.run`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { feedCursor } from '../../parse/log-cursor.ts';
import { parseRunId } from '../../parse/public-id.ts';
import { wanted } from '../../parse/wanted.ts';
import { runOf } from '../../present/run.ts';

/** Resolves one run. */
export const run: Required<QueryResolvers>['run'] = async (_parent, { id, atLeast }, { engine, loaders }) => {
  const target = wanted(parseRunId(id));
  const after = feedCursor(atLeast);
  const view = await (after === undefined ? loaders.run(target) : engine.run(target, after));
  return view === undefined ? null : runOf(view);
};
