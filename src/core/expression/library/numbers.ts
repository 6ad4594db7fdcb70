// The classes Long, Integer, Double, Boolean and Math, and the methods of their values.

import { type Budget, fail } from '../budget.ts';
import { shownText } from '../measure.ts';
import { kindOf, kindOfType } from '../types.ts';
import { type Thing } from '../thing.ts';
import { type Callable, type Callables, type Returns, callable, withArticle } from './callable.ts';

const toText: Callable = callable(['any'], 'string', ([value], budget) => shownText(value, budget));

const larger: Returns = (types) => {
  const kinds = types.map(kindOfType);
  if (kinds.includes('double')) return 'double';
  return kinds.includes('unknown') ? 'unknown' : 'long';
};

/** The functions of the class Math. Two LONGs give a LONG; `pow` always gives a DOUBLE. */
export const MATH_FUNCTIONS: Callables = new Map([
  ['min', callable(['number', 'number'], larger, ([a, b]) => pick(a, b, a <= b))],
  ['max', callable(['number', 'number'], larger, ([a, b]) => pick(a, b, a >= b))],
  ['pow', callable(['number', 'number'], 'double', ([a, b], budget) => finite(Number(a) ** Number(b), budget))],
]);

/** The functions of the class Long. */
export const LONG_FUNCTIONS: Callables = new Map([
  ['parseLong', callable(['string'], 'long', ([value], budget) => parseWhole(value, 64, budget))],
  ['valueOf', callable(['any'], 'long', ([value], budget) => wholeOf(value, 64, budget))],
  ['toString', toText],
]);

/** The functions of the class Integer: like Long's, but the value must fit into 32 bits. */
export const INTEGER_FUNCTIONS: Callables = new Map([
  ['parseInt', callable(['string'], 'long', ([value], budget) => parseWhole(value, 32, budget))],
  ['valueOf', callable(['any'], 'long', ([value], budget) => wholeOf(value, 32, budget))],
  ['toString', toText],
]);

/** The functions of the class Double. */
export const DOUBLE_FUNCTIONS: Callables = new Map([
  ['parseDouble', callable(['string'], 'double', ([value], budget) => parseDouble(value, budget))],
  ['valueOf', callable(['any'], 'double', ([value], budget) => doubleOf(value, budget))],
  ['toString', toText],
]);

/** The functions of the class Boolean. */
export const BOOLEAN_FUNCTIONS: Callables = new Map([
  ['parseBoolean', callable(['string'], 'boolean', ([value]) => value.toLowerCase() === 'true')],
  ['valueOf', callable(['any'], 'boolean', ([value], budget) => booleanOf(value, budget))],
  ['toString', toText],
]);

/** The methods of LONG and DOUBLE values. Conversions to whole numbers cut the fraction off, as in Java. */
export const NUMBER_METHODS: Callables = new Map([
  ['toString', toText],
  ['intValue', callable(['number'], 'long', ([value]) => BigInt.asIntN(32, cut(value, 32)))],
  ['longValue', callable(['number'], 'long', ([value]) => cut(value, 64))],
  ['doubleValue', callable(['number'], 'double', ([value]) => Number(value))],
]);

/** The methods of BOOLEAN values. */
export const BOOLEAN_METHODS: Callables = new Map([['toString', toText]]);

/** Refuses what no JSON number can carry: the infinite, and what is not a number. */
export function finite(value: number, budget: Budget): number {
  if (Number.isFinite(value)) return value;
  return fail(budget, 'EXPRESSION_FAILED', 'The result is too large for a double, or not a number.');
}

function pick(a: bigint | number, b: bigint | number, isFirst: boolean): Thing {
  const picked = isFirst ? a : b;
  return typeof a === typeof b ? picked : Number(picked);
}

const WHOLE = /^[+-]?[0-9]{1,40}$/;
const DOUBLE = /^[+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,10})?[fFdD]?$/;

function parseWhole(value: string, bits: 32 | 64, budget: Budget): bigint {
  const isWhole = WHOLE.test(value);
  const parsed = isWhole ? BigInt(value.replace('+', '')) : 0n;
  if (isWhole && BigInt.asIntN(bits, parsed) === parsed) return parsed;
  return fail(budget, 'EXPRESSION_FAILED', `${quote(value)} is not a whole number of ${String(bits)} bits.`);
}

function parseDouble(value: string, budget: Budget): number {
  const trimmed = value.length > 1000 ? '' : value.trim();
  if (DOUBLE.test(trimmed)) return finite(Number(trimmed.replace(/[fFdD]$/, '')), budget);
  return fail(budget, 'EXPRESSION_FAILED', `${quote(value)} is not a number.`);
}

function wholeOf(value: Thing, bits: 32 | 64, budget: Budget): bigint {
  if (typeof value === 'bigint') return BigInt.asIntN(bits, value);
  return typeof value === 'string' ? parseWhole(value, bits, budget) : unfit(value, 'a whole number', budget);
}

function doubleOf(value: Thing, budget: Budget): number {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  return typeof value === 'string' ? parseDouble(value, budget) : unfit(value, 'a number', budget);
}

function booleanOf(value: Thing, budget: Budget): boolean {
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' ? value.toLowerCase() === 'true' : unfit(value, 'a boolean', budget);
}

function unfit(value: Thing, wanted: string, budget: Budget): never {
  const found = withArticle(kindOf(value));
  return fail(budget, 'EXPRESSION_TYPE', `Only a string or ${wanted} can be read as ${wanted}, not ${found}.`);
}

function quote(value: string): string {
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
}

/** Java's narrowing of a double: towards zero, and to the nearest bound when out of range. */
function cut(value: bigint | number, bits: 32 | 64): bigint {
  if (typeof value === 'bigint') return value;
  if (Number.isNaN(value)) return 0n;
  const bound = 2n ** BigInt(bits - 1);
  if (value >= Number(bound)) return bound - 1n;
  return value <= -Number(bound) ? -bound : BigInt(Math.trunc(value));
}
