// The fields of a date – year, month, week, hour … – as Joda reads and sets them in the ISO calendar. Works on local
// milliseconds: the reading of the clock on the wall as if it were UTC. Setting a larger field keeps the smaller ones
// and takes the last day of a month that is too short; setting a field itself beyond its range is a fault.

import { type Budget, fail } from '../budget.ts';

/** The fields that an expression can read. */
export type FieldName = keyof typeof UNITS | 'year' | 'monthOfYear' | 'dayOfMonth' | 'dayOfYear' | WeekField;

type WeekField = 'weekyear' | 'weekOfWeekyear' | 'dayOfWeek';

/** Milliseconds of a second, a minute, an hour and a day. */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const UNITS = {
  hourOfDay: { unit: HOUR, range: DAY },
  minuteOfHour: { unit: MINUTE, range: HOUR },
  minuteOfDay: { unit: MINUTE, range: DAY },
  secondOfMinute: { unit: SECOND, range: MINUTE },
  secondOfDay: { unit: SECOND, range: DAY },
  millisOfSecond: { unit: 1, range: SECOND },
  millisOfDay: { unit: 1, range: DAY },
} as const;

/** The years that a date can be in. */
export const FIRST_YEAR = 1;
export const LAST_YEAR = 9999;

/** How one field is read and set. */
export interface Field {
  readonly get: (local: number) => number;
  readonly set: (local: number, value: number) => number;
  readonly least: number;
  readonly most: (local: number) => number;
}

/** The remainder that is never negative. */
export function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}

function timeField(name: keyof typeof UNITS): readonly [FieldName, Field] {
  const { unit, range } = UNITS[name];
  const get = (local: number): number => Math.floor(modulo(local, range) / unit);
  const set = (local: number, value: number): number => local + (value - get(local)) * unit;
  return [name, { get, set, least: 0, most: () => range / unit - 1 }];
}

/** The number of the day, counted from 1970-01-01, on which a month begins; months beyond the year go on. */
function monthStart(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, 1);
  return date.getTime() / DAY;
}

function dayOf(local: number): number {
  return Math.floor(local / DAY);
}

const year = (local: number): number => new Date(local).getUTCFullYear();
const month = (local: number): number => new Date(local).getUTCMonth() + 1;
const dayOfMonth = (local: number): number => new Date(local).getUTCDate();
const dayOfWeek = (local: number): number => modulo(dayOf(local) + 3, 7) + 1;

function daysOfMonth(inYear: number, inMonth: number): number {
  return monthStart(inYear, inMonth + 1) - monthStart(inYear, inMonth);
}

function withMonth(local: number, toYear: number, toMonth: number): number {
  const day = Math.min(dayOfMonth(local), daysOfMonth(toYear, toMonth));
  return (monthStart(toYear, toMonth) + day - 1) * DAY + modulo(local, DAY);
}

/** The day on which the first ISO week of a year begins: the Monday of the week with January 4. */
function weekyearStart(ofYear: number): number {
  const fourth = monthStart(ofYear, 1) + 3;
  return fourth - modulo(fourth + 3, 7);
}

function weekyear(local: number): number {
  const thursday = (dayOf(local) - dayOfWeek(local) + 4) * DAY;
  return year(thursday);
}

function weekOfWeekyear(local: number): number {
  return Math.floor((dayOf(local) - weekyearStart(weekyear(local))) / 7) + 1;
}

function weeksOf(ofYear: number): number {
  return (weekyearStart(ofYear + 1) - weekyearStart(ofYear)) / 7;
}

function withWeekyear(local: number, value: number): number {
  const week = Math.min(weekOfWeekyear(local), weeksOf(value));
  return (weekyearStart(value) + (week - 1) * 7 + dayOfWeek(local) - 1) * DAY + modulo(local, DAY);
}

/** All fields, by Joda's names. */
export const FIELDS: ReadonlyMap<FieldName, Field> = new Map<FieldName, Field>([
  [
    'year',
    {
      get: year,
      set: (local, value) => withMonth(local, value, month(local)),
      least: FIRST_YEAR,
      most: () => LAST_YEAR,
    },
  ],
  ['weekyear', { get: weekyear, set: withWeekyear, least: FIRST_YEAR, most: () => LAST_YEAR }],
  [
    'monthOfYear',
    { get: month, set: (local, value) => withMonth(local, year(local), value), least: 1, most: () => 12 },
  ],
  [
    'dayOfMonth',
    {
      get: dayOfMonth,
      set: (local, value) => local + (value - dayOfMonth(local)) * DAY,
      least: 1,
      most: (local) => daysOfMonth(year(local), month(local)),
    },
  ],
  [
    'dayOfYear',
    {
      get: (local) => dayOf(local) - monthStart(year(local), 1) + 1,
      set: (local, value) => (monthStart(year(local), 1) + value - 1) * DAY + modulo(local, DAY),
      least: 1,
      most: (local) => monthStart(year(local) + 1, 1) - monthStart(year(local), 1),
    },
  ],
  [
    'dayOfWeek',
    { get: dayOfWeek, set: (local, value) => local + (value - dayOfWeek(local)) * DAY, least: 1, most: () => 7 },
  ],
  [
    'weekOfWeekyear',
    {
      get: weekOfWeekyear,
      set: (local, value) => local + (value - weekOfWeekyear(local)) * 7 * DAY,
      least: 1,
      most: (local) => weeksOf(weekyear(local)),
    },
  ],
  timeField('hourOfDay'),
  timeField('minuteOfHour'),
  timeField('minuteOfDay'),
  timeField('secondOfMinute'),
  timeField('secondOfDay'),
  timeField('millisOfSecond'),
  timeField('millisOfDay'),
]);

/** The field of a name. */
export function fieldOf(name: FieldName): Field {
  const field = FIELDS.get(name);
  if (field === undefined) throw new Error(`no field ${name}`);
  return field;
}

/** Sets a field to a value of its range; any other value is a fault. */
export function setField(local: number, name: FieldName, value: number, budget: Budget): number {
  const field = fieldOf(name);
  const most = field.most(local);
  if (value >= field.least && value <= most) return field.set(local, value);
  const range = `from ${String(field.least)} to ${String(most)} here`;
  return fail(budget, 'EXPRESSION_FAILED', `${name} is ${range}, so it cannot be ${String(value)}.`);
}

/** Moves by whole months, keeping the day where the month has it, else taking its last day. */
export function plusMonths(local: number, months: number): number {
  const count = year(local) * 12 + month(local) - 1 + months;
  return withMonth(local, Math.floor(count / 12), modulo(count, 12) + 1);
}

/** The local milliseconds of a date at midnight. */
export function localOf(inYear: number, inMonth: number, day: number): number {
  return (monthStart(inYear, inMonth) + day - 1) * DAY;
}
