// Time zones: by IANA name through Intl, or a fixed offset. Local times that a change of the clock skips or repeats
// are read as Joda reads them. The same answers on every machine that has the same version of the time zone database.

import { type Budget, fail, spend } from '../budget.ts';
import { type Zone } from '../thing.ts';
import { DAY, HOUR, MINUTE, SECOND } from './date-fields.ts';

/** `DateTimeZone.UTC`, also the zone of dates that name none. */
export const UTC: Zone = { kind: 'DateTimeZone', id: 'UTC', offset: 0 };

const FIXED = /^([+-])(\d{1,2})(?::?([0-5]\d))?(?::?([0-5]\d))?$/;
const NAMED = /^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/;
const LARGEST_OFFSET = 24 * HOUR;
const STEPS_A_ZONE = 200;
const CACHED_ZONES = 700;
const CACHED_DAYS = 4000;

/** Offsets of one zone: a day maps to its offset, if that is the same all day long. */
interface Offsets {
  readonly exact: (millis: number) => number;
  readonly days: Map<number, number | undefined>;
}

const zones = new Map<string, Offsets | undefined>();

/** `DateTimeZone.forID`: a name such as `Europe/Madrid`, `UTC`, or an offset such as `+05:30`. */
export function zoneOf(id: string, budget: Budget): Zone {
  spend(budget, STEPS_A_ZONE);
  if (id === 'UTC' || id === 'Z') return UTC;
  const offset = fixedOffset(id);
  if (offset !== undefined) return offset === 0 ? UTC : { kind: 'DateTimeZone', id, offset };
  if (offsetsOf(id) !== undefined) return { kind: 'DateTimeZone', id };
  const shown = JSON.stringify(id.slice(0, 60));
  return fail(budget, 'EXPRESSION_FAILED', `There is no time zone ${shown}; zones are written as Europe/Madrid.`);
}

/** Reads `+05:30`, `-0800`, `+01`; undefined if it is no offset. */
export function fixedOffset(text: string): number | undefined {
  const match = FIXED.exec(text);
  if (match === null) return undefined;
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = match;
  const size = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND;
  if (size >= LARGEST_OFFSET) return undefined;
  return sign === '-' && size > 0 ? -size : size;
}

function offsetsOf(id: string): Offsets | undefined {
  if (zones.has(id)) return zones.get(id);
  const made = NAMED.test(id) ? makeOffsets(id) : undefined;
  if (zones.size >= CACHED_ZONES) zones.clear();
  zones.set(id, made);
  return made;
}

function makeOffsets(id: string): Offsets | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: id,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    return { exact: (millis) => readOffset(format, millis), days: new Map() };
  } catch {
    return undefined;
  }
}

function readOffset(format: Intl.DateTimeFormat, millis: number): number {
  const whole = Math.floor(millis / SECOND) * SECOND;
  const [month = 1, day = 1, year = 1, hour = 0, minute = 0, second = 0] = Array.from(
    format.format(whole).matchAll(/\d+/g),
    ([digits]) => Number(digits),
  );
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  return local.getTime() + hour * HOUR + minute * MINUTE + second * SECOND - whole;
}

/** What the zone adds to UTC at an instant, in milliseconds. */
export function offsetAt(zone: Zone, millis: number): number {
  if (zone.offset !== undefined) return zone.offset;
  const offsets = offsetsOf(zone.id);
  if (offsets === undefined) return 0;
  const day = Math.floor(millis / DAY);
  if (!offsets.days.has(day)) {
    if (offsets.days.size >= CACHED_DAYS) offsets.days.clear();
    const [first, last] = [offsets.exact(day * DAY), offsets.exact((day + 1) * DAY)];
    offsets.days.set(day, first === last ? first : undefined);
  }
  return offsets.days.get(day) ?? offsets.exact(millis);
}

/** The instants at which the clock in the zone shows a local time: one, two, or none if the clock skips it. */
function instantsOf(zone: Zone, local: number): readonly number[] {
  const candidates = [local - offsetAt(zone, local - DAY), local - offsetAt(zone, local + DAY)];
  const right = candidates.filter((millis) => millis + offsetAt(zone, millis) === local);
  return [...new Set(right)].sort((a, b) => a - b);
}

/** The instant of a local time: the earlier of two; of a skipped one, as much later as the clock was put forward. */
export function fromLocal(zone: Zone, local: number): number {
  if (zone.offset !== undefined) return local - zone.offset;
  const [first] = instantsOf(zone, local);
  return first ?? local - offsetAt(zone, local - DAY);
}

/** The same near an instant, whose offset is kept if it can be: the later of two local times stays the later. */
export function fromLocalNear(zone: Zone, local: number, near: number): number {
  const millis = local - offsetAt(zone, near);
  return millis + offsetAt(zone, millis) === local ? millis : fromLocal(zone, local);
}

/** The instant of a local time; a skipped one is a fault. */
export function fromLocalStrict(zone: Zone, local: number, budget: Budget): number {
  const millis = fromLocal(zone, local);
  if (millis + offsetAt(zone, millis) === local) return millis;
  return skipped(zone, local, budget);
}

/** Says that the clock skips a local time. */
export function skipped(zone: Zone, local: number, budget: Budget): never {
  const shown = new Date(local).toISOString().slice(0, -1);
  const message = `There is no ${shown} in ${zone.id}: the clock is put forward over it.`;
  return fail(budget, 'EXPRESSION_FAILED', message);
}

/** The first instant after the change of the clock that lies within a day of the instant, if there is one. */
export function changeNear(zone: Zone, millis: number): number | undefined {
  let [before, after] = [millis - DAY, millis + DAY];
  const offset = offsetAt(zone, before);
  if (offsetAt(zone, after) === offset) return undefined;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(zone, middle) === offset) before = middle;
    else after = middle;
  }
  return after;
}

/** The zone's name at an instant, such as `CET`, as far as the database has it in English. */
export function zoneName(zone: Zone, millis: number, style: 'short' | 'long'): string {
  if (zone.offset !== undefined && zone.offset !== 0) return zone.id;
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone.id, timeZoneName: style });
  return format.formatToParts(millis).find((part) => part.type === 'timeZoneName')?.value ?? zone.id;
}
