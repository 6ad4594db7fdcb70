// Values of parameters and outputs to and from JSON, by their declared type. What `toJson` wrote, `fromJson` reads back
// as the same value; a LONG outside ±2^53 is a string of digits in JSON. Only inside a MAP, where nothing is declared,
// such a LONG comes back as a STRING and a DOUBLE without a fraction as a LONG.

import { isArray, isMap } from '../expression/text.ts';
import { type Value, type ValueMap, type ValueType } from '../expression/value.ts';
import { type Json, type JsonObject } from '../json.ts';
import { type Result, failed, success } from '../result.ts';
import { isJsonArray, isJsonObject } from './infer-type.ts';
import { mismatch, type ScalarType, scalarFromJson } from './scalar.ts';

const DEEPEST = 64;

/** Reads JSON as a value of the type, coercing where nothing is lost; the failure names the type wanted and the one given. */
export function fromJson(type: ValueType, json: Json): Result<Value, string> {
  switch (type) {
    case 'string':
    case 'long':
    case 'double':
    case 'boolean':
      return scalarFromJson(type, json);
    case 'string_array':
      return arrayFromJson('string', json);
    case 'long_array':
      return arrayFromJson('long', json);
    case 'double_array':
      return arrayFromJson('double', json);
    case 'boolean_array':
      return arrayFromJson('boolean', json);
    case 'string_map':
      return stringMapFromJson(json);
    case 'map':
      return isJsonObject(json) ? anyFromJson(json, 0) : mismatch('map', json);
  }
}

function arrayFromJson(item: ScalarType, json: Json): Result<Value, string> {
  if (!isJsonArray(json)) return mismatch(`${item}_array`, json);
  const values: Value[] = [];
  for (const [index, member] of json.entries()) {
    const read = scalarFromJson(item, member);
    if (!read.ok) return failed(`in a ${item}_array at [${String(index)}]: ${read.failure}`);
    values.push(read.value);
  }
  return success(values);
}

function stringMapFromJson(json: Json): Result<Value, string> {
  if (!isJsonObject(json)) return mismatch('string_map', json);
  const map = new Map<string, Value>();
  for (const [key, member] of Object.entries(json)) {
    const read = scalarFromJson('string', member);
    if (!read.ok) return failed(`in a string_map at "${key}": ${read.failure}`);
    map.set(key, read.value);
  }
  return success(map);
}

/** Inside a MAP nothing is declared: an integer is a LONG, another number a DOUBLE. */
function anyFromJson(json: Json, depth: number): Result<Value, string> {
  if (depth > DEEPEST) return failed(`the map is nested more than ${String(DEEPEST)} deep`);
  if (typeof json === 'number') return success(Number.isSafeInteger(json) ? BigInt(json) : json);
  if (isJsonArray(json)) {
    const values: Value[] = [];
    for (const member of json) {
      const read = anyFromJson(member, depth + 1);
      if (!read.ok) return read;
      values.push(read.value);
    }
    return success(values);
  }
  return isJsonObject(json) ? mapFromJson(json, depth) : success(json);
}

function mapFromJson(json: JsonObject, depth: number): Result<Value, string> {
  const map = new Map<string, Value>();
  for (const [key, member] of Object.entries(json)) {
    const read = anyFromJson(member, depth + 1);
    if (!read.ok) return read;
    map.set(key, read.value);
  }
  return success(map);
}

/** Writes a value of the type as JSON. What JSON numbers cannot carry exactly becomes a string: large LONGs, NaN, infinity. */
export function toJson(type: ValueType, value: Value): Json {
  if (type === 'double' && typeof value === 'bigint') return Number(value);
  if (type === 'double_array' && isArray(value)) return value.map((item) => toJson('double', item));
  return valueToJson(value);
}

function valueToJson(value: Value): Json {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (typeof value === 'number') return numberToJson(value);
  if (isArray(value)) return value.map(valueToJson);
  return isMap(value) ? mapToJson(value) : value;
}

function numberToJson(value: number): Json {
  return Number.isFinite(value) ? value : String(value);
}

/** `fromEntries` defines its keys, so that a key `__proto__` stays a key. */
function mapToJson(map: ValueMap): Json {
  return Object.fromEntries(Array.from(map, ([key, member]) => [key, valueToJson(member)]));
}
