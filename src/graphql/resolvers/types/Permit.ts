// Fields of `Permit` that are loaded.

import { runPlaceOf } from '../../../core/ids.ts';
import { type PermitResolvers } from '../../generated/resolvers.ts';
import { stepNamed } from '../../present/step.ts';

/** Resolves the step that holds permits or waits. */
export const Permit: PermitResolvers = {
  step: async ({ run, stepIdInRun }, _args, { loaders }) => {
    const view = await loaders.run(runPlaceOf(run));
    return view === undefined ? null : (stepNamed(view, stepIdInRun) ?? null);
  },
};
