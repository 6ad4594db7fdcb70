// Dates as whole numbers yyyyMMdd and hours of the day, in a time zone. Nothing here reads the clock.

import { fixedOffset, fromLocal, offsetAt } from '../expression/library/zones.ts';
import { type Zone } from '../expression/thing.ts';
import { type Instant } from '../time.ts';

/** The date and the hour that clocks show. */
export interface LocalTime {
  /** As yyyyMMdd. */
  readonly date: number;
  /** 0 to 23. */
  readonly hour: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The first and the last instant whose dates have four digits in every zone. */
export const FIRST_INSTANT: Instant = Date.UTC(1000, 0, 2);
/** See `FIRST_INSTANT`. */
export const LAST_INSTANT: Instant = Date.UTC(9999, 11, 30);

/** What clocks in the zone show at an instant. */
export function localTime(at: Instant, zone: string): LocalTime {
  const shown = new Date(at + offsetAt(zoneOf(zone), at));
  return { date: dateIntOf(shown), hour: shown.getUTCHours() };
}

/** When clocks in the zone show the hour of a date; where clocks go forward over it, just as much later. */
export function instantOf({ date, hour }: LocalTime, zone: string): Instant {
  return fromLocal(zoneOf(zone), utcOf(date) + hour * HOUR_MS);
}

/** The date so many days later. */
export function dateAfter(date: number, days: number): number {
  return dateIntOf(new Date(utcOf(date) + days * DAY_MS));
}

/** Tells whether a number is a date, written yyyyMMdd. */
export function isDateInt(date: number): boolean {
  return (
    Number.isInteger(date) && date >= 10_000_102 && date <= 99_991_230 && dateIntOf(new Date(utcOf(date))) === date
  );
}

/** Tells whether there is such a zone. */
export function isZone(zone: string): boolean {
  if (fixedOffset(zone) !== undefined) return true;
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function zoneOf(id: string): Zone {
  const offset = id === 'UTC' ? 0 : fixedOffset(id);
  return { kind: 'DateTimeZone', id, ...(offset === undefined ? {} : { offset }) };
}

function utcOf(date: number): Instant {
  return Date.UTC(Math.floor(date / 10_000), (Math.floor(date / 100) % 100) - 1, date % 100);
}

function dateIntOf(shown: Date): number {
  return shown.getUTCFullYear() * 10_000 + (shown.getUTCMonth() + 1) * 100 + shown.getUTCDate();
}
