// Kinds of values and static types, and what fits where. Evaluation and the static check both decide with these.

import { isArray, isMap } from './text.ts';
import { type Made, type Thing } from './thing.ts';
import { type ValueType } from './value.ts';

/** What a value is, as far as operators and methods distinguish. */
export type Kind = 'null' | 'boolean' | 'long' | 'double' | 'string' | 'array' | 'map' | Made['kind'];

/** What is known of a value before evaluation; `array` is an array of which the elements are not known. */
export type Type = ValueType | 'array' | 'null' | 'unknown' | Made['kind'];

/** Tells what a value is. */
export function kindOf(value: Thing): Kind {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'number') return 'double';
  if (typeof value === 'boolean') return 'boolean';
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  return isMap(value) ? 'map' : value.kind;
}

/** Tells the kind that values of a type have. */
export function kindOfType(type: Type): Kind | 'unknown' {
  if (isArrayType(type)) return 'array';
  return type === 'string_map' ? 'map' : type;
}

function isArrayType(type: Type): type is Extract<Type, `${string}_array`> {
  return type.endsWith('_array');
}

const ELEMENTS: ReadonlyMap<Type, Type> = new Map([
  ['string_array', 'string'],
  ['long_array', 'long'],
  ['double_array', 'double'],
  ['boolean_array', 'boolean'],
  ['string_map', 'string'],
]);

/** Tells the type of what an array or map of a type holds. */
export function elementOf(type: Type): Type {
  return ELEMENTS.get(type) ?? 'unknown';
}

const CONVERTED: ReadonlyMap<ValueType, readonly Type[]> = new Map<ValueType, readonly Type[]>([
  ['string', ['long', 'double', 'boolean']],
  ['double', ['long']],
  ['double_array', ['long_array']],
  ['map', ['string_map']],
]);

/** Tells whether a value of a type can stand where another is expected; NULL and the unknown can stand anywhere. */
export function canStandFor(actual: Type, expected: ValueType): boolean {
  if (actual === expected || actual === 'unknown' || actual === 'null') return true;
  if (actual === 'array') return isArrayType(expected);
  return CONVERTED.get(expected)?.includes(actual) ?? false;
}

/** Tells whether a kind is LONG or DOUBLE. */
export function isNumeric(kind: Kind | 'unknown'): boolean {
  return kind === 'long' || kind === 'double';
}

/** Tells whether a value is a LONG or a DOUBLE. */
export function isNumber(value: Thing): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}
