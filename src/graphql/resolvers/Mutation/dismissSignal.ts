// `Mutation.dismissSignal`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { parseRefusedId } from '../../parse/refused-id.ts';
import { receiptOf } from '../../present/receipt.ts';
import { signalTypeOf } from '../../present/signal-type.ts';

/** Lets go of what a contract refused. */
export const dismissSignal: Required<MutationResolvers>['dismissSignal'] = async (_parent, { input }, context) => {
  const answer = await change(context, input, {
    read: parseRefusedId(input.id),
    perform: (target, caller) => context.engine.dismiss(target, caller),
  });
  return { ...receiptOf(answer), signalType: answer.ok ? signalTypeOf(answer.value) : null };
};
