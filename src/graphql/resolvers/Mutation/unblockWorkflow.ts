// `Mutation.unblockWorkflow`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { idAt } from '../../parse/both.ts';
import { parseWorkflowId } from '../../parse/public-id.ts';
import { receiptOf } from '../../present/receipt.ts';
import { workflowOf } from '../../present/workflow.ts';

/** Lets the queue of a workflow go on that a failed run holds up. */
export const unblockWorkflow: Required<MutationResolvers>['unblockWorkflow'] = async (_parent, { input }, context) => {
  const answer = await change(context, input, {
    read: idAt(['workflowId'], parseWorkflowId(input.workflowId)),
    perform: (workflowId, caller) => context.engine.unblockWorkflow(workflowId, caller),
  });
  return { ...receiptOf(answer), workflow: answer.ok ? workflowOf(answer.value) : null };
};
