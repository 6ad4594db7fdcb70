// `Mutation.clearBreakpoint`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { parseBreakpoint } from '../../parse/breakpoint-input.ts';
import { receiptOf } from '../../present/receipt.ts';
import { workflowOf } from '../../present/workflow.ts';

/** Clears a breakpoint of a workflow; what stands there goes on. */
export const clearBreakpoint: Required<MutationResolvers>['clearBreakpoint'] = async (_parent, { input }, context) => {
  const answer = await change(context, input, {
    read: parseBreakpoint(input),
    perform: ({ workflowId, place }, caller) => context.engine.clearBreakpoint(workflowId, place, caller),
  });
  return { ...receiptOf(answer), workflow: answer.ok ? workflowOf(answer.value) : null };
};
