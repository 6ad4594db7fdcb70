// The contract of a signal as rows: each parameter, what it must be, and whether it may be missing.

import { type JsonObject } from '../api/shapes.ts';

/** One parameter of a contract. */
export interface ContractRow {
  readonly name: string;
  readonly text: string;
  readonly isRequired: boolean;
}

const LIMITS = [
  ['minimum', 'at least'],
  ['exclusiveMinimum', 'more than'],
  ['maximum', 'at most'],
  ['exclusiveMaximum', 'less than'],
  ['minLength', 'at least', 'characters'],
  ['maxLength', 'at most', 'characters'],
  ['minItems', 'at least', 'items'],
  ['maxItems', 'at most', 'items'],
  ['pattern', 'matching'],
  ['format', 'as a'],
] as const;
const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

/** The rows of a schema of an object; those that must be there first. */
export function contractRows(schema: unknown): readonly ContractRow[] {
  if (!isObject(schema)) return [];
  const { properties, required } = schema;
  const needed: readonly unknown[] = Array.isArray(required) ? required : [];
  const known = isObject(properties) ? Object.entries(properties) : [];
  const others = needed.filter(
    (name) => typeof name === 'string' && !known.some(([one]) => one === name),
  ) as readonly string[];
  const rows = [...known, ...others.map((name) => [name, {}] as const)].map(([name, member]) => ({
    name,
    text: memberText(member),
    isRequired: needed.includes(name),
  }));
  return [...rows.filter(({ isRequired }) => isRequired), ...rows.filter(({ isRequired }) => !isRequired)];
}

/** Whether parameters beyond those of the rows are refused. */
export function isClosed(schema: unknown): boolean {
  return isObject(schema) && schema['additionalProperties'] === false;
}

function memberText(member: unknown): string {
  if (!isObject(member)) return member === false ? 'not allowed' : 'anything';
  const { type, description, items } = member;
  const listed: unknown = 'const' in member ? [member['const']] : member['enum'];
  const types: readonly unknown[] = Array.isArray(type) ? type : type === undefined ? [] : [type];
  const what = Array.isArray(listed)
    ? listed.map((value) => JSON.stringify(value)).join(' or ')
    : types.map((one) => TYPES[String(one)] ?? String(one)).join(' or ') || 'anything';
  const of = types.includes('array') && isObject(items) ? ` of which each is ${memberText(items)}` : '';
  const limits = LIMITS.flatMap(([key, words, unit]) =>
    member[key] === undefined ? [] : [`${words} ${String(member[key])}${unit === undefined ? '' : ` ${unit}`}`],
  );
  const said = typeof description === 'string' ? `: ${description}` : '';
  return `${[`${what}${of}`, ...limits].join(', ')}${said}`;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
