// `Mutation.rebuildLists`

import { type MutationResolvers } from '../../generated/resolvers.ts';

/** Drops the rows of all lists and makes them anew. */
export const rebuildLists: Required<MutationResolvers>['rebuildLists'] = async (_parent, _args, { engine }) => ({
  rows: await engine.rebuild(),
  errors: [],
});
