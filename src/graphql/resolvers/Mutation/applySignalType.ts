// `Mutation.applySignalType`

import { success } from '../../../core/result.ts';
import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { receiptOf } from '../../present/receipt.ts';
import { signalTypeOf } from '../../present/signal-type.ts';

/** Makes a version of a signal's contract. */
export const applySignalType: Required<MutationResolvers>['applySignalType'] = async (_parent, { input }, context) => {
  const expectedVersion = input.expectedVersion ?? undefined;
  const answer = await change(context, input, {
    read: success({
      source: input.source,
      force: input.force ?? false,
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
    }),
    perform: (contract, caller) => context.engine.applySignalType(contract, caller),
  });
  const receipt = receiptOf(answer);
  if (!answer.ok) return { ...receipt, signalType: null, version: null, unchanged: false };
  const { state, version, changed } = answer.value;
  return { ...receipt, signalType: signalTypeOf(state), version, unchanged: !changed };
};
