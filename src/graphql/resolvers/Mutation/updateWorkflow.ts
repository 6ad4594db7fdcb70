// `Mutation.updateWorkflow`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { parseUpdateWorkflow } from '../../parse/workflow-input.ts';
import { receiptOf } from '../../present/receipt.ts';
import { workflowOf } from '../../present/workflow.ts';

/** Changes what belongs to a workflow and to no version of it. */
export const updateWorkflow: Required<MutationResolvers>['updateWorkflow'] = async (_parent, { input }, context) => {
  const answer = await change(context, input, {
    read: parseUpdateWorkflow(input),
    perform: (wish, caller) => context.engine.updateWorkflow(wish, caller),
  });
  return { ...receiptOf(answer), workflow: answer.ok ? workflowOf(answer.value) : null };
};
