// `Mutation.deletePool`

import { success } from '../../../core/result.ts';
import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { receiptOf } from '../../present/receipt.ts';

/** Deletes a pool. */
export const deletePool: Required<MutationResolvers>['deletePool'] = async (_parent, { input }, context) => {
  const pool = input.id.replace(/^pool:/u, '');
  const answer = await change(context, input, {
    read: success(pool),
    perform: (id, caller) => context.engine.deletePool(id, caller),
  });
  return { ...receiptOf(answer), id: answer.ok ? `pool:${pool}` : null };
};
