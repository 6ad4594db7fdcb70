// Clocks on walls: what the clocks of a time zone show at an instant, and at which instants they show a time. Intl knows the
// zones. A zone moves its clocks at most once in three days: none has done otherwise since 1970.

import { type Instant, type Milliseconds } from '../time.ts';

/** What a clock on a wall shows, written as the instant at which a clock in UTC shows the same. */
export type LocalTime = number;

/** When a zone's clocks show a time: once, twice since they go back over it, or never since they jump over it. */
export type Occurrence =
  | { readonly kind: 'once'; readonly at: Instant }
  | {
      readonly kind: 'twice';
      readonly first: Instant;
      readonly second: Instant;
      /** The first time shown after all that come twice. */
      readonly until: LocalTime;
    }
  | {
      readonly kind: 'never';
      /** The first instant after the jump. */
      readonly resumes: Instant;
    };

const DAY: Milliseconds = 86_400_000;

/** A day in UTC. */
interface Day {
  /** The offset when it begins. */
  readonly before: Milliseconds;
  /** The offset when the next one begins. */
  readonly after: Milliseconds;
  /** Its first instant that has the later offset, to the second; its end if the offset stays. */
  readonly change: Instant;
}

/** Asking Intl takes longer than all the rest, and ticks are asked for in order. */
interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly days: Map<number, Day>;
}

const zones = new Map<string, Zone>();
const mostDays = 400;
const mostZones = 1_000;

/** Whether there is such a zone. */
export function isZone(timezone: string): boolean {
  try {
    zoneOf(timezone);
    return true;
  } catch {
    return false;
  }
}

/** By how much a zone's clocks are ahead of UTC at an instant. */
export function offsetAt(timezone: string, at: Instant): Milliseconds {
  const { before, after, change } = dayOf(timezone, at);
  return at < change ? before : after;
}

/** What a zone's clocks show at an instant. */
export function localAt(timezone: string, at: Instant): LocalTime {
  return at + offsetAt(timezone, at);
}

/** When a zone's clocks show a time. */
export function occurrenceOf(timezone: string, local: LocalTime): Occurrence {
  const before = offsetAt(timezone, local - DAY);
  const change = changeAfter(timezone, local - DAY, local + DAY);
  if (change === undefined) return { kind: 'once', at: local - before };
  const after = offsetAt(timezone, change);
  if (local < change + Math.min(before, after)) return { kind: 'once', at: local - before };
  if (local >= change + Math.max(before, after)) return { kind: 'once', at: local - after };
  return before < after
    ? { kind: 'never', resumes: change }
    : { kind: 'twice', first: local - before, second: local - after, until: change + before };
}

/** When a zone's clocks jump next, after one instant and not after another; undefined if they do not. */
export function changeAfter(timezone: string, after: Instant, until: Instant): Instant | undefined {
  for (let at = after; at <= until; at = startOf(at) + DAY) {
    const day = dayOf(timezone, at);
    if (day.before !== day.after && day.change > after) return day.change <= until ? day.change : undefined;
  }
  return undefined;
}

function dayOf(timezone: string, at: Instant): Day {
  const { format, days } = zoneOf(timezone);
  const start = startOf(at);
  const known = days.get(start);
  if (known !== undefined) return known;
  const before = days.get(start - DAY)?.after ?? askedOffset(format, start);
  const after = askedOffset(format, start + DAY);
  const change = before === after ? start + DAY : changeWithin(format, start, before);
  const day = { before, after, change };
  if (days.size >= mostDays) days.clear();
  days.set(start, day);
  return day;
}

/** The first instant of a day that has another offset than its beginning, to the second. */
function changeWithin(format: Intl.DateTimeFormat, start: Instant, before: Milliseconds): Instant {
  let [early, late] = [start / 1000, (start + DAY) / 1000];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (askedOffset(format, middle * 1000) === before) early = middle;
    else late = middle;
  }
  return late * 1000;
}

function askedOffset(format: Intl.DateTimeFormat, at: Instant): Milliseconds {
  const [, sign, hours, minutes, seconds] = /GMT([+-])(\d+):(\d+)(?::(\d+))?/.exec(format.format(at)) ?? [];
  const size = (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * 1000;
  return sign === '-' ? -size : size;
}

function startOf(at: Instant): Instant {
  return Math.floor(at / DAY) * DAY;
}

function zoneOf(timezone: string): Zone {
  const known = zones.get(timezone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' });
  const zone = { format, days: new Map<number, Day>() };
  if (zones.size >= mostZones) zones.clear();
  zones.set(timezone, zone);
  return zone;
}
