// `Mutation.validateWorkflow`

import { type MutationResolvers } from '../../generated/resolvers.ts';
import { parseDefinitionInput } from '../../parse/definition-input.ts';
import { userErrorOf } from '../../present/user-error.ts';

/** Says everything that is wrong with a definition. */
export const validateWorkflow: Required<MutationResolvers>['validateWorkflow'] = async (
  _parent,
  { input },
  { engine },
) => {
  const read = parseDefinitionInput(input);
  const { workflowId, files, refusals } = read.ok
    ? await engine.validateWorkflow(read.value)
    : { workflowId: undefined, files: [], refusals: read.failure };
  return { valid: refusals.length === 0, workflowId, files, errors: refusals.map(userErrorOf) };
};
