// Fields of `ScheduleDescription`, all of which are computed.

import { describeSchedule, scheduleText } from '../../../core/trigger/describe-schedule.ts';
import { firesAfter } from '../../../core/trigger/fire-times.ts';
import { type ScheduleDescriptionResolvers } from '../../generated/resolvers.ts';
import { countWithin } from '../../parse/page.ts';

const mostFires = 100;

/** Resolves what a schedule is in words, and its next times. */
export const ScheduleDescription: ScheduleDescriptionResolvers = {
  text: ({ definition }) => scheduleText(definition),
  note: ({ definition }, _args, { now }) => describeSchedule(definition, now()).note,
  nextFires: ({ definition, armed, next }, { first }, { now }) => {
    const count = countWithin('first', first, mostFires);
    return armed ? firesAfter(definition, { after: now(), next }, count) : [];
  },
};
