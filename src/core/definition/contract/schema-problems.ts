// Whether a schema is one that we understand wholly. What we would have to pass over is refused, with what there is instead.

import { nearest } from '../../expression/nearest.ts';
import { isLinearPattern, LONGEST_LINEAR_PATTERN } from '../../expression/linear-pattern.ts';
import { type Json, type JsonObject } from '../../json.ts';
import { isJsonArray, isJsonObject } from '../../params/infer-type.ts';
import { ANNOTATIONS, FORMATS, KEYWORDS, TYPES } from './keywords.ts';

/** What is wrong with a schema, and where in it. */
export interface SchemaProblem {
  readonly path: readonly string[];
  readonly message: string;
  readonly hint?: string;
}

/** Everything that is wrong with a schema; empty if it can be used. */
export function schemaProblems(schema: Json, path: readonly string[] = []): readonly SchemaProblem[] {
  if (typeof schema === 'boolean') return [];
  if (!isJsonObject(schema)) return [{ path, message: 'A schema must be a map of keywords.' }];
  return Object.entries(schema).flatMap(([name, value]) => keywordProblems(name, value, [...path, name]));
}

function keywordProblems(name: string, value: Json, path: readonly string[]): readonly SchemaProblem[] {
  if (ANNOTATIONS.includes(name)) return [];
  const must = CHECKS[name];
  if (must === undefined) return [unknownKeyword(name, path)];
  const [isFine, message, hint] = must(value);
  if (!isFine) return [{ path, message: `\`${name}\` ${message}.`, ...(hint === undefined ? {} : { hint }) }];
  if (name === 'items' || name === 'additionalProperties') return schemaProblems(value, path);
  if (name !== 'properties' || !isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([member, schema]) => schemaProblems(schema, [...path, member]));
}

type Check = (value: Json) => readonly [isFine: boolean, must: string, hint?: string];

const aNumber: Check = (value) => [typeof value === 'number', 'must be a number'];
const aCount: Check = (value) => [Number.isInteger(value) && Number(value) >= 0, 'must be a whole number, 0 or more'];
const aSchema: Check = (value) => [
  typeof value === 'boolean' || isJsonObject(value),
  'must be a schema, true or false',
];

/** What the value of each keyword must be. */
const CHECKS: Readonly<Partial<Record<string, Check>>> = {
  type: (value) => [
    (isJsonArray(value) ? value : [value]).every((name) => TYPES.some((type) => type === name)) && sizeOf(value) > 0,
    `must be one or more of ${TYPES.join(', ')}`,
    'A number without a fraction is an "integer".',
  ],
  enum: (value) => [isJsonArray(value) && value.length > 0, 'must be a list of the allowed values'],
  const: () => [true, ''],
  minimum: aNumber,
  maximum: aNumber,
  exclusiveMinimum: aNumber,
  exclusiveMaximum: aNumber,
  minLength: aCount,
  maxLength: aCount,
  minItems: aCount,
  maxItems: aCount,
  pattern: (value) => [
    typeof value === 'string' && isLinearPattern(value),
    `must be a pattern in RE2 syntax, of ${String(LONGEST_LINEAR_PATTERN)} characters at most`,
    'Look-around and back-references are not understood: they can take for ever.',
  ],
  format: (value) => [
    FORMATS.some((format) => format === value),
    `must be one of ${FORMATS.join(', ')}`,
    'Others can be written as a `pattern`.',
  ],
  required: (value) => [
    isJsonArray(value) && value.every((name) => typeof name === 'string'),
    'must be a list of names',
  ],
  properties: (value) => [isJsonObject(value), 'must be a map from names to schemas'],
  additionalProperties: aSchema,
  items: aSchema,
};

function sizeOf(value: Json): number {
  return isJsonArray(value) ? value.length : 1;
}

function unknownKeyword(name: string, path: readonly string[]): SchemaProblem {
  const near = nearest(name, KEYWORDS);
  const there = `There are ${KEYWORDS.join(', ')}.`;
  const hint = near === undefined ? there : `Did you mean "${near}"?`;
  return { path, message: `\`${name}\` is a keyword that contracts of signals do not have.`, hint };
}

/** Whether a map is a JSON Schema rather than our short form. */
export function looksLikeSchema(params: JsonObject): boolean {
  const isType = params['type'] === 'object' || isJsonArray(params['type'] ?? null);
  return isType || isJsonObject(params['properties'] ?? null) || '$schema' in params;
}
