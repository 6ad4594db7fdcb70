// `Mutation.pauseBackfill`

import { holdBackfill } from '../../hold-backfill.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';

/** No more lines of a backfill begin. */
export const pauseBackfill: Required<MutationResolvers>['pauseBackfill'] = (_parent, { input }, context) =>
  holdBackfill(context, 'PauseBackfill', input);
