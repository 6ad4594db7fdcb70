// What an evaluation can have in hand: the values of parameters, and the dates and other objects that it makes on the
// way. Objects never leave the language: the result of an evaluation is a Value. They are plain data with a `kind`.

import { type Instant } from '../time.ts';
import { type FieldName } from './library/date-fields.ts';
import { type PatternPart } from './library/date-pattern.ts';

/** Anything that a variable, an argument or an element can be. */
export type Thing = null | boolean | bigint | number | string | readonly Thing[] | ThingMap | Made;

/** A MAP of things. */
export type ThingMap = ReadonlyMap<string, Thing>;

/** An object of one of the language's classes. */
export type Made = DateTime | Zone | DateFormat | DayCount | DateProperty | Uuid | Void;

/** An instant with the zone in which its fields are read. */
export interface DateTime {
  readonly kind: 'DateTime';
  readonly millis: Instant;
  readonly zone: Zone;
}

/** A time zone: with an offset (milliseconds) that is always the same, or by its IANA name. */
export interface Zone {
  readonly kind: 'DateTimeZone';
  readonly id: string;
  readonly offset?: number;
}

/** `DateTimeFormat.forPattern(…)` */
export interface DateFormat {
  readonly kind: 'DateTimeFormatter';
  readonly parts: readonly PatternPart[];
  readonly zone?: Zone;
}

/** `Days.daysBetween(…)` */
export interface DayCount {
  readonly kind: 'Days';
  readonly days: bigint;
}

/** `date.dayOfMonth()` */
export interface DateProperty {
  readonly kind: 'DateTimeProperty';
  readonly date: DateTime;
  readonly field: FieldName;
}

/** `UUID.randomUUID()` */
export interface Uuid {
  readonly kind: 'UUID';
  readonly text: string;
}

/** What a statement without a value gives. */
export interface Void {
  readonly kind: 'void';
}

/** The only VOID. */
export const VOID: Void = { kind: 'void' };
