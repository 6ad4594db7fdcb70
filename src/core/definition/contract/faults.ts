// What a publication has that its signal's contract does not allow: a sentence for each fault, with the way to it.

import { nearest } from '../../expression/nearest.ts';
import { findsPattern } from '../../expression/linear-pattern.ts';
import { type Entry, type Json, type JsonObject } from '../../json.ts';
import { isJsonArray, isJsonObject } from '../../params/infer-type.ts';
import { sameJson } from '../../params/same-json.ts';
import { isOfFormat } from './formats.ts';
import {
  keyword,
  listOf,
  literalsOf,
  memberNames,
  memberSchema,
  numberOf,
  requiredNames,
  type Schema,
  schemaOf,
  textOf,
  typeOf,
  typesOf,
  typeWords,
} from './keywords.ts';

/** One fault of a value. */
export interface ContractFault {
  /** Into the value, outermost first. */
  readonly path: readonly string[];
  readonly message: string;
  readonly hint?: string;
}

/** More than these are not told one by one. */
const MOST_FAULTS = 20;

/** What is wrong with the parameters of a publication; empty if they fit. */
export function paramFaults(schema: Schema, params: readonly Entry[]): readonly ContractFault[] {
  return valueFaults(schema, Object.fromEntries(params.map(({ name, value }) => [name, value])));
}

/** What is wrong with a value; empty if it fits. */
export function valueFaults(schema: Schema, value: Json, path: readonly string[] = []): readonly ContractFault[] {
  const faults: ContractFault[] = [];
  judge(schema, value, path, faults);
  return faults.slice(0, MOST_FAULTS);
}

function judge(schema: Schema, value: Json, path: readonly string[], faults: ContractFault[]): void {
  if (schema === true || faults.length >= MOST_FAULTS) return;
  const say = (message: string): void => {
    faults.push({ path, message: `${placeOf(path)} ${message}.` });
  };
  if (schema === false) {
    say('is not allowed');
    return;
  }
  const types = typesOf(schema);
  const type = typeOf(value);
  if (types !== undefined && !types.includes(type) && !(type === 'integer' && types.includes('number'))) {
    say(`must be ${types.map(typeWords).join(' or ')}, and is ${shown(value)}`);
    return;
  }
  judgeLiteral(schema, value, say);
  if (typeof value === 'number') judgeNumber(schema, value, say);
  else if (typeof value === 'string') judgeText(schema, value, say);
  else if (isJsonArray(value)) judgeList(schema, value, path, faults);
  else if (isJsonObject(value)) judgeObject(schema, value, path, faults);
}

type Say = (message: string) => void;

function judgeLiteral(schema: JsonObject, value: Json, say: Say): void {
  for (const literals of [
    listOf(schema, 'enum'),
    keyword(schema, 'const') === undefined ? undefined : literalsOf(schema),
  ]) {
    if (literals === undefined || literals.some((literal) => sameJson(literal, value))) continue;
    const near =
      typeof value === 'string'
        ? nearest(
            value,
            literals.filter((one) => typeof one === 'string'),
          )
        : undefined;
    const meant = near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`;
    say(`must be ${literals.map(shown).join(' or ')}, and is ${shown(value)}${meant}`.replace(/\?$/u, ''));
  }
}

function judgeNumber(schema: JsonObject, value: number, say: Say): void {
  const bounds = [
    ['minimum', (bound: number) => value >= bound, 'at least'],
    ['maximum', (bound: number) => value <= bound, 'at most'],
    ['exclusiveMinimum', (bound: number) => value > bound, 'more than'],
    ['exclusiveMaximum', (bound: number) => value < bound, 'less than'],
  ] as const;
  for (const [name, holds, words] of bounds) {
    const bound = numberOf(schema, name);
    if (bound !== undefined && !holds(bound)) say(`must be ${words} ${String(bound)}, and is ${String(value)}`);
  }
}

function judgeText(schema: JsonObject, value: string, say: Say): void {
  const { length } = Array.from(value);
  const [least, most] = [numberOf(schema, 'minLength') ?? 0, numberOf(schema, 'maxLength') ?? Infinity];
  if (length < least) say(`must have at least ${characters(least)}, and has ${String(length)}`);
  if (length > most) say(`must have at most ${characters(most)}, and has ${String(length)}`);
  const pattern = textOf(schema, 'pattern');
  if (pattern !== undefined && findsPattern(pattern, value) !== true)
    say(`must match ${pattern}, and is ${shown(value)}`);
  const format = textOf(schema, 'format');
  if (format !== undefined && !isOfFormat(format, value))
    say(`must be a ${format} as in ISO 8601, and is ${shown(value)}`);
}

function judgeList(schema: JsonObject, value: readonly Json[], path: readonly string[], faults: ContractFault[]): void {
  const [least, most] = [numberOf(schema, 'minItems') ?? 0, numberOf(schema, 'maxItems') ?? Infinity];
  const say = (message: string): void => {
    faults.push({ path, message: `${placeOf(path)} ${message}, and has ${String(value.length)}.` });
  };
  if (value.length < least) say(`must have at least ${String(least)} items`);
  if (value.length > most) say(`must have at most ${String(most)} items`);
  const items = schemaOf(schema, 'items');
  for (const [index, item] of value.entries()) {
    if (faults.length >= MOST_FAULTS) return;
    judge(items, item, [...path, String(index)], faults);
  }
}

function judgeObject(schema: JsonObject, value: JsonObject, path: readonly string[], faults: ContractFault[]): void {
  const names = Object.keys(value);
  const missing = requiredNames(schema).filter((name) => !Object.hasOwn(value, name));
  const known = memberNames(schema);
  for (const name of missing)
    faults.push({ path: [...path, name], message: `${placeOf([...path, name])} is missing.` });
  for (const name of names) {
    if (faults.length >= MOST_FAULTS) return;
    const member = memberSchema(schema, name);
    if (member === false) faults.push(unknownMember([...path, name], missing.length > 0 ? missing : known, known));
    else judge(member, value[name] ?? null, [...path, name], faults);
  }
}

function unknownMember(path: readonly string[], likely: readonly string[], known: readonly string[]): ContractFault {
  const name = path.at(-1) ?? '';
  const near = nearest(name, likely) ?? nearest(name, known);
  const hint = near === undefined ? `There are ${known.join(', ') || 'no parameters'}.` : `Did you mean "${near}"?`;
  return { path, message: `${placeOf(path)} is not in the contract.`, hint };
}

/** The way into a value as people write it: `sites[2].name`. */
export function placeOf(path: readonly string[]): string {
  const text = path
    .map((segment, index) => (/^\d+$/u.test(segment) ? `[${segment}]` : `${index === 0 ? '' : '.'}${segment}`))
    .join('');
  return text === '' ? 'The whole' : `\`${text.slice(0, 200)}\``;
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function characters(count: number): string {
  return count === 1 ? '1 character' : `${String(count)} characters`;
}
