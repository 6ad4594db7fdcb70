// `Mutation.cancelBackfill`

import { holdBackfill } from '../../hold-backfill.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';

/** Ends a backfill for good. */
export const cancelBackfill: Required<MutationResolvers>['cancelBackfill'] = (_parent, { input }, context) =>
  holdBackfill(context, 'CancelBackfill', input);
