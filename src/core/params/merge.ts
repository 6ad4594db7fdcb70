// The parameters of a run at its start: what the workflow declares, overridden by what the start gives.

import { nearest } from '../expression/nearest.ts';
import { type ValueType } from '../expression/value.ts';
import { type Entry, type Json } from '../json.ts';
import { type Refusal } from '../refusal.ts';
import { type Result, failed, success } from '../result.ts';
import { fromJson, toJson } from './value.ts';

/** What a workflow says about one parameter. A definition's `ParamDeclaration` is one. */
export interface Declared {
  readonly name: string;
  readonly type: ValueType;
  /** Absent: the start must give it. */
  readonly value?: Json;
}

/** A parameter with the value that it has for the whole run, in the JSON of `toJson`. */
export interface ResolvedParam {
  readonly name: string;
  readonly type: ValueType;
  readonly value: Json;
}

/** How long the parameters of one run may be, as JSON, in characters. */
const LONGEST_PARAMS = 750_000;

const SHOWN_NAMES = 20;

/** Resolves the parameters of a run in the order of their declarations, or says everything that is wrong with what was given. */
export function resolveParams(
  declarations: readonly Declared[],
  given: readonly Entry[],
): Result<readonly ResolvedParam[], readonly Refusal[]> {
  const values = new Map(given.map((entry) => [entry.name, entry.value]));
  const refusals = [...unknownNames(declarations, values), ...repeatedNames(given)];
  const resolved: ResolvedParam[] = [];
  for (const declared of declarations) {
    const param = resolveOne(declared, values.get(declared.name));
    if (param.ok) resolved.push(param.value);
    else refusals.push(param.failure);
  }
  refusals.push(...tooLong(resolved));
  return refusals.length > 0 ? failed(refusals) : success(resolved);
}

function resolveOne(declared: Declared, given: Json | undefined): Result<ResolvedParam, Refusal> {
  const { name, type } = declared;
  const json = given ?? declared.value;
  if (given === null) return failed(badValue(name, `a ${type} is wanted, and null is no value`));
  if (json === undefined) {
    return failed({
      ...badInput(name, `The parameter "${name}" (${type}) has no value, neither in the workflow nor at this start.`),
      hint: `Give it at the start, on the command line as -p ${name}=…`,
    });
  }
  const value = fromJson(type, json);
  if (!value.ok) return failed(badValue(name, value.failure));
  return success({ name, type, value: toJson(type, value.value) });
}

function badValue(name: string, why: string): Refusal {
  return badInput(name, `The parameter "${name}" cannot have this value: ${why}.`);
}

function badInput(name: string, message: string): Refusal {
  return { code: 'BAD_INPUT', message, path: ['params', name] };
}

function unknownNames(declarations: readonly Declared[], values: ReadonlyMap<string, Json>): Refusal[] {
  const names = declarations.map((declared) => declared.name);
  const known = new Set(names);
  return [...values.keys()]
    .filter((name) => !known.has(name))
    .map((name) => ({
      ...badInput(name, `The workflow has no parameter "${name}".`),
      hint: unknownHint(names, nearest(name, names)),
    }));
}

function unknownHint(names: readonly string[], near: string | undefined): string {
  if (near !== undefined) return `Did you mean "${near}"?`;
  if (names.length === 0) return 'It takes no parameters; declare them in its definition under "params".';
  const more = names.length > SHOWN_NAMES ? ', …' : '';
  return `Its parameters: ${names.slice(0, SHOWN_NAMES).join(', ')}${more}.`;
}

function repeatedNames(given: readonly Entry[]): Refusal[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { name } of given) {
    if (seen.has(name)) repeated.add(name);
    seen.add(name);
  }
  return Array.from(repeated, (name) => badInput(name, `The parameter "${name}" is given more than once.`));
}

function tooLong(resolved: readonly ResolvedParam[]): Refusal[] {
  const length = resolved.reduce((sum, param) => sum + JSON.stringify(param.value).length, 0);
  if (length <= LONGEST_PARAMS) return [];
  return [
    {
      code: 'LIMIT_EXCEEDED',
      message: `The parameters take ${String(length)} characters as JSON; a run may have ${String(LONGEST_PARAMS)}.`,
      path: ['params'],
      hint: 'Put what is large into a file and give its address as a parameter.',
    },
  ];
}
