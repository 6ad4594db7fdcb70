// `Mutation.pauseRun`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { idAt } from '../../parse/both.ts';
import { parseRunId } from '../../parse/public-id.ts';
import { receiptOf } from '../../present/receipt.ts';
import { runOf } from '../../present/run.ts';

/** Keeps the steps of a run from starting. */
export const pauseRun: Required<MutationResolvers>['pauseRun'] = async (_parent, { input }, context) => {
  const answer = await change(context, input, {
    read: idAt(['runId'], parseRunId(input.runId)),
    perform: (wish, caller) => context.engine.pauseRun(wish, caller),
  });
  return { ...receiptOf(answer), run: answer.ok ? runOf(answer.value) : null };
};
