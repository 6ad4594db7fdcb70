// A schedule that somebody tries: read exactly as in a definition, so that what is fine here is fine there.

import { type TimeTrigger } from '../../core/definition/model.ts';
import { readDefinitions } from '../../core/definition/read.ts';
import { isTimed } from '../../core/definition/is-timed.ts';
import { cronProblem } from '../../core/trigger/schedule.ts';
import { badInput } from '../errors/bad-input.ts';

/** The arguments of `Query.describeSchedule`. */
export interface ScheduleArguments {
  readonly cron?: string | null | undefined;
  readonly every?: string | null | undefined;
  readonly at?: string | null | undefined;
  readonly timezone?: string | null | undefined;
}

/** Reads a schedule, or throws what is wrong with it. */
export function parseSchedule({ cron, every, at, timezone }: ScheduleArguments): TimeTrigger {
  const kinds = Object.entries({ cron, every, at }).filter(([, value]) => typeof value === 'string');
  if (kinds.length !== 1)
    throw badInput('Give one of `cron`, `every` and `at`.', 'For example cron: "0 6 * * mon-fri".');
  const zone = typeof timezone === 'string' ? { timezone } : {};
  const workflow = {
    id: 'any',
    triggers: [{ ...Object.fromEntries(kinds), ...zone }],
    steps: [{ id: 'a', noop: true }],
  };
  const read = readDefinitions(JSON.stringify(workflow), { checkCron: cronProblem });
  if (!read.ok) throw badInput(read.failure[0]?.message ?? 'This is no schedule.', read.failure[0]?.hint);
  const trigger = read.value[0]?.definition.triggers[0];
  if (trigger === undefined || !isTimed(trigger)) throw new Error('a schedule was read as something else');
  return trigger;
}
