// `Mutation.startRun`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { parseStartRun } from '../../parse/run-input.ts';
import { receiptOf } from '../../present/receipt.ts';
import { runOf } from '../../present/run.ts';

/** Starts a run of a workflow. */
export const startRun: Required<MutationResolvers>['startRun'] = async (_parent, { input }, context) => {
  const answer = await change(context, input, {
    read: parseStartRun(input),
    perform: (wish, caller) => context.engine.startRun(wish, caller),
  });
  return { ...receiptOf(answer), run: answer.ok ? runOf(answer.value) : null };
};
