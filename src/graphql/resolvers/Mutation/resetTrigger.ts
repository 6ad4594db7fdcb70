// `Mutation.resetTrigger`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { idAt } from '../../parse/both.ts';
import { parseTriggerId } from '../../parse/public-id.ts';
import { receiptOf } from '../../present/receipt.ts';
import { triggerOf } from '../../present/trigger.ts';

/** Drops what waits for a trigger on several signals. */
export const resetTrigger: Required<MutationResolvers>['resetTrigger'] = async (_parent, { input }, context) => {
  const answer = await change(context, input, {
    read: idAt(['triggerId'], parseTriggerId(input.triggerId)),
    perform: (id, caller) => context.engine.resetTrigger(id, caller),
  });
  return { ...receiptOf(answer), trigger: answer.ok ? triggerOf(answer.value) : null };
};
