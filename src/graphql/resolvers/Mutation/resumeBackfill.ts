// `Mutation.resumeBackfill`

import { holdBackfill } from '../../hold-backfill.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';

/** Lets the lines of a paused backfill begin again. */
export const resumeBackfill: Required<MutationResolvers>['resumeBackfill'] = (_parent, { input }, context) =>
  holdBackfill(context, 'ResumeBackfill', input);
