// What a trigger at times does next and has left out, by the clocks of its zone: its next time, what a jump of the clocks does to
// it, and why times that passed started nothing.

import { isTimed } from '../definition/is-timed.ts';
import { type CatchUp, type TimeTrigger, type TriggerDefinition } from '../definition/model.ts';
import { durationText } from '../definition/plain-view.ts';
import { type Instant, type Milliseconds } from '../time.ts';
import { describeSchedule, scheduleText } from '../trigger/describe-schedule.ts';
import { dueAt, type TriggerState } from '../trigger/trigger.ts';
import { changeAfter, localAt } from '../trigger/zone.ts';
import { type Reason } from './explanation.ts';
import { count, moment } from './sentences.ts';

/** How far from a jump of the clocks a time may be that it touches. */
const NEAR: Milliseconds = 3 * 3_600_000;

/** When a trigger fires next. */
export function nextTick(trigger: TriggerState, definition: TimeTrigger): Reason {
  const { nextFire } = trigger;
  const plan = scheduleText(definition);
  if (nextFire === undefined) {
    return {
      code: 'SCHEDULE',
      text: `Its schedule (${plan}) names no time that is still to come.`,
      unblock: 'Change the schedule.',
    };
  }
  const due = dueAt(trigger, nextFire);
  const text = [
    `${trigger.paused ? 'Its next time would be' : 'It fires next at'} ${tickMoment(definition, nextFire)} (${plan}).`,
    ...clockNote(definition, nextFire),
    ...(due === nextFire ? [] : [`Its jitter puts the start off to ${tickMoment(definition, due)}.`]),
    ...(trigger.paused ? [`Of the times that pass while it is paused, ${policy(definition.catchUp)}.`] : []),
  ];
  return { code: 'SCHEDULE', text: text.join(' '), until: due };
}

/** What a jump of the clocks did to the time of the last run, if it did anything. */
export function lastTickNote(definition: TriggerDefinition, at: Instant): readonly string[] {
  return isTimed(definition) ? clockNote(definition, at) : [];
}

/** Why times that passed started nothing. */
export function leftOutTicks({ workflowId, name, definition, lastSkipped }: TriggerState): readonly Reason[] {
  if (lastSkipped === undefined || !isTimed(definition)) return [];
  const { from, to, count: missed, why } = lastSkipped;
  const times = [from, to].map((at) => tickMoment(definition, at));
  const when = missed === 1 ? `of ${times[1] ?? ''}` : `from ${times.join(' to ')}`;
  const because =
    why === undefined
      ? `as \`catchUp: ${policyName(definition.catchUp)}\` says: of missed times, ${policy(definition.catchUp)}`
      : `since a new version changed its schedule before ${missed === 1 ? 'it was' : 'they were'} dealt with`;
  const range = [from, to].map((at) => new Date(at).toISOString().replace('.000', ''));
  return [
    {
      code: 'SCHEDULE',
      text: `It left out ${count(missed, 'missed tick')} ${when}, ${because}.`,
      unblock: `To have their runs all the same: downbeat backfill plan ${workflowId} --trigger ${name} --from ${range.join(' --to ')}`,
    },
  ];
}

/** A time as the clocks of the trigger's zone show it, and in UTC: `2026-01-15 14:00:00 Europe/Madrid (13:00:00 UTC)`. */
export function tickMoment(definition: TriggerDefinition, at: Instant): string {
  if (!isTimed(definition) || definition.kind === 'every' || definition.timezone === 'UTC') return moment(at);
  const local = moment(localAt(definition.timezone, at)).replace(/ UTC$/u, '');
  const utc = moment(at);
  const isSameDay = local.slice(0, 10) === utc.slice(0, 10);
  return `${local} ${definition.timezone} (${isSameDay ? utc.slice(11) : utc})`;
}

function clockNote(definition: TimeTrigger, tick: Instant): readonly string[] {
  if (definition.kind === 'every') return [];
  const change = changeAfter(definition.timezone, tick - NEAR, tick + NEAR);
  if (change === undefined) return [];
  const { note } = describeSchedule(definition, change - 1);
  // A note that is the same after the jump is about a later one.
  if (note === undefined || note === describeSchedule(definition, change).note) return [];
  return [`${note.slice(0, 1).toUpperCase()}${note.slice(1)}.`];
}

function policyName(catchUp: CatchUp): string {
  return typeof catchUp === 'string' ? catchUp : `{ within: ${durationText(catchUp.within)} }`;
}

function policy(catchUp: CatchUp): string {
  switch (catchUp) {
    case 'none':
      return 'none starts a run';
    case 'latest':
      return 'only the last starts a run';
    case 'all':
      return 'each starts a run';
    default:
      return `those that are at most ${durationText(catchUp.within)} late start runs`;
  }
}
