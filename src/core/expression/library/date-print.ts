// Dates as text: by a pattern, and in ISO 8601 as `toString()` gives them.

import { type DateTime } from '../thing.ts';
import { type FieldName, HOUR, MINUTE, SECOND, fieldOf } from './date-fields.ts';
import { type NumberField, type PatternPart, type TextField } from './date-pattern.ts';
import { offsetAt, zoneName } from './zones.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
const SHORT = 3;

/** The words for the values of a field, the first for its least value. */
export const WORDS: Readonly<Record<TextField, readonly string[]>> = {
  monthOfYear: MONTHS,
  dayOfWeek: DAYS,
  halfdayOfDay: ['AM', 'PM'],
  era: ['BC', 'AD'],
};

const STEPS_A_ZONE_NAME = 300;

/** How many steps it takes to print by the parts. */
export function costOf(parts: readonly PatternPart[]): number {
  return parts.reduce((steps, part) => steps + (part.kind === 'zone-name' ? STEPS_A_ZONE_NAME : 2), 10);
}

/** Prints a date in its zone by the parts of a pattern. */
export function printed({ millis, zone }: DateTime, parts: readonly PatternPart[]): string {
  const offset = offsetAt(zone, millis);
  const local = millis + offset;
  return parts
    .map((part) => {
      switch (part.kind) {
        case 'literal':
          return part.text;
        case 'number':
          return padded(numberOf(part.field, local), part.least);
        case 'short-year':
          return padded(fieldOf(part.field).get(local) % 100, 2);
        case 'text':
          return wordOf(part.field, local, part.isShort);
        case 'fraction':
          return padded(fieldOf('millisOfSecond').get(local), SHORT).padEnd(part.digits, '0').slice(0, part.digits);
        case 'offset':
          return offsetText(offset, part.hasColon ? ':' : '');
        case 'zone-id':
          return zone.id;
        case 'zone-name':
          return zoneName(zone, millis, part.isShort ? 'short' : 'long');
      }
    })
    .join('');
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

type Derived = Exclude<NumberField, FieldName>;

/** Numbers that are no fields themselves, from the year or the hour. */
const DERIVED: Readonly<Record<Derived, (year: number, hour: number) => number>> = {
  yearOfEra: (year) => year,
  centuryOfEra: (year) => Math.floor(year / 100),
  clockhourOfDay: (_, hour) => (hour === 0 ? 24 : hour),
  hourOfHalfday: (_, hour) => hour % 12,
  clockhourOfHalfday: (_, hour) => (hour % 12 === 0 ? 12 : hour % 12),
};

function isDerived(field: NumberField): field is Derived {
  return Object.hasOwn(DERIVED, field);
}

function numberOf(field: NumberField, local: number): number {
  if (!isDerived(field)) return fieldOf(field).get(local);
  return DERIVED[field](fieldOf('year').get(local), fieldOf('hourOfDay').get(local));
}

function wordOf(field: TextField, local: number, isShort: boolean): string {
  if (field === 'era') return 'AD';
  if (field === 'halfdayOfDay') return fieldOf('hourOfDay').get(local) < 12 ? 'AM' : 'PM';
  const word = WORDS[field][fieldOf(field).get(local) - 1] ?? '';
  return isShort ? word.slice(0, SHORT) : word;
}

/** Prints an offset as `+01:00`, with seconds where it has them. */
function offsetText(offset: number, separator: string): string {
  const size = Math.abs(offset);
  const seconds = Math.floor(size / SECOND) % 60;
  const pieces = [Math.floor(size / HOUR), Math.floor(size / MINUTE) % 60, ...(seconds === 0 ? [] : [seconds])];
  return (offset < 0 ? '-' : '+') + pieces.map((piece) => padded(piece, 2)).join(separator);
}

/** `2024-02-29T12:00:00.000Z`, or with the zone's offset at its end. */
export function isoText({ millis, zone }: DateTime): string {
  const offset = offsetAt(zone, millis);
  const iso = new Date(millis + offset).toISOString();
  return offset === 0 ? iso : `${iso.slice(0, -1)}${offsetText(offset, ':')}`;
}

/** The value of a field in words, where it has any, else in digits. */
export function fieldText(field: FieldName, local: number): string {
  if (field === 'monthOfYear' || field === 'dayOfWeek') return wordOf(field, local, false);
  return String(fieldOf(field).get(local));
}
