// `Mutation.applyBulk`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { success } from '../../../core/result.ts';
import { publicEntityId } from '../../present/public-id.ts';
import { receiptOf } from '../../present/receipt.ts';

/** Does what a preview showed. */
export const applyBulk: Required<MutationResolvers>['applyBulk'] = async (_parent, { input }, context) => {
  const answer = await change(context, input, {
    read: success(input.token),
    perform: (token, caller) => context.engine.applyBulk(token, caller),
  });
  const { results, gone, joined } = answer.ok ? answer.value : { results: [], gone: [], joined: 0 };
  return {
    ...receiptOf(answer),
    results: results.map(({ id, ...result }) => ({ ...result, id: publicEntityId(id) ?? id })),
    gone: gone.map((id) => publicEntityId(id) ?? id),
    joined,
  };
};
