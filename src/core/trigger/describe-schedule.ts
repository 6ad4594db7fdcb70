// When a trigger fires, in plain words, and what the next jump of the clocks does to it.

import { type TimeTrigger } from '../definition/model.ts';
import { type Instant, type Milliseconds } from '../time.ts';
import { cronWords, MONTHS } from './cron-words.ts';
import { isEveryHour, localTimeAfter } from './schedule.ts';
import { changeAfter, localAt, type LocalTime, offsetAt } from './zone.ts';

/** What a person wants to know about a schedule. */
export interface ScheduleDescription {
  /** "every weekday at 08:00 in Madrid". */
  readonly text: string;
  /** What the next jump of the clocks does to it within a year: "on 29 March 2026 02:30 does not exist there, so it runs at 03:00". */
  readonly note?: string;
}

/** The parts of a trigger that say when. */
export type Times =
  | Pick<Extract<TimeTrigger, { kind: 'cron' }>, 'kind' | 'cron' | 'timezone'>
  | Pick<Extract<TimeTrigger, { kind: 'every' }>, 'kind' | 'every' | 'from'>
  | Pick<Extract<TimeTrigger, { kind: 'at' }>, 'kind' | 'at' | 'timezone'>;

const DAY: Milliseconds = 86_400_000;
const ahead: Milliseconds = 366 * DAY;

/** Describes a schedule to somebody who reads it at `now`. */
export function describeSchedule(times: Times, now: Instant): ScheduleDescription {
  const note = noteOf(times, now);
  return { text: scheduleText(times), ...(note === undefined ? {} : { note }) };
}

/** A schedule in words: "every 15 minutes", "once, on 24 December 2026 at 18:00 in Madrid". */
export function scheduleText(times: Times): string {
  switch (times.kind) {
    case 'cron':
      return cronText(times.cron, times.timezone);
    case 'every': {
      const from = times.from === undefined ? '' : `, counted from ${momentText(times.from)} UTC`;
      return `every ${lengthText(times.every)}${from}`;
    }
    case 'at': {
      const at = Date.parse(`${times.at}Z`);
      return `once, on ${momentText(at)}${placeText(times.timezone)}`;
    }
  }
}

function cronText(cron: string, timezone: string): string {
  const words = cronWords(cron);
  // "every 15 minutes" is the same everywhere, as far as anybody will notice.
  const isEverywhere = /^every (?:\d+ )?(?:second|minute)s?$/u.test(words);
  return isEverywhere ? words : `${words}${placeText(timezone)}`;
}

function placeText(timezone: string): string {
  if (timezone === 'UTC' || timezone.startsWith('Etc/') || !timezone.includes('/')) return ` ${timezone}`;
  return ` in ${timezone.slice(timezone.lastIndexOf('/') + 1).replaceAll('_', ' ')}`;
}

function noteOf(times: Times, now: Instant): string | undefined {
  if (times.kind === 'every' || times.timezone === 'UTC') return undefined;
  const end = times.kind === 'at' ? Date.parse(`${times.at}Z`) + 2 * DAY : now + ahead;
  for (let change = changeAfter(times.timezone, now, end); change !== undefined;) {
    const note = noteAt(times, change);
    if (note !== undefined) return note;
    change = changeAfter(times.timezone, change, end);
  }
  return undefined;
}

/** What one jump of the clocks does to a schedule; undefined if nothing. */
function noteAt(times: Exclude<Times, { kind: 'every' }>, change: Instant): string | undefined {
  const resumes = localAt(times.timezone, change);
  const stops = change + offsetAt(times.timezone, change - 1000);
  const isGap = stops < resumes;
  const touched = touchedTimes(times, Math.min(stops, resumes), Math.max(stops, resumes));
  const [first, last] = touched;
  if (first === undefined || last === undefined) return undefined;
  const day = `on ${dateText(first)}`;
  if (times.kind === 'cron' && isEveryHour(times.cron)) {
    const [from, to] = [clockText(Math.min(stops, resumes)), clockText(Math.max(stops, resumes))];
    return isGap
      ? `${day} clocks there jump from ${from} to ${to}, and it goes on from there`
      : `${day} the time from ${from} to ${to} comes twice there, and it runs both times`;
  }
  const named = first === last ? clockText(first) : `the times from ${clockText(first)} to ${clockText(last)}`;
  const [is, does] = first === last ? ['comes', 'does'] : ['come', 'do'];
  if (!isGap) return `${day} ${named} ${is} twice there, and it runs the first time only`;
  const when = dateText(first) === dateText(resumes) ? clockText(resumes) : momentText(resumes);
  return `${day} ${named} ${does} not exist there, so it runs ${first === last ? '' : 'once, '}at ${when}`;
}

/** The first and the last of the named times from one (included) to another (left out). */
function touchedTimes(
  times: Exclude<Times, { kind: 'every' }>,
  from: LocalTime,
  to: LocalTime,
): readonly [LocalTime, LocalTime] | readonly [] {
  const next = (after: LocalTime): LocalTime | undefined =>
    times.kind === 'cron' ? localTimeAfter(times.cron, after) : Date.parse(`${times.at}Z`);
  const first = next(from - 1);
  if (first === undefined || first < from || first >= to) return [];
  let last = first;
  for (let time = next(last); time !== undefined && time > last && time < to; time = next(last)) last = time;
  return [first, last];
}

function momentText(local: LocalTime): string {
  return `${dateText(local)} at ${clockText(local)}`;
}

function dateText(local: LocalTime): string {
  const date = new Date(local);
  return `${String(date.getUTCDate())} ${MONTHS[date.getUTCMonth()] ?? ''} ${String(date.getUTCFullYear())}`;
}

function clockText(local: LocalTime): string {
  const text = new Date(local).toISOString().slice(11, 19);
  return text.endsWith(':00') ? text.slice(0, 5) : text;
}

/** No days: a day on the calendar may have 23 hours. */
const UNITS: readonly (readonly [Milliseconds, string])[] = [
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1000, 'second'],
];

/** "15 minutes", "hour", "1 hour and 30 minutes". */
function lengthText(length: Milliseconds): string {
  const parts: string[] = [];
  let rest = length;
  for (const [size, unit] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${String(count)} ${unit}${count === 1 ? '' : 's'}`);
  }
  if (rest > 0) parts.push(`${String(rest)} ms`);
  const [only = ''] = parts;
  if (parts.length === 1) return only.replace(/^1 /u, '');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}
