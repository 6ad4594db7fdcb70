// The class String and the methods of texts.

import { type Budget, fail, spend, spendComparison, spendElements, spendSearch, spendText } from '../budget.ts';
import { escaped } from '../quoted.ts';
import { shownText } from '../measure.ts';
import { isArray } from '../text.ts';
import { type Thing } from '../thing.ts';
import { type Callables, callable } from './callable.ts';
import { formatted } from './format.ts';
import { compiled, replaceMatches, splitAtMatches } from './regex.ts';

/** The functions of the class String. */
export const STRING_FUNCTIONS: Callables = new Map([
  ['valueOf', callable(['any'], 'string', ([value], budget) => shownText(value, budget))],
  [
    'format',
    callable(['string', 'any*'], 'string', ([pattern, ...values], budget) => formatted(pattern, values, budget)),
  ],
  [
    'join',
    callable(['string', 'any*'], 'string', ([separator, ...values], budget) => joined(separator, values, budget)),
  ],
  ['escape', callable(['string'], 'string', ([value], budget) => made(budget, escaped(value)))],
]);

/** The methods of texts. Upper and lower case, and lengths in UTF-16 units, are those of Java's root locale. */
export const STRING_METHODS: Callables = new Map([
  [
    'split',
    callable(['string', 'string', 'long?'], 'string_array', ([value, pattern, limit], budget) =>
      splitAtMatches(compiled(pattern, budget), value, Number(limit ?? 0n), budget),
    ),
  ],
  [
    'replaceAll',
    callable(['string', 'string', 'string'], 'string', ([value, pattern, replacement], budget) =>
      replaceMatches(compiled(pattern, budget), value, replacement, budget),
    ),
  ],
  [
    'replace',
    callable(['string', 'string', 'string'], 'string', ([value, old, fresh], budget) =>
      replaced(value, old, fresh, budget),
    ),
  ],
  [
    'substring',
    callable(['string', 'long', 'long?'], 'string', ([value, from, to], budget) =>
      substring(value, from, to ?? BigInt(value.length), budget),
    ),
  ],
  ['toUpperCase', callable(['string'], 'string', ([value], budget) => made(budget, value.toUpperCase()))],
  ['toLowerCase', callable(['string'], 'string', ([value], budget) => made(budget, value.toLowerCase()))],
  ['trim', callable(['string'], 'string', ([value], budget) => made(budget, trimmed(value)))],
  ['escape', callable(['string'], 'string', ([value], budget) => made(budget, escaped(value)))],
  ['toString', callable(['string'], 'string', ([value]) => value)],
  [
    'startsWith',
    callable(['string', 'string'], 'boolean', ([value, start], budget) => {
      spendComparison(budget, start.length);
      return value.startsWith(start);
    }),
  ],
  [
    'endsWith',
    callable(['string', 'string'], 'boolean', ([value, end], budget) => {
      spendComparison(budget, end.length);
      return value.endsWith(end);
    }),
  ],
  [
    'contains',
    callable(['string', 'string'], 'boolean', ([value, part], budget) => {
      spendSearch(budget, value.length, part.length);
      return value.includes(part);
    }),
  ],
  [
    'lastIndexOf',
    callable(['string', 'string'], 'long', ([value, part], budget) => {
      spendSearch(budget, value.length, part.length);
      return BigInt(value.lastIndexOf(part));
    }),
  ],
  ['length', callable(['string'], 'long', ([value]) => BigInt(value.length))],
  ['isEmpty', callable(['string'], 'boolean', ([value]) => value === '')],
  [
    'equals',
    callable(['string', 'any'], 'boolean', ([value, other], budget) => {
      spendComparison(budget, value.length);
      return value === other;
    }),
  ],
  ['compareTo', callable(['string', 'string'], 'long', ([value, other], budget) => compared(value, other, budget))],
]);

function made(budget: Budget, value: string): string {
  spendText(budget, value.length);
  return value;
}

/** Joins the elements of the only value, if that is an array, else the values themselves. */
function joined(separator: string, values: readonly Thing[], budget: Budget): string {
  const [only] = values;
  const parts = values.length === 1 && only !== undefined && isArray(only) ? only : values;
  spendElements(budget, parts.length);
  spendText(budget, separator.length * parts.length);
  return parts.map((part) => shownText(part, budget)).join(separator);
}

function replaced(value: string, old: string, fresh: string, budget: Budget): string {
  spendSearch(budget, value.length, old.length);
  let count = old === '' ? value.length + 1 : 0;
  for (let at = value.indexOf(old); old !== '' && at !== -1; at = value.indexOf(old, at + old.length)) count += 1;
  spend(budget, Math.ceil(count / 8));
  spendText(budget, value.length + count * fresh.length);
  return value.replaceAll(old, () => fresh);
}

function substring(value: string, from: bigint, to: bigint, budget: Budget): string {
  if (from < 0n || to < from || to > BigInt(value.length)) {
    const range = `${from.toString()} to ${to.toString()}`;
    return fail(budget, 'EXPRESSION_FAILED', `The range ${range} is outside a text of length ${String(value.length)}.`);
  }
  return made(budget, value.slice(Number(from), Number(to)));
}

/** Java's trim: takes off everything up to the space character, and nothing else. */
function trimmed(value: string): string {
  let from = 0;
  let to = value.length;
  while (from < to && value.charCodeAt(from) <= 0x20) from += 1;
  while (to > from && value.charCodeAt(to - 1) <= 0x20) to -= 1;
  return value.slice(from, to);
}

function compared(value: string, other: string, budget: Budget): bigint {
  const shorter = Math.min(value.length, other.length);
  spendText(budget, shorter);
  for (let at = 0; at < shorter; at++) {
    const difference = value.charCodeAt(at) - other.charCodeAt(at);
    if (difference !== 0) return BigInt(difference);
  }
  return BigInt(value.length - other.length);
}
