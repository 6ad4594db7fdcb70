// Patterns of dates, as `DateTimeFormat.forPattern` takes them: `yyyy-MM-dd'T'HH:mm`. Read once into parts, by which
// dates are printed and parsed.

import { type Budget, fail, spend } from '../budget.ts';
import { type FieldName } from './date-fields.ts';

/** What a number in a pattern stands for: a field, or one that is derived from the hour or the year. */
export type NumberField =
  FieldName | 'yearOfEra' | 'centuryOfEra' | 'clockhourOfDay' | 'hourOfHalfday' | 'clockhourOfHalfday';

/** One part of a pattern. */
export type PatternPart =
  | { readonly kind: 'literal'; readonly text: string }
  /** At least so many digits when printed, at most so many when parsed. */
  | { readonly kind: 'number'; readonly field: NumberField; readonly least: number; readonly most: number }
  /** `yy`; a lenient one also takes years of other lengths. */
  | { readonly kind: 'short-year'; readonly field: 'year' | 'weekyear'; readonly isLenient: boolean }
  | { readonly kind: 'text'; readonly field: TextField; readonly isShort: boolean }
  | { readonly kind: 'fraction'; readonly digits: number }
  | { readonly kind: 'offset'; readonly hasColon: boolean }
  | { readonly kind: 'zone-id' }
  | { readonly kind: 'zone-name'; readonly isShort: boolean };

/** What is written in words. */
export type TextField = 'monthOfYear' | 'dayOfWeek' | 'halfdayOfDay' | 'era';

interface Run {
  readonly letter: string;
  readonly count: number;
  readonly isNumberNext: boolean;
}

const LONGEST_PATTERN = 256;
const LONG_YEAR = 9;

const NUMBERS: ReadonlyMap<string, readonly [field: NumberField, most: number]> = new Map([
  ['C', ['centuryOfEra', LONG_YEAR]],
  ['w', ['weekOfWeekyear', 2]],
  ['e', ['dayOfWeek', 1]],
  ['D', ['dayOfYear', 3]],
  ['d', ['dayOfMonth', 2]],
  ['K', ['hourOfHalfday', 2]],
  ['h', ['clockhourOfHalfday', 2]],
  ['H', ['hourOfDay', 2]],
  ['k', ['clockhourOfDay', 2]],
  ['m', ['minuteOfHour', 2]],
  ['s', ['secondOfMinute', 2]],
]);
const YEARS: ReadonlyMap<string, NumberField> = new Map([
  ['y', 'year'],
  ['Y', 'yearOfEra'],
  ['x', 'weekyear'],
]);
const TEXTS: ReadonlyMap<string, TextField> = new Map([
  ['E', 'dayOfWeek'],
  ['a', 'halfdayOfDay'],
  ['G', 'era'],
]);

/** Reads a pattern; one with a letter that means nothing is a fault. */
export function readPattern(pattern: string, budget: Budget): readonly PatternPart[] {
  if (pattern.length > LONGEST_PATTERN) fail(budget, 'EXPRESSION_LIMIT', 'The pattern of the date is too long.');
  if (pattern === '') fail(budget, 'EXPRESSION_FAILED', 'The pattern of a date must not be empty.');
  spend(budget, pattern.length * 2);
  const tokens = pattern.match(/'(?:[^']|'')*'?|([A-Za-z])\1*|[^A-Za-z']+/g) ?? [];
  return tokens.map((token, position) => {
    if (!/^[A-Za-z]/.test(token)) return { kind: 'literal', text: literalText(token) };
    const isNumberNext = isNumber(tokens[position + 1] ?? '');
    const part = partOf({ letter: token.charAt(0), count: token.length, isNumberNext });
    return part ?? unknownLetter(token.charAt(0), budget);
  });
}

function literalText(token: string): string {
  if (!token.startsWith("'")) return token;
  if (token === "''") return "'";
  const inner = token.slice(1, token.length > 1 && token.endsWith("'") ? -1 : undefined);
  return inner.replaceAll("''", "'");
}

function unknownLetter(letter: string, budget: Budget): never {
  const message = `The letter ${letter} means nothing in the pattern of a date; quote texts, as in yyyy-MM-dd'T'HH.`;
  return fail(budget, 'EXPRESSION_FAILED', message);
}

/** Tells whether a token stands for digits, so that digits before it must be counted. */
function isNumber(token: string): boolean {
  const letter = token.charAt(0);
  return NUMBERS.has(letter) || YEARS.has(letter) || letter === 'S' || letter === 'F' || /^MM?$/.test(token);
}

function partOf(run: Run): PatternPart | undefined {
  const { letter, count } = run;
  const number = NUMBERS.get(letter);
  if (number !== undefined) return { kind: 'number', field: number[0], least: count, most: number[1] };
  const year = YEARS.get(letter);
  if (year !== undefined) return yearPart(year, run);
  const text = TEXTS.get(letter);
  if (text !== undefined) return { kind: 'text', field: text, isShort: count < 4 };
  return specialPart(letter, count);
}

function yearPart(field: NumberField, { count, isNumberNext }: Run): PatternPart {
  if (count === 2) {
    return { kind: 'short-year', field: field === 'weekyear' ? field : 'year', isLenient: !isNumberNext };
  }
  return { kind: 'number', field, least: count, most: isNumberNext ? count : LONG_YEAR };
}

function specialPart(letter: string, count: number): PatternPart | undefined {
  switch (letter) {
    case 'M':
      if (count > 2) return { kind: 'text', field: 'monthOfYear', isShort: count === 3 };
      return { kind: 'number', field: 'monthOfYear', least: count, most: 2 };
    case 'S':
      return { kind: 'fraction', digits: count };
    case 'Z':
      return count > 2 ? { kind: 'zone-id' } : { kind: 'offset', hasColon: count === 2 };
    case 'z':
      return { kind: 'zone-name', isShort: count < 4 };
    default:
      return undefined;
  }
}
