// `Mutation.deleteWorkflow`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { idAt } from '../../parse/both.ts';
import { parseWorkflowId } from '../../parse/public-id.ts';
import { receiptOf } from '../../present/receipt.ts';
import { workflowOf } from '../../present/workflow.ts';

/** Deletes a workflow; what it ran can still be read. */
export const deleteWorkflow: Required<MutationResolvers>['deleteWorkflow'] = async (_parent, { input }, context) => {
  const answer = await change(context, input, {
    read: idAt(['workflowId'], parseWorkflowId(input.workflowId)),
    perform: (workflowId, caller) =>
      context.engine.deleteWorkflow({ workflowId, stopRuns: input.stopRuns ?? false }, caller),
  });
  return { ...receiptOf(answer), workflow: answer.ok ? workflowOf(answer.value) : null };
};
