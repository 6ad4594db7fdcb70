// The part of JSON Schema that contracts of signals may use, and how it is read: every keyword has one meaning here, and what is
// not understood is refused when it is written down, never passed over when something is published.

import { type Json, type JsonObject } from '../../json.ts';
import { isJsonArray, isJsonObject } from '../../params/infer-type.ts';

/** A schema: an object of keywords; `true` takes everything, `false` nothing. */
export type Schema = boolean | JsonObject;

/** The types of JSON values as schemas name them; every `integer` is a `number` too. */
export const TYPES = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'] as const;

/** The name of a type. */
export type TypeName = (typeof TYPES)[number];

/** The keywords that are understood. */
export const KEYWORDS = [
  'type',
  'enum',
  'const',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'required',
  'properties',
  'additionalProperties',
  'items',
  'minItems',
  'maxItems',
] as const;

/** Keywords that say something to people and decide nothing. */
export const ANNOTATIONS = ['$schema', '$id', '$comment', 'title', 'description', 'default', 'examples', 'deprecated'];

/** The formats that are checked. */
export const FORMATS = ['date', 'date-time'] as const;

/** A keyword's value, if the schema has it itself. */
export function keyword(schema: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(schema, name) ? schema[name] : undefined;
}

/** A keyword that is a number. */
export function numberOf(schema: JsonObject, name: string): number | undefined {
  const value = keyword(schema, name);
  return typeof value === 'number' ? value : undefined;
}

/** A keyword that is a text. */
export function textOf(schema: JsonObject, name: string): string | undefined {
  const value = keyword(schema, name);
  return typeof value === 'string' ? value : undefined;
}

/** A keyword that is a list of values. */
export function listOf(schema: JsonObject, name: string): readonly Json[] | undefined {
  const value = keyword(schema, name);
  return value !== undefined && isJsonArray(value) ? value : undefined;
}

/** A keyword that is a schema; `true` where it is absent. */
export function schemaOf(schema: JsonObject, name: string): Schema {
  const value = keyword(schema, name);
  return value !== undefined && (typeof value === 'boolean' || isJsonObject(value)) ? value : true;
}

/** The schema that holds for a member of an object. */
export function memberSchema(schema: JsonObject, name: string): Schema {
  const properties = keyword(schema, 'properties');
  if (properties === undefined || !isJsonObject(properties) || !Object.hasOwn(properties, name))
    return schemaOf(schema, 'additionalProperties');
  return schemaOf(properties, name);
}

/** The names of the members that a schema knows. */
export function memberNames(schema: JsonObject): readonly string[] {
  const properties = keyword(schema, 'properties');
  return properties !== undefined && isJsonObject(properties) ? Object.keys(properties) : [];
}

/** The names of the members that a schema asks for. */
export function requiredNames(schema: JsonObject): readonly string[] {
  return (listOf(schema, 'required') ?? []).filter((name) => typeof name === 'string');
}

/** The types that a schema allows; undefined where it allows all. */
export function typesOf(schema: JsonObject): readonly TypeName[] | undefined {
  const type = keyword(schema, 'type');
  if (type === undefined) return undefined;
  const names = typeof type === 'string' ? [type] : isJsonArray(type) ? type : [];
  return TYPES.filter((name) => names.includes(name));
}

/** The values that a schema lists, if it lists them. */
export function literalsOf(schema: JsonObject): readonly Json[] | undefined {
  const only = keyword(schema, 'const');
  return only === undefined ? listOf(schema, 'enum') : [only];
}

/** The type of a value; `integer` for a number without a fraction. */
export function typeOf(value: Json): TypeName {
  if (value === null) return 'null';
  if (isJsonArray(value)) return 'array';
  if (typeof value === 'object') return 'object';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'string' ? 'string' : 'boolean';
}

/** A type in words. */
export function typeWords(type: TypeName): string {
  const words: Readonly<Record<TypeName, string>> = {
    null: 'null',
    boolean: 'true or false',
    integer: 'a whole number',
    number: 'a number',
    string: 'a text',
    array: 'a list',
    object: 'an object',
  };
  return words[type];
}
