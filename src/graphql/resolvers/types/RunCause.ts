// Fields of `RunCause` that a run's line in a list does not have.

import { notFound } from '../../errors/bad-input.ts';
import { type RunCauseResolvers } from '../../generated/resolvers.ts';
import { signalsOfCause } from '../../present/run-cause.ts';

/** Resolves the signals that were folded into a run. */
export const RunCause: RunCauseResolvers = {
  signals: async ({ signals, foldedIn }, _args, { loaders }) => {
    if (foldedIn === undefined) return signals;
    const view = await loaders.run(foldedIn);
    if (view === undefined) throw notFound('The run is in the list, but is no longer kept.');
    return signalsOfCause(view.state.cause);
  },
};
