// `Mutation.forkRun`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { parseForkRun } from '../../parse/fork-input.ts';
import { receiptOf } from '../../present/receipt.ts';
import { runOf } from '../../present/run.ts';

/** Makes a new run that keeps what another one has done. */
export const forkRun: Required<MutationResolvers>['forkRun'] = async (_parent, { input }, context) => {
  const answer = await change(context, input, {
    read: parseForkRun(input),
    perform: (wish, caller) => context.engine.forkRun(wish, caller),
  });
  return { ...receiptOf(answer), run: answer.ok ? runOf(answer.value) : null };
};
