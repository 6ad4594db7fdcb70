// The times of a trigger, whatever kind it is. They are its runs' own times; when a run really starts may be a little later
// (jitter.ts).

import { type ExpectationTrigger, type TimeTrigger, type TriggerDefinition } from '../definition/model.ts';
import { type Instant } from '../time.ts';
import { ticksAfter } from './schedule.ts';
import { occurrenceOf } from './zone.ts';

/**
 * The first time strictly after an instant; undefined if there is none, ever. For `every` without `from` the instant is the
 * time before, or when the trigger was armed: its times are counted from one another.
 */
export function fireAfter(definition: TimeTrigger, after: Instant): Instant | undefined {
  switch (definition.kind) {
    case 'cron':
      return ticksAfter(definition.cron, definition.timezone, after, 1)[0];
    case 'every':
      return definition.from === undefined || after < definition.from
        ? (definition.from ?? after + definition.every)
        : after + definition.every - ((after - definition.from) % definition.every);
    case 'at': {
      const at = instantOf(definition.at, definition.timezone);
      return at > after ? at : undefined;
    }
  }
}

/** The next times after an instant, at most so many; `next` is the first that a trigger has not dealt with, if there is one. */
export function firesAfter(
  definition: TimeTrigger,
  { after, next }: { readonly after: Instant; readonly next?: Instant | undefined },
  count: number,
): readonly Instant[] {
  const anchored = definition.kind === 'every' && next !== undefined ? { ...definition, from: next } : definition;
  const fires: Instant[] = [];
  for (let fire = fireAfter(anchored, after); fire !== undefined && fires.length < count;) {
    fires.push(fire);
    fire = fireAfter(anchored, fire);
  }
  return fires;
}

/** Whether two definitions name the same times, so that a trigger may keep its place. */
export function isSameSchedule(one: TriggerDefinition, other: TriggerDefinition): boolean {
  if (one.kind === 'cron') return other.kind === 'cron' && one.cron === other.cron && one.timezone === other.timezone;
  if (one.kind === 'every') return other.kind === 'every' && one.every === other.every && one.from === other.from;
  if (one.kind === 'expected') return other.kind === 'expected' && isSameCalendar(one, other);
  if (one.kind === 'at') return other.kind === 'at' && one.at === other.at && one.timezone === other.timezone;
  return false;
}

function isSameCalendar(one: ExpectationTrigger, other: ExpectationTrigger): boolean {
  return one.by === other.by && one.timezone === other.timezone;
}

/** When the clocks of a zone show a time: the first time if that is twice, the end of the jump if they jump over it. */
function instantOf(at: string, timezone: string): Instant {
  const occurrence = occurrenceOf(timezone, Date.parse(`${at}Z`));
  if (occurrence.kind === 'never') return occurrence.resumes;
  return occurrence.kind === 'once' ? occurrence.at : occurrence.first;
}
