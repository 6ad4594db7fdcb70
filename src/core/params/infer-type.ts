// The type that a bare JSON value has when nobody declared one.

import { type ValueType } from '../expression/value.ts';
import { type Json, type JsonObject } from '../json.ts';

/** Tells JSON arrays from the other values, which `Array.isArray` does not for readonly arrays. */
export function isJsonArray(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

/** Tells JSON objects from the other values. */
export function isJsonObject(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/**
 * Infers the type of a bare value: an integer is a LONG, another number a DOUBLE, an object of texts a STRING_MAP,
 * an empty array a STRING_ARRAY. Null, and an array that no array type holds, have no type.
 */
export function inferType(json: Json): ValueType | undefined {
  if (typeof json === 'string') return 'string';
  if (typeof json === 'boolean') return 'boolean';
  if (typeof json === 'number') return Number.isInteger(json) ? 'long' : 'double';
  if (json === null) return undefined;
  return isJsonArray(json) ? inferArrayType(json) : inferMapType(json);
}

function inferArrayType(items: readonly Json[]): ValueType | undefined {
  const types = new Set(items.map(inferType));
  if (types.size === 0) return 'string_array';
  if (types.has('double') && types.has('long')) types.delete('long');
  const [only] = types;
  if (types.size > 1) return undefined;
  return only === 'string' || only === 'long' || only === 'double' || only === 'boolean' ? `${only}_array` : undefined;
}

function inferMapType(map: JsonObject): ValueType {
  const members = Object.values(map);
  return members.length > 0 && members.every((member) => typeof member === 'string') ? 'string_map' : 'map';
}

/** Names the type of a JSON value for a message: one of the ten types, or what the value is instead. */
export function jsonTypeName(json: Json): string {
  return inferType(json) ?? (json === null ? 'null' : 'mixed array');
}
