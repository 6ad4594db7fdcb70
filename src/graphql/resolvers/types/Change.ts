// Fields of `Change` that are loaded.

import { type ChangeResolvers } from '../../generated/resolvers.ts';
import { changedIds, changedRuns } from '../../load-changed.ts';

/** Resolves what a change of the fleet touched. */
export const Change: ChangeResolvers = {
  ids: (change, _args, context) => changedIds(context, change),
  runs: (change, _args, context) => changedRuns(context, change),
};
