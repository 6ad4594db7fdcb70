// Values that nobody declared: parameters of signals, what a `${name}` stands for. Read and written as members of a MAP.

import { type Value, type ValueMap } from '../expression/value.ts';
import { type Entry, type Json, type JsonObject } from '../json.ts';
import { fromJson, toJson } from './value.ts';

/** A JSON value as a value: whole numbers are LONG, others DOUBLE. */
export function bareValue(json: Json): Value {
  const map = fromJson('map', { value: json });
  return map.ok ? ((map.value as ValueMap).get('value') ?? null) : null;
}

/** A value as JSON; a LONG outside ±2^53 as a string of digits. */
export function bareJson(value: Value): Json {
  return (toJson('map', new Map([['value', value]])) as JsonObject)['value'] ?? null;
}

/** Named JSON values as a MAP. */
export function bareMap(entries: readonly Entry[]): ValueMap {
  return new Map(entries.map(({ name, value }) => [name, bareValue(value)]));
}
