// Dates from texts in ISO 8601, as `new DateTime("…")` and `DateTime.parse` read them: calendar, ordinal and week
// dates, of which the end may be missing, times down to a fraction, and an offset.

import { type Budget, fail, spend } from '../budget.ts';
import { type Zone } from '../thing.ts';
import { HOUR, MINUTE, SECOND, setField } from './date-fields.ts';
import { UTC, fixedOffset, fromLocalStrict } from './zones.ts';

const ISO = new RegExp(
  '^(?<year>[+-]?\\d{1,9})?' +
    '(?:-(?:(?<ordinal>\\d{3})|W(?<week>\\d{1,2})(?:-(?<weekday>\\d))?|(?<month>\\d{1,2})(?:-(?<day>\\d{1,2}))?))?' +
    '(?<time>T(?:(?<hour>\\d{1,2})(?::(?<minute>\\d{1,2})(?::(?<second>\\d{1,2}))?)?(?<fraction>[.,]\\d+)?)?' +
    '(?<offset>[Zz]|[+-]\\d{2}(?::?\\d{2}(?::?\\d{2})?)?)?)?$',
);

const LONGEST = 64;

/** An instant, and the zone of the offset that its text has. */
export interface IsoDate {
  readonly millis: number;
  readonly zone?: Zone;
}

/** Reads a text in ISO 8601; without an offset, in the given zone. */
export function readIso(text: string, zone: Zone, budget: Budget): IsoDate {
  spend(budget, 20);
  const groups = groupsOf(text, budget);
  const local = timeOf(dateOf(groups, budget), groups, budget);
  const { offset } = groups;
  if (offset === undefined) return { millis: fromLocalStrict(zone, local, budget) };
  const size = /z/i.test(offset) ? 0 : (fixedOffset(offset) ?? 0);
  return { millis: local - size, zone: size === 0 ? UTC : zoneOfOffset(offset, size) };
}

function groupsOf(text: string, budget: Budget): Groups {
  const groups = text.length > LONGEST ? undefined : ISO.exec(text)?.groups;
  const isDate = text.startsWith('T') ? text !== 'T' : groups?.['year'] !== undefined;
  if (groups !== undefined && isDate) return groups;
  const shown = JSON.stringify(text.slice(0, LONGEST));
  return fail(budget, 'EXPRESSION_FAILED', `${shown} is not a date; write it as in 2024-02-29T12:00:00Z.`);
}

function zoneOfOffset(offset: string, size: number): Zone {
  const id = offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3) || '00'}`;
  return { kind: 'DateTimeZone', id, offset: size };
}

type Groups = Readonly<Record<string, string | undefined>>;

function dateOf(groups: Groups, budget: Budget): number {
  const set = (local: number, field: 'monthOfYear' | 'dayOfMonth' | 'dayOfYear', digits: string | undefined): number =>
    digits === undefined ? local : setField(local, field, Number(digits), budget);
  const { year, week, weekday } = groups;
  if (year === undefined) return 0;
  if (week !== undefined) {
    const monday = setField(setField(0, 'weekyear', Number(year), budget), 'dayOfWeek', 1, budget);
    const inWeek = setField(monday, 'weekOfWeekyear', Number(week), budget);
    return setField(inWeek, 'dayOfWeek', Number(weekday ?? '1'), budget);
  }
  const inMonth = set(setField(0, 'year', Number(year), budget), 'monthOfYear', groups['month']);
  return set(set(inMonth, 'dayOfMonth', groups['day']), 'dayOfYear', groups['ordinal']);
}

function timeOf(date: number, groups: Groups, budget: Budget): number {
  const { hour, minute, second, fraction } = groups;
  if (hour === undefined) return date;
  let local = setField(date, 'hourOfDay', Number(hour), budget);
  if (minute !== undefined) local = setField(local, 'minuteOfHour', Number(minute), budget);
  if (second !== undefined) local = setField(local, 'secondOfMinute', Number(second), budget);
  const unit = minute === undefined ? HOUR : second === undefined ? MINUTE : SECOND;
  return local + Math.floor(Number(`0.${(fraction ?? '.0').slice(1)}`) * unit + 1e-6);
}
