// `Mutation.publishSignal`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { parseSignal } from '../../parse/signal-input.ts';
import { publicationOf } from '../../present/publication.ts';

/** Publishes a signal, and answers with its receipt. */
export const publishSignal: Required<MutationResolvers>['publishSignal'] = async (_parent, { input }, context) =>
  publicationOf(
    await change(context, input, {
      read: parseSignal(input),
      perform: (signal, caller) => context.engine.publishSignals([signal], caller, { atOnce: !input.awaitVerdicts }),
    }),
  );
