// `Mutation.planBackfill`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { parsePlanBackfill } from '../../parse/backfill-input.ts';
import { backfillOf } from '../../present/backfill.ts';
import { receiptOf } from '../../present/receipt.ts';

/** Keeps what a backfill would do as a plan. */
export const planBackfill: Required<MutationResolvers>['planBackfill'] = async (_parent, { input }, context) => {
  const answer = await change(context, input, {
    read: parsePlanBackfill(input),
    perform: (wish, caller) => context.engine.planBackfill(wish, caller),
  });
  return { ...receiptOf(answer), backfill: answer.ok ? backfillOf(answer.value) : null };
};
