// The short form of a contract: `{ rows: long, island: string, note: string? }`. Every parameter is needed unless a ? stands
// behind its type, and there are no others.

import { nearest } from '../../expression/nearest.ts';
import { type Json, type JsonObject } from '../../json.ts';
import { type Result, failed, success } from '../../result.ts';
import { type SchemaProblem } from './schema-problems.ts';

const list = (type: string): JsonObject => ({ type: 'array', items: { type } });

/** What each type is as a schema. */
const TYPES: Readonly<Record<string, JsonObject>> = {
  string: { type: 'string' },
  long: { type: 'integer' },
  double: { type: 'number' },
  boolean: { type: 'boolean' },
  string_array: list('string'),
  long_array: list('integer'),
  double_array: list('number'),
  boolean_array: list('boolean'),
  string_map: { type: 'object', additionalProperties: { type: 'string' } },
  map: { type: 'object' },
};

/** The schema that a short form stands for, or what is wrong with it. */
export function readShortForm(params: JsonObject): Result<JsonObject, readonly SchemaProblem[]> {
  const problems: SchemaProblem[] = [];
  const properties: (readonly [string, Json])[] = [];
  const required: string[] = [];
  for (const [name, value] of Object.entries(params)) {
    const [, word = '', optional] = typeof value === 'string' ? (/^(.*?)(\?)?$/su.exec(value.toLowerCase()) ?? []) : [];
    const schema = Object.hasOwn(TYPES, word) ? TYPES[word] : undefined;
    if (schema === undefined) problems.push(unknownType(name, word));
    else properties.push([name, schema]);
    if (optional === undefined) required.push(name);
  }
  if (problems.length > 0) return failed(problems);
  return success({
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  });
}

function unknownType(name: string, word: string): SchemaProblem {
  const words = Object.keys(TYPES);
  const near = nearest(word, words);
  const there = `Write one of ${words.join(', ')}, with a ? behind it if it may be missing; or a JSON Schema with \`type: object\`.`;
  return {
    path: [name],
    message: `\`${name}\` must have a type, and ${word === '' ? 'this is none' : `"${word.slice(0, 40)}" is none`}.`,
    hint: near === undefined ? there : `Did you mean "${near}"?`,
  };
}
