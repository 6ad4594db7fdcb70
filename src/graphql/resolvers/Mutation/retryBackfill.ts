// `Mutation.retryBackfill`

import { holdBackfill } from '../../hold-backfill.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';

/** Lets what did not succeed begin again. */
export const retryBackfill: Required<MutationResolvers>['retryBackfill'] = (_parent, { input }, context) =>
  holdBackfill(context, 'RetryBackfill', input);
