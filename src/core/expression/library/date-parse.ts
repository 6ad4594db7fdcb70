// From text to dates, by a pattern. Fields are set from the largest to the smallest on 1970-01-01T00:00, as Joda does,
// whatever their order in the text; the whole text has to fit.

import { type Budget, fail, spend } from '../budget.ts';
import { type DateTime, type Zone } from '../thing.ts';
import { nowOf } from './clock.ts';
import { type FieldName, HOUR, fieldOf, setField } from './date-fields.ts';
import { type NumberField, type PatternPart, type TextField } from './date-pattern.ts';
import { WORDS } from './date-print.ts';
import { UTC, fixedOffset, fromLocalStrict, zoneOf } from './zones.ts';

/** What a text says of a date. */
export interface ParsedDate {
  readonly settings: ReadonlyMap<SettableField, number>;
  readonly offset?: number;
  readonly zone?: Zone;
}

type SettableField = NumberField | TextField;

interface Reading {
  readonly text: string;
  readonly budget: Budget;
  readonly settings: Map<SettableField, number>;
  at: number;
  offset?: number;
  zone?: Zone;
}

/** From the largest to the smallest. */
const ORDER: readonly SettableField[] = [
  'era',
  'centuryOfEra',
  'year',
  'yearOfEra',
  'weekyear',
  'monthOfYear',
  'weekOfWeekyear',
  'dayOfYear',
  'dayOfMonth',
  'dayOfWeek',
  'halfdayOfDay',
  'hourOfDay',
  'clockhourOfDay',
  'hourOfHalfday',
  'clockhourOfHalfday',
  'minuteOfHour',
  'secondOfMinute',
  'millisOfSecond',
];
const LARGER_THAN_MONTH = 5;
const LARGER_THAN_HALFDAY = 10;
/** The year of a text that has a month or a day but no year; it has a February 29. */
const YEAR_OF_NONE = 2000;

/** Parses a text by a pattern, in a zone unless the text names its own; the answer is in the zone. */
export function parsedByPattern(
  text: string,
  { parts, zone }: { readonly parts: readonly PatternPart[]; readonly zone?: Zone },
  budget: Budget,
): DateTime {
  spend(budget, 10 + text.length);
  const reading: Reading = { text, budget, settings: new Map(), at: 0 };
  const fits = parts.every((part) => readPart(reading, part)) && reading.at === text.length;
  if (!fits) {
    const message = `${JSON.stringify(text.slice(0, 60))} does not fit the pattern of the date from character`;
    return fail(budget, 'EXPRESSION_FAILED', `${message} ${String(reading.at + 1)} on.`);
  }
  const millis = instantOf(reading, zone ?? UTC, budget);
  return { kind: 'DateTime', millis, zone: zone ?? reading.zone ?? UTC };
}

/** The instant that a text names; without an offset or zone of its own, in the given zone. */
export function instantOf(parsed: ParsedDate, zone: Zone, budget: Budget): number {
  const local = localFrom(parsed.settings, budget);
  if (parsed.offset !== undefined) return local - parsed.offset;
  return fromLocalStrict(parsed.zone ?? zone, local, budget);
}

function localFrom(settings: ReadonlyMap<SettableField, number>, budget: Budget): number {
  const fields = ORDER.filter((field) => settings.has(field));
  const first = ORDER.indexOf(fields[0] ?? 'millisOfSecond');
  let local = 0;
  if (first >= LARGER_THAN_MONTH && first < LARGER_THAN_HALFDAY) local = fieldOf('year').set(local, YEAR_OF_NONE);
  for (const field of fields) {
    local = floored(setAny(local, field, settings.get(field) ?? 0, budget), field);
  }
  // Once more, since a smaller field may have moved a larger one: a day of the week, out of its month.
  for (const field of fields) local = setAny(local, field, settings.get(field) ?? 0, budget);
  return local;
}

/** The weeks of a year do not begin on its first day, so that the day of the week has to begin anew. */
function floored(local: number, field: SettableField): number {
  if (field !== 'weekyear' && field !== 'weekOfWeekyear') return local;
  const monday = fieldOf('dayOfWeek').set(local, 1);
  return field === 'weekyear' ? fieldOf('weekOfWeekyear').set(monday, 1) : monday;
}

type SetDerived = (local: number, value: number, budget: Budget) => number;

/** The settable numbers that are no fields themselves. */
const DERIVED: ReadonlyMap<SettableField, SetDerived> = new Map<SettableField, SetDerived>([
  [
    'era',
    (local, value, budget) =>
      value === 1 ? local : fail(budget, 'EXPRESSION_FAILED', 'Years before Christ are not supported.'),
  ],
  [
    'centuryOfEra',
    (local, value, budget) => setField(local, 'year', value * 100 + (fieldOf('year').get(local) % 100), budget),
  ],
  ['yearOfEra', (local, value, budget) => setField(local, 'year', value, budget)],
  ['halfdayOfDay', (local, value) => withHour(local, (hourIn(local) % 12) + value * 12)],
  ['clockhourOfDay', (local, value, budget) => withHour(local, inRange('clockhourOfDay', value, [1, 24], budget) % 24)],
  ['hourOfHalfday', (local, value, budget) => withHalfHour(local, inRange('hourOfHalfday', value, [0, 11], budget))],
  [
    'clockhourOfHalfday',
    (local, value, budget) => withHalfHour(local, inRange('clockhourOfHalfday', value, [1, 12], budget) % 12),
  ],
]);

function setAny(local: number, field: SettableField, value: number, budget: Budget): number {
  const set = DERIVED.get(field);
  return set === undefined ? setField(local, field as FieldName, value, budget) : set(local, value, budget);
}

function hourIn(local: number): number {
  return fieldOf('hourOfDay').get(local);
}

function withHour(local: number, hour: number): number {
  return local + (hour - hourIn(local)) * HOUR;
}

/** Sets the hour within the half of the day that it is. */
function withHalfHour(local: number, hour: number): number {
  return withHour(local, hour + (hourIn(local) < 12 ? 0 : 12));
}

function inRange(field: string, value: number, [least, most]: readonly [number, number], budget: Budget): number {
  if (value >= least && value <= most) return value;
  const message = `${field} is from ${String(least)} to ${String(most)}, so it cannot be ${String(value)}.`;
  return fail(budget, 'EXPRESSION_FAILED', message);
}

function match(reading: Reading, pattern: RegExp): string | undefined {
  pattern.lastIndex = reading.at;
  const found = pattern.exec(reading.text)?.[0];
  if (found !== undefined) reading.at += found.length;
  return found;
}

function readPart(reading: Reading, part: PatternPart): boolean {
  switch (part.kind) {
    case 'literal':
      return readLiteral(reading, part.text);
    case 'number':
      return readNumber(reading, part.field, part.most);
    case 'short-year':
      return readShortYear(reading, part.field, part.isLenient);
    case 'text':
      return readWord(reading, part.field);
    case 'fraction':
      return readFraction(reading, part.digits);
    case 'offset':
      return readOffset(reading);
    case 'zone-id':
      return readZone(reading);
    case 'zone-name':
      return fail(reading.budget, 'EXPRESSION_FAILED', 'Names of zones (z) can be printed, but not parsed; use Z.');
  }
}

function readLiteral(reading: Reading, literal: string): boolean {
  const found = reading.text.slice(reading.at, reading.at + literal.length);
  if (found.toLowerCase() !== literal.toLowerCase()) return false;
  reading.at += literal.length;
  return true;
}

function readNumber(reading: Reading, field: NumberField, most: number): boolean {
  const sign = field === 'year' || field === 'weekyear' ? '[+-]?' : '';
  const digits = match(reading, new RegExp(`${sign}\\d{1,${String(most)}}`, 'y'));
  if (digits === undefined) return false;
  reading.settings.set(field, Number(digits));
  return true;
}

const OLDEST_SHORT_YEAR = 80;

/** Two digits are the year that is at most 80 years ago and at most 19 years ahead, as in Joda. */
function readShortYear(reading: Reading, field: FieldName, isLenient: boolean): boolean {
  const digits = match(reading, isLenient ? /[+-]?\d{1,9}/y : /\d{2}/y);
  if (digits === undefined) return false;
  const first = fieldOf('year').get(nowOf(reading.budget)) - OLDEST_SHORT_YEAR;
  const ahead = (((Number(digits) - first) % 100) + 100) % 100;
  reading.settings.set(field, /^\d{2}$/.test(digits) ? first + ahead : Number(digits));
  return true;
}

function readWord(reading: Reading, field: TextField): boolean {
  const rest = reading.text.slice(reading.at, reading.at + 10).toLowerCase();
  for (const [position, word] of WORDS[field].entries()) {
    const found = [word, word.slice(0, 3)].find((form) => rest.startsWith(form.toLowerCase()));
    if (found === undefined) continue;
    reading.at += found.length;
    reading.settings.set(field, position + (field === 'monthOfYear' || field === 'dayOfWeek' ? 1 : 0));
    return true;
  }
  return false;
}

function readFraction(reading: Reading, digits: number): boolean {
  const found = match(reading, new RegExp(`\\d{1,${String(digits)}}`, 'y'));
  if (found === undefined) return false;
  reading.settings.set('millisOfSecond', Number(found.slice(0, 3).padEnd(3, '0')));
  return true;
}

function readOffset(reading: Reading): boolean {
  const found = match(reading, /[zZ]|[+-]\d{2}(?::?\d{2}){1,2}/y);
  const offset = found === undefined || /z/i.test(found) ? 0 : fixedOffset(found);
  if (found === undefined || offset === undefined) return false;
  reading.offset = offset;
  return true;
}

function readZone(reading: Reading): boolean {
  const found = match(reading, /[A-Za-z][A-Za-z0-9_+/-]*|[+-]\d{2}:\d{2}/y);
  if (found === undefined) return false;
  reading.zone = zoneOf(found, reading.budget);
  return true;
}
