// Reaching into values: members, indexes and methods. Nothing here ever touches a JavaScript property by a name that
// an expression gives: maps are looked up with Map.get, methods in our own tables, and that is all there is.

import { type Budget, fail, spend } from './budget.ts';
import { type ExpressionCode, faultAt, raise } from './fault.ts';
import { problemOf, withArticle } from './library/callable.ts';
import { methodNames, methodOf } from './library/methods.ts';
import { nearest } from './nearest.ts';
import { isArray, isMap } from './text.ts';
import { kindOf } from './types.ts';
import { type Thing } from './thing.ts';
import { HOST_NAMES, REFLECTION_MEMBERS } from './words.ts';

/** Something that is not there: which code and text say so best. */
export interface Missing {
  readonly code: ExpressionCode;
  readonly message: string;
}

/** Says that a kind of value has no such member or method. */
export function missingMember(kind: string, name: string): Missing {
  if (REFLECTION_MEMBERS.has(name)) {
    return { code: 'EXPRESSION_FORBIDDEN', message: `${name} is not part of the language.` };
  }
  if (kind === 'null') return { code: 'EXPRESSION_TYPE', message: `The value is null here, so it has no ${name}.` };
  return { code: 'EXPRESSION_NAME', message: `${capitalised(withArticle(kind))} has no ${name}.` };
}

/** Says that there is no such variable. */
export function missingName(name: string): Missing {
  if (HOST_NAMES.has(name)) return { code: 'EXPRESSION_FORBIDDEN', message: `${name} is not part of the language.` };
  return { code: 'EXPRESSION_NAME', message: `There is no name ${name} here.` };
}

/** Suggests what to write instead of a member that is not there. */
export function memberSuggestion(kind: string, name: string, known: readonly string[]): string | undefined {
  return kind === 'string' && name === 'length' ? 'length()' : nearest(name, known);
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function refuse(missing: Missing, budget: Budget, suggestion?: string): never {
  return raise(faultAt(missing.code, missing.message, budget.place, suggestion));
}

/** Reads `value.name`: a key of a map, or the length of an array. */
export function memberOf(value: Thing, name: string, budget: Budget): Thing {
  if (isMap(value)) return value.get(name) ?? (value.has(name) ? null : missingKey([...value.keys()], name, budget));
  if (isArray(value) && name === 'length') return BigInt(value.length);
  const kind = kindOf(value);
  return refuse(missingMember(kind, name), budget, memberSuggestion(kind, name, methodNames(kind)));
}

function missingKey(keys: readonly string[], name: string, budget: Budget): never {
  spend(budget, keys.length);
  const missing = missingMember('map', name);
  const message = missing.code === 'EXPRESSION_NAME' ? `There is no ${name} in this map.` : missing.message;
  return refuse({ ...missing, message }, budget, nearest(name, keys));
}

/** Reads `value[index]`: an element of an array, or a key of a map, which is NULL when the map does not have it. */
export function elementAt(value: Thing, index: Thing, budget: Budget): Thing {
  if (isMap(value) && typeof index === 'string') return value.get(index) ?? null;
  if (isArray(value) && typeof index === 'bigint') {
    const element = index >= 0n && index < BigInt(value.length) ? value[Number(index)] : undefined;
    return element === undefined ? outside(index, value.length, budget) : element;
  }
  const message = indexProblem(kindOf(value), kindOf(index));
  const isReflection = typeof index === 'string' && REFLECTION_MEMBERS.has(index);
  if (isReflection) return fail(budget, 'EXPRESSION_FORBIDDEN', `${index} is not part of the language.`);
  return fail(budget, 'EXPRESSION_TYPE', message);
}

/** Says why a value cannot be indexed so. */
export function indexProblem(kind: string, index: string): string {
  if (kind === 'map') return `A map is indexed by a string, not by ${withArticle(index)}.`;
  if (kind === 'array') return `An array is indexed by a long, not by ${withArticle(index)}.`;
  return kind === 'null'
    ? 'The value is null here, so it cannot be indexed.'
    : `${capitalised(withArticle(kind))} cannot be indexed.`;
}

function outside(index: bigint, length: number, budget: Budget): never {
  const message = `The index ${index.toString()} is outside the array, which has ${String(length)} elements.`;
  return fail(budget, 'EXPRESSION_FAILED', message);
}

/** Calls a method on a value. */
export function callMethod(value: Thing, name: string, given: readonly Thing[], budget: Budget): Thing {
  const kind = kindOf(value);
  const method = methodOf(kind, name);
  if (method === undefined) return refuse(missingMember(kind, name), budget, nearest(name, methodNames(kind)));
  const passed = [value, ...given];
  const problem = problemOf(method, passed.map(kindOf), 1);
  return problem === undefined ? method.run(passed, budget) : fail(budget, 'EXPRESSION_TYPE', `${name} ${problem}.`);
}
