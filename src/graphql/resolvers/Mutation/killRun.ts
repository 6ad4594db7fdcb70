// `Mutation.killRun`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { idAt } from '../../parse/both.ts';
import { parseRunId } from '../../parse/public-id.ts';
import { receiptOf } from '../../present/receipt.ts';
import { runOf } from '../../present/run.ts';

/** Ends a run at once, without its `finally` steps. */
export const killRun: Required<MutationResolvers>['killRun'] = async (_parent, { input }, context) => {
  const answer = await change(context, input, {
    read: idAt(['runId'], parseRunId(input.runId)),
    perform: (wish, caller) => context.engine.killRun(wish, caller),
  });
  return { ...receiptOf(answer), run: answer.ok ? runOf(answer.value) : null };
};
