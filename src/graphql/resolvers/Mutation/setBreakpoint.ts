// `Mutation.setBreakpoint`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { parseBreakpoint } from '../../parse/breakpoint-input.ts';
import { receiptOf } from '../../present/receipt.ts';
import { workflowOf } from '../../present/workflow.ts';

/** Sets a breakpoint at a step of a workflow. */
export const setBreakpoint: Required<MutationResolvers>['setBreakpoint'] = async (_parent, { input }, context) => {
  const answer = await change(context, input, {
    read: parseBreakpoint(input),
    perform: ({ workflowId, place }, caller) => context.engine.setBreakpoint(workflowId, place, caller),
  });
  return { ...receiptOf(answer), workflow: answer.ok ? workflowOf(answer.value) : null };
};
