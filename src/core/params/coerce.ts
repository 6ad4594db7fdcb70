// What an expression yields as a value of a declared type: scalars become text where a STRING is wanted, LONG becomes
// DOUBLE, and nothing else changes its type.

import { isArray, isMap, text } from '../expression/text.ts';
import { kindOf } from '../expression/types.ts';
import { type Value, type ValueType } from '../expression/value.ts';
import { type Result, failed, success } from '../result.ts';
import { type ScalarType } from './scalar.ts';

/** Turns a value into one of the type; the failure names both types. */
export function coerce(type: ValueType, value: Value): Result<Value, string> {
  switch (type) {
    case 'string':
    case 'long':
    case 'double':
    case 'boolean':
      return coerceScalar(type, value);
    case 'string_array':
      return coerceArray('string', value);
    case 'long_array':
      return coerceArray('long', value);
    case 'double_array':
      return coerceArray('double', value);
    case 'boolean_array':
      return coerceArray('boolean', value);
    case 'string_map':
      return isMap(value) ? coerceStringMap(value) : mismatch(type, value);
    case 'map':
      return isMap(value) ? success(value) : mismatch(type, value);
  }
}

function coerceScalar(type: ScalarType, value: Value): Result<Value, string> {
  const kind = kindOf(value);
  if (kind === type) return success(value);
  if (type === 'double' && typeof value === 'bigint') return success(Number(value));
  const isScalar = value !== null && typeof value !== 'object';
  return type === 'string' && isScalar ? success(text(value)) : mismatch(type, value);
}

function coerceArray(item: ScalarType, value: Value): Result<Value, string> {
  if (!isArray(value)) return mismatch(`${item}_array`, value);
  const items: Value[] = [];
  for (const [index, member] of value.entries()) {
    const coerced = coerceScalar(item, member);
    if (!coerced.ok) return failed(`in a ${item}_array at [${String(index)}]: ${coerced.failure}`);
    items.push(coerced.value);
  }
  return success(items);
}

function coerceStringMap(map: ReadonlyMap<string, Value>): Result<Value, string> {
  const members = new Map<string, Value>();
  for (const [key, member] of map) {
    const coerced = coerceScalar('string', member);
    if (!coerced.ok) return failed(`in a string_map at "${key}": ${coerced.failure}`);
    members.set(key, coerced.value);
  }
  return success(members);
}

function mismatch(type: string, value: Value): Result<never, string> {
  return failed(`a ${type} is wanted, and the expression yields ${describe(value)}`);
}

function describe(value: Value): string {
  const kind = kindOf(value);
  return kind === 'null' ? 'null' : `${kind === 'array' ? 'an' : 'a'} ${kind}`;
}
