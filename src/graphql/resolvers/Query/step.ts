// `Query.step`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { parseStepId } from '../../parse/public-id.ts';
import { wanted } from '../../parse/wanted.ts';
import { stepNamed } from '../../present/step.ts';

/** Resolves one step of a run. */
export const step: Required<QueryResolvers>['step'] = async (_parent, { id }, { loaders }) => {
  const { run, stepId } = wanted(parseStepId(id));
  const view = await loaders.run(run);
  return view === undefined ? null : stepNamed(view, stepId);
};
