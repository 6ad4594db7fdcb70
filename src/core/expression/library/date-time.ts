// The class DateTime: instants with a zone. Years, months, weeks and days are added on the calendar of the zone, with
// the last day of a month that is too short; hours and less are added on the time line, across changes of the clock.

import { type Budget, fail, spend } from '../budget.ts';
import { isMade } from '../text.ts';
import { type DateProperty, type DateTime, type Thing, type Zone } from '../thing.ts';
import { kindOf } from '../types.ts';
import { type Callable, type Callables, callable, withArticle } from './callable.ts';
import { nowOf } from './clock.ts';
import {
  DAY,
  FIELDS,
  FIRST_YEAR,
  type FieldName,
  HOUR,
  LAST_YEAR,
  MINUTE,
  SECOND,
  fieldOf,
  localOf,
  plusMonths,
  setField,
} from './date-fields.ts';
import { readIso } from './date-iso.ts';
import { readPattern } from './date-pattern.ts';
import { costOf, fieldText, isoText, printed } from './date-print.ts';
import { UTC, changeNear, fromLocal, fromLocalNear, fromLocalStrict, offsetAt, skipped } from './zones.ts';

const STEPS_A_DATE = 10;
const FIRST = localOf(FIRST_YEAR, 1, 3);
const LAST = localOf(LAST_YEAR, 12, 30);

/** Makes a date; one outside the years that dates can be in is a fault. */
export function dateTime(millis: number, zone: Zone, budget: Budget): DateTime {
  spend(budget, STEPS_A_DATE);
  return { kind: 'DateTime', millis: Math.floor(inYears(millis, budget)), zone };
}

function inYears(millis: number, budget: Budget): number {
  if (millis >= FIRST && millis < LAST) return millis;
  const years = `${String(FIRST_YEAR)} to ${String(LAST_YEAR)}`;
  return fail(budget, 'EXPRESSION_FAILED', `The date is outside the years ${years}.`);
}

/** The reading of the clock in the date's zone, as if it were UTC. */
export function toLocal({ millis, zone }: DateTime, budget: Budget): number {
  spend(budget, STEPS_A_DATE);
  return millis + offsetAt(zone, millis);
}

/** Reads a date from what may stand for one: milliseconds, a text in ISO 8601, a date. */
export function dateFrom(value: Thing, zone: Zone | undefined, budget: Budget): DateTime {
  if (typeof value === 'bigint') return dateTime(Number(value), zone ?? UTC, budget);
  if (typeof value === 'string') return dateTime(readIso(value, zone ?? UTC, budget).millis, zone ?? UTC, budget);
  if (isMade(value) && value.kind === 'DateTime') return dateTime(value.millis, zone ?? value.zone, budget);
  const wanted = 'A date is made of milliseconds, a text such as 2024-02-29T12:00:00Z, or another date';
  return fail(budget, 'EXPRESSION_TYPE', `${wanted}, not of ${withArticle(kindOf(value))}.`);
}

function isZone(value: Thing | undefined): value is Zone {
  return value !== undefined && isMade(value) && value.kind === 'DateTimeZone';
}

function made(given: readonly (Thing | undefined)[], budget: Budget): DateTime {
  const [first, second] = given;
  if (first === undefined) return dateTime(nowOf(budget), UTC, budget);
  if (given.length === 8) return fromFields(given, budget);
  if (given.length > 2) return fail(budget, 'EXPRESSION_TYPE', 'new DateTime takes 0, 1, 2 or 8 arguments.');
  if (second === undefined)
    return isZone(first) ? dateTime(nowOf(budget), first, budget) : dateFrom(first, undefined, budget);
  if (isZone(second)) return dateFrom(first, second, budget);
  const found = withArticle(kindOf(second));
  return fail(budget, 'EXPRESSION_TYPE', `new DateTime takes a DateTimeZone as argument 2, not ${found}.`);
}

const PARTS: readonly FieldName[] = [
  'year',
  'monthOfYear',
  'dayOfMonth',
  'hourOfDay',
  'minuteOfHour',
  'secondOfMinute',
  'millisOfSecond',
];

function fromFields(given: readonly (Thing | undefined)[], budget: Budget): DateTime {
  const zone = given[PARTS.length];
  const values = PARTS.map((_, position) => given[position]);
  const longs = values.filter((value) => typeof value === 'bigint');
  if (longs.length < PARTS.length || !isZone(zone)) {
    return fail(budget, 'EXPRESSION_TYPE', 'new DateTime with 8 arguments takes seven longs and a DateTimeZone.');
  }
  const local = PARTS.reduce((date, field, position) => setField(date, field, Number(longs[position]), budget), 0);
  return dateTime(fromLocalStrict(zone, local, budget), zone, budget);
}

/** The functions of the class DateTime; `new` makes one. */
export const DATE_TIME_FUNCTIONS: Callables = new Map([
  [
    'new',
    callable(['any?', 'any?', 'any?', 'any?', 'any?', 'any?', 'any?', 'any?'], 'DateTime', (given, budget) =>
      made(given, budget),
    ),
  ],
  [
    'parse',
    callable(['string'], 'DateTime', ([text], budget) => {
      const { millis, zone } = readIso(text, UTC, budget);
      return dateTime(millis, zone ?? UTC, budget);
    }),
  ],
]);

/** Moves on the calendar of the zone. */
export function moved(date: DateTime, move: (local: number) => number, budget: Budget): DateTime {
  const local = inYears(move(toLocal(date, budget)), budget);
  return dateTime(fromLocal(date.zone, local), date.zone, budget);
}

function plus(date: DateTime, unit: string, amount: number, budget: Budget): DateTime {
  if (amount === 0) return date;
  // Beyond this every date is out of range anyway, and numbers stop being exact.
  const count = Math.max(-1e15, Math.min(1e15, amount));
  const months = MONTHS.get(unit);
  if (months !== undefined) {
    return moved(date, (local) => plusMonths(local, Math.max(-1e6, Math.min(1e6, count * months))), budget);
  }
  const days = CALENDAR_DAYS.get(unit);
  if (days !== undefined) return moved(date, (local) => local + count * days * DAY, budget);
  return dateTime(date.millis + count * (UNITS.get(unit) ?? 0), date.zone, budget);
}

const MONTHS: ReadonlyMap<string, number> = new Map([
  ['Years', 12],
  ['Months', 1],
]);
const CALENDAR_DAYS: ReadonlyMap<string, number> = new Map([
  ['Weeks', 7],
  ['Days', 1],
]);
const UNITS: ReadonlyMap<string, number> = new Map([
  ['Hours', HOUR],
  ['Minutes', MINUTE],
  ['Seconds', SECOND],
  ['Millis', 1],
]);

/** Sets a field on the calendar of the zone; a time that the clock skips there is a fault. */
function withField(date: DateTime, name: FieldName, value: number, budget: Budget): DateTime {
  const local = setField(toLocal(date, budget), name, value, budget);
  const result = dateTime(fromLocalNear(date.zone, local, date.millis), date.zone, budget);
  const isSet = fieldOf(name).get(toLocal(result, budget)) === value;
  return isSet ? result : skipped(date.zone, local, budget);
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function fieldMethods(name: FieldName): readonly (readonly [string, Callable])[] {
  const field = fieldOf(name);
  return [
    [name, callable(['DateTime'], 'DateTimeProperty', ([date]) => ({ kind: 'DateTimeProperty', date, field: name }))],
    [
      `get${capitalised(name)}`,
      callable(['DateTime'], 'long', ([date], budget) => BigInt(field.get(toLocal(date, budget)))),
    ],
    [
      `with${capitalised(name)}`,
      callable(['DateTime', 'long'], 'DateTime', ([date, value], budget) =>
        withField(date, name, Number(value), budget),
      ),
    ],
  ];
}

function unitMethods(unit: string): readonly (readonly [string, Callable])[] {
  const method = (sign: number): Callable =>
    callable(['DateTime', 'long'], 'DateTime', ([date, amount], budget) =>
      plus(date, unit, sign * Number(amount), budget),
    );
  return [
    [`plus${unit}`, method(1)],
    [`minus${unit}`, method(-1)],
  ];
}

function comparison(holds: (date: number, other: number) => boolean): Callable {
  return callable(['DateTime', 'instant'], 'boolean', ([date, other]) =>
    holds(date.millis, typeof other === 'bigint' ? Number(other) : other.millis),
  );
}

/** The methods of dates. */
export const DATE_TIME_METHODS: Callables = new Map([
  ...[...FIELDS.keys()].flatMap(fieldMethods),
  ...[...MONTHS.keys(), ...CALENDAR_DAYS.keys(), ...UNITS.keys()].flatMap(unitMethods),
  ['getMillis', callable(['DateTime'], 'long', ([date]) => BigInt(date.millis))],
  [
    'withZone',
    callable(['DateTime', 'DateTimeZone'], 'DateTime', ([date, zone], budget) => dateTime(date.millis, zone, budget)),
  ],
  [
    'withTimeAtStartOfDay',
    callable(['DateTime'], 'DateTime', ([date], budget) => {
      const midnight = Math.floor(toLocal(date, budget) / DAY) * DAY;
      const millis = fromLocal(date.zone, midnight);
      const isSkipped = millis + offsetAt(date.zone, millis) !== midnight;
      return dateTime(isSkipped ? (changeNear(date.zone, millis) ?? millis) : millis, date.zone, budget);
    }),
  ],
  ['isAfter', comparison((date, other) => date > other)],
  ['isBefore', comparison((date, other) => date < other)],
  ['isEqual', comparison((date, other) => date === other)],
  [
    'toString',
    callable(['DateTime', 'string?'], 'string', ([date, pattern], budget) => {
      spend(budget, STEPS_A_DATE * 2);
      if (pattern === undefined) return isoText(date);
      const parts = readPattern(pattern, budget);
      spend(budget, costOf(parts));
      return printed(date, parts);
    }),
  ],
]);

/** The largest or smallest value of a property; where the clock skips that time, the nearest that there is. */
function extreme({ date, field }: DateProperty, side: 'least' | 'most', budget: Budget): DateTime {
  const local = toLocal(date, budget);
  const { least, most, set } = fieldOf(field);
  const wanted = set(local, side === 'least' ? least : most(local));
  const millis = fromLocalNear(date.zone, wanted, date.millis);
  if (millis + offsetAt(date.zone, millis) === wanted) return dateTime(millis, date.zone, budget);
  const change = changeNear(date.zone, millis) ?? millis;
  return dateTime(side === 'least' ? change : change - 1, date.zone, budget);
}

/** The methods of a date's properties, as in `date.dayOfMonth().withMaximumValue()`. */
export const PROPERTY_METHODS: Callables = new Map([
  [
    'get',
    callable(['DateTimeProperty'], 'long', ([{ date, field }], budget) =>
      BigInt(fieldOf(field).get(toLocal(date, budget))),
    ),
  ],
  [
    'getAsText',
    callable(['DateTimeProperty'], 'string', ([{ date, field }], budget) => fieldText(field, toLocal(date, budget))),
  ],
  [
    'withMaximumValue',
    callable(['DateTimeProperty'], 'DateTime', ([property], budget) => extreme(property, 'most', budget)),
  ],
  [
    'withMinimumValue',
    callable(['DateTimeProperty'], 'DateTime', ([property], budget) => extreme(property, 'least', budget)),
  ],
]);
