// `Mutation.applyBackfill`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { parseBackfillAt } from '../../parse/backfill-input.ts';
import { backfillOf, differencesOf } from '../../present/backfill.ts';
import { receiptOf } from '../../present/receipt.ts';
import { type MovedPlan } from '../../../engine/backfill-cases.ts';

/** Starts what a plan says, or tells how it differs from what would happen now. */
export const applyBackfill: Required<MutationResolvers>['applyBackfill'] = async (_parent, { input }, context) => {
  const moved: { plan?: MovedPlan | undefined } = {};
  const id = parseBackfillAt(input.backfillId);
  const answer = await change(context, input, {
    read: id,
    perform: async (backfill, caller) => {
      const applied = await context.engine.applyBackfill({ backfill, hash: input.hash.trim() }, caller);
      if (!applied.ok) moved.plan = applied.moved;
      return applied;
    },
  });
  const workflowId = id.ok ? (id.value.slice('backfill:'.length).split('/')[0] ?? '') : '';
  return {
    ...receiptOf(answer),
    backfill: answer.ok ? backfillOf(answer.value) : null,
    differences: differencesOf(workflowId, moved.plan),
    newHash: moved.plan?.hash,
    newVersion: moved.plan?.version,
  };
};
