// `Mutation.applyWorkflow`

import { success } from '../../../core/result.ts';
import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { parseDefinitionInput } from '../../parse/definition-input.ts';
import { receiptOf } from '../../present/receipt.ts';
import { workflowOf } from '../../present/workflow.ts';

/** Makes a version of a workflow. */
export const applyWorkflow: Required<MutationResolvers>['applyWorkflow'] = async (_parent, { input }, context) => {
  const read = parseDefinitionInput(input);
  const expectedVersion = input.expectedVersion ?? undefined;
  const activate = input.activate ?? true;
  const wish = { activate, ...(expectedVersion === undefined ? {} : { expectedVersion }) };
  const answer = await change(context, input, {
    read: read.ok ? success({ ...read.value, ...wish }) : read,
    perform: (definition, caller) => context.engine.applyWorkflow(definition, caller),
  });
  const receipt = receiptOf(answer);
  if (!answer.ok) return { ...receipt, workflow: null, version: null, unchanged: false, armed: false };
  const { workflow, version, changed, armed } = answer.value;
  return { ...receipt, workflow: workflowOf(workflow), version, unchanged: !changed, armed };
};
