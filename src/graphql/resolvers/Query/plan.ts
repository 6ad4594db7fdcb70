// `Query.plan`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { parseDefinitionInput } from '../../parse/definition-input.ts';
import { planOf } from '../../present/plan.ts';

/** Says what applying a definition would change and touch. */
export const plan: Required<QueryResolvers>['plan'] = async (_parent, { input }, { engine }) => {
  const read = parseDefinitionInput(input);
  return planOf(read.ok ? await engine.planWorkflow(read.value) : { ok: false, refusals: read.failure });
};
