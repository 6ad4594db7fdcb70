// The classes around dates: DateTimeZone, DateTimeFormat, Days, and the constants of days and months.

import { type Thing } from '../thing.ts';
import { type Callables, callable } from './callable.ts';
import { spend } from '../budget.ts';
import { DAY } from './date-fields.ts';
import { parsedByPattern } from './date-parse.ts';
import { readPattern } from './date-pattern.ts';
import { costOf, printed } from './date-print.ts';
import { dateFrom, dateTime, toLocal } from './date-time.ts';
import { UTC, offsetAt, zoneOf } from './zones.ts';

/** The functions of the class DateTimeZone. */
export const ZONE_FUNCTIONS: Callables = new Map([
  ['forID', callable(['string'], 'DateTimeZone', ([id], budget) => zoneOf(id, budget))],
]);

/** The methods of zones. */
export const ZONE_METHODS: Callables = new Map([
  [
    'getOffset',
    callable(['DateTimeZone', 'instant'], 'long', ([zone, instant], budget) => {
      const { millis } = dateFrom(instant, undefined, budget);
      return BigInt(offsetAt(zone, millis));
    }),
  ],
  ['getID', callable(['DateTimeZone'], 'string', ([zone]) => zone.id)],
  ['toString', callable(['DateTimeZone'], 'string', ([zone]) => zone.id)],
]);

/** The functions of the class DateTimeFormat. */
export const FORMAT_FUNCTIONS: Callables = new Map([
  [
    'forPattern',
    callable(['string'], 'DateTimeFormatter', ([pattern], budget) => ({
      kind: 'DateTimeFormatter',
      parts: readPattern(pattern, budget),
    })),
  ],
]);

/** The methods of formats. Without a zone of its own a format parses in UTC, and prints in the date's zone. */
export const FORMAT_METHODS: Callables = new Map([
  [
    'withZone',
    callable(['DateTimeFormatter', 'DateTimeZone'], 'DateTimeFormatter', ([format, zone]) => ({ ...format, zone })),
  ],
  [
    'parseDateTime',
    callable(['DateTimeFormatter', 'string'], 'DateTime', ([format, text], budget) => {
      const { millis, zone } = parsedByPattern(text, format, budget);
      return dateTime(millis, zone, budget);
    }),
  ],
  [
    'parseMillis',
    callable(['DateTimeFormatter', 'string'], 'long', ([format, text], budget) =>
      BigInt(parsedByPattern(text, format, budget).millis),
    ),
  ],
  [
    'print',
    callable(['DateTimeFormatter', 'instant'], 'string', ([format, instant], budget) => {
      spend(budget, costOf(format.parts));
      return printed(dateFrom(instant, format.zone, budget), format.parts);
    }),
  ],
]);

/** The functions of the class Days: whole days of the calendar in the first date's zone. */
export const DAYS_FUNCTIONS: Callables = new Map([
  [
    'daysBetween',
    callable(['DateTime', 'DateTime'], 'Days', ([from, to], budget) => {
      const distance = toLocal({ ...to, zone: from.zone }, budget) - toLocal(from, budget);
      return { kind: 'Days', days: BigInt(Math.trunc(distance / DAY)) };
    }),
  ],
]);

/** The methods of Days. */
export const DAYS_METHODS: Callables = new Map([
  ['getDays', callable(['Days'], 'long', ([{ days }]) => days)],
  ['toString', callable(['Days'], 'string', ([{ days }]) => `P${days.toString()}D`)],
]);

function numbered(words: string): readonly (readonly [string, Thing])[] {
  return words.split(' ').map((word, position) => [word, BigInt(position + 1)]);
}

/** The constants of the classes around dates. */
export const DATE_CONSTANTS: ReadonlyMap<string, ReadonlyMap<string, Thing>> = new Map([
  ['DateTimeZone', new Map<string, Thing>([['UTC', UTC]])],
  [
    'DateTimeConstants',
    new Map<string, Thing>([
      ...numbered('MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY'),
      ...numbered('JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER'),
    ]),
  ],
]);
