// `Mutation.restartRun`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { parseRestartRun } from '../../parse/run-input.ts';
import { receiptOf } from '../../present/receipt.ts';
import { runOf } from '../../present/run.ts';

/** Runs a finished run again. */
export const restartRun: Required<MutationResolvers>['restartRun'] = async (_parent, { input }, context) => {
  const answer = await change(context, input, {
    read: parseRestartRun(input),
    perform: (wish, caller) => context.engine.restartRun(wish, caller),
  });
  return { ...receiptOf(answer), run: answer.ok ? runOf(answer.value) : null };
};
