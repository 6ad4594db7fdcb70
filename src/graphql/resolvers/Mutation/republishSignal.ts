// `Mutation.republishSignal`

import { success } from '../../../core/result.ts';
import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { both } from '../../parse/both.ts';
import { parseEntries } from '../../parse/entries.ts';
import { parseRefusedId } from '../../parse/refused-id.ts';
import { receiptOf } from '../../present/receipt.ts';
import { signalOf } from '../../present/signal.ts';

/** Publishes what a contract refused, as it was or with other parameters. */
export const republishSignal: Required<MutationResolvers>['republishSignal'] = async (_parent, { input }, context) => {
  const isAsItWas = input.params === null || input.params === undefined;
  const read = both(parseRefusedId(input.id), parseEntries(['params'], input.params));
  const answer = await change(context, input, {
    read: read.ok ? success({ ...read.value[0], ...(isAsItWas ? {} : { params: read.value[1] }) }) : read,
    perform: (wish, caller) => context.engine.republish(wish, caller),
  });
  return { ...receiptOf(answer), signal: answer.ok ? signalOf(answer.value) : null };
};
