// `Query.describeSchedule`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { parseSchedule } from '../../parse/schedule-input.ts';

/** Resolves what a schedule means that belongs to no trigger. */
export const describeSchedule: Required<QueryResolvers>['describeSchedule'] = (_parent, schedule) => ({
  definition: parseSchedule(schedule),
  armed: true,
});
