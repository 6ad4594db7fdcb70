// Fields of `Iteration` that are loaded.

import { type IterationResolvers } from '../../generated/resolvers.ts';
import { objectOf } from '../../present/object.ts';
import { runOf } from '../../present/run.ts';

/** Resolves what only the iteration's run knows. */
export const Iteration: IterationResolvers = {
  run: async ({ place }, _args, { loaders }) => {
    const view = await loaders.run(place);
    return view === undefined ? null : runOf(view);
  },
  values: async ({ place }, _args, { loaders }) => {
    const view = await loaders.run(place);
    return view === undefined ? null : objectOf(view.state.params);
  },
};
