// `Mutation.publishSignals`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { parseSignals } from '../../parse/signal-input.ts';
import { receiptOf } from '../../present/receipt.ts';
import { signalOf } from '../../present/signal.ts';

/** Publishes up to 1,000 signals. */
export const publishSignals: Required<MutationResolvers>['publishSignals'] = async (_parent, { input }, context) => {
  const answer = await change(context, input, {
    read: parseSignals(input.signals),
    perform: (signals, caller) => context.engine.publishSignals(signals, caller, { atOnce: !input.awaitVerdicts }),
  });
  return { ...receiptOf(answer), signals: answer.ok ? answer.value.map(signalOf) : [] };
};
