// When a cron expression fires, in its time zone. Croner reads the expression and names times on a clock that never jumps;
// what becomes of them where clocks do jump is decided here (docs/decisions/0009). What it says goes into events and is
// never asked again.
//
// 1. An expression that names every hour of the day goes with the clock: it fires whenever the clock shows a time that it
//    names. An hour that comes twice counts twice, one that is left out does not count.
// 2. Of any other expression each time fires once: the first time if it comes twice, and at the end of the jump if it is
//    left out. Several times that one jump leaves out fire once together.

import { Cron } from 'croner';
import { type Instant, type Milliseconds } from '../time.ts';
import { changeAfter, isZone, localAt, type LocalTime, occurrenceOf, offsetAt } from './zone.ts';

interface Schedule {
  readonly timezone: string;
  /** The expression on a clock that never jumps. */
  readonly times: Cron;
  /** Rule 1. */
  readonly isEveryHour: boolean;
}

const DAY: Milliseconds = 86_400_000;
const longestCron = 500;
const yearOne: LocalTime = Date.UTC(-1, 0);
const known = new Map<string, Schedule>();
const mostKnown = 1_000;

/** The first `count` ticks strictly after an instant; fewer if the expression names no more. */
export function ticksAfter(cron: string, timezone: string, after: Instant, count: number): readonly Instant[] {
  const schedule = scheduleOf(cron, timezone);
  const ticks: Instant[] = [];
  for (let last = after; ticks.length < count;) {
    const next = schedule.isEveryHour ? nextWithTheClock(schedule, last) : nextOnce(schedule, last);
    if (next === undefined) break;
    ticks.push(next);
    last = next;
  }
  return ticks;
}

/** The first time that an expression names strictly after another, on a clock that never jumps. */
export function localTimeAfter(cron: string, after: LocalTime): LocalTime | undefined {
  return timeAfter(scheduleOf(cron, 'UTC'), after);
}

/** Whether an expression goes with the clock, since it names every hour of the day (rule 1). */
export function isEveryHour(cron: string): boolean {
  return scheduleOf(cron, 'UTC').isEveryHour;
}

/** What is wrong with a cron expression or its zone; undefined if it can fire. */
export function cronProblem(cron: string, timezone: string): string | undefined {
  if (!isZone(timezone)) return `"${timezone}" is no time zone: write an IANA name such as Europe/Madrid or UTC.`;
  if (cron.length > longestCron) return `A cron text has at most ${String(longestCron)} characters.`;
  try {
    return localTimeAfter(cron, yearOne) === undefined ? `"${cron}" names no time: there is no such date.` : undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
  }
}

/** Rule 2. */
function nextOnce(schedule: Schedule, after: Instant): Instant | undefined {
  // The instants of later times are never earlier, so that none before the present one needs to be looked at.
  let last = localAt(schedule.timezone, after);
  for (;;) {
    const time = timeAfter(schedule, last);
    if (time === undefined) return undefined;
    const occurrence = occurrenceOf(schedule.timezone, time);
    if (occurrence.kind === 'never') return occurrence.resumes;
    const at = occurrence.kind === 'once' ? occurrence.at : occurrence.first;
    if (at > after) return at;
    last = occurrence.kind === 'twice' ? occurrence.until - 1 : time;
  }
}

/** Rule 1. */
function nextWithTheClock(schedule: Schedule, after: Instant): Instant | undefined {
  const { timezone } = schedule;
  const ahead = firstShown(schedule, localAt(timezone, after), after);
  if (offsetAt(timezone, after + DAY) >= offsetAt(timezone, after)) return ahead;
  const back = changeAfter(timezone, after, after + DAY);
  const again = back === undefined ? undefined : firstShown(schedule, localAt(timezone, back) - 1, after);
  return ahead === undefined || again === undefined ? (ahead ?? again) : Math.min(ahead, again);
}

/** The first instant after one at which the clock shows a time that is named after `from`. */
function firstShown(schedule: Schedule, from: LocalTime, after: Instant): Instant | undefined {
  let last = from;
  for (;;) {
    const time = timeAfter(schedule, last);
    if (time === undefined) return undefined;
    const occurrence = occurrenceOf(schedule.timezone, time);
    if (occurrence.kind === 'never') last = localAt(schedule.timezone, occurrence.resumes) - 1;
    else if (occurrence.kind === 'once') return occurrence.at;
    else return occurrence.first > after ? occurrence.first : occurrence.second;
  }
}

function timeAfter({ times }: Schedule, after: LocalTime): LocalTime | undefined {
  return times.nextRun(new Date(after))?.getTime();
}

function scheduleOf(cron: string, timezone: string): Schedule {
  const key = `${timezone} ${cron}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const schedule = { timezone, times: unmoved(cron), isEveryHour: namesEveryHour(cron) };
  if (known.size >= mostKnown) known.clear();
  known.set(key, schedule);
  return schedule;
}

function unmoved(cron: string): Cron {
  return new Cron(cron, { utcOffset: 0, paused: true });
}

function namesEveryHour(cron: string): boolean {
  const fields = cron.trim().split(/\s+/u);
  if (fields.length < 5) return cron.trim().toLowerCase() === '@hourly';
  const hours = unmoved(`0 0 ${fields[fields.length === 5 ? 1 : 2] ?? ''} * * *`);
  return hours.nextRuns(24, new Date(-1)).at(-1)?.getTime() === DAY - 3_600_000;
}
