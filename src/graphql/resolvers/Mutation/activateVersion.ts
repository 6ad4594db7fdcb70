// `Mutation.activateVersion`

import { success } from '../../../core/result.ts';
import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { idAt } from '../../parse/both.ts';
import { parseWorkflowId } from '../../parse/public-id.ts';
import { receiptOf } from '../../present/receipt.ts';
import { workflowOf } from '../../present/workflow.ts';

/** Lets starts use another version. */
export const activateVersion: Required<MutationResolvers>['activateVersion'] = async (_parent, { input }, context) => {
  const workflowId = idAt(['workflowId'], parseWorkflowId(input.workflowId));
  const wish = typeof input.version === 'number' ? { version: input.version } : {};
  const answer = await change(context, input, {
    read: workflowId.ok ? success({ workflowId: workflowId.value, ...wish }) : workflowId,
    perform: (wished, caller) => context.engine.activateVersion(wished, caller),
  });
  const receipt = receiptOf(answer);
  if (!answer.ok) return { ...receipt, workflow: null, version: null, unchanged: false, armed: false };
  const { workflow, version, changed, armed } = answer.value;
  return { ...receipt, workflow: workflowOf(workflow), version, unchanged: !changed, armed };
};
