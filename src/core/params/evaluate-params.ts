// Expressions and `${name}` of a run's parameters, worked out once when the run is made. Each parameter sees all others,
// the default parameters, and the names of the occasion; what it needs is worked out first, and parameters that need one
// another in a circle are refused by the way round. Guarantees: the same input gives the same values; work and length are
// bounded for all parameters together.

import { type Reference, compile } from '../expression/compile.ts';
import { DEFAULT_FUEL } from '../expression/budget.ts';
import { type Context, type Fuel } from '../expression/context.ts';
import { type Scope, evaluate } from '../expression/evaluate.ts';
import { type ExpressionFault, caret } from '../expression/fault.ts';
import { parseTemplate } from '../expression/template.ts';
import { isMap } from '../expression/text.ts';
import { type Value, type ValueType } from '../expression/value.ts';
import { type Json } from '../json.ts';
import { type Refusal } from '../refusal.ts';
import { type Result, failed, success } from '../result.ts';
import { coerce } from './coerce.ts';
import { type RunFacts, defaultParam, defaultProblem } from './defaults.ts';
import { type LiteralText, fill, textsOf } from './fill.ts';
import { badParam, badValue } from './given.ts';
import { type MemberSetting, type Setting } from './merge.ts';
import { fromJson, toJson } from './value.ts';

/** A parameter and what gives its value. */
export interface Formula {
  readonly name: string;
  readonly type: ValueType;
  readonly setting: Setting;
}

/** What parameters are worked out from, beside one another. */
export interface Surroundings {
  readonly facts: RunFacts;
  /** Names that are no parameters, such as `run` and `signal`. */
  readonly names?: Scope;
  /**
   * Names that come before a parameter which is not worked out yet, so that a parameter may be made of another of its own
   * name. Then parameters are worked out in their order (maestro-behaviour §3.5).
   */
  readonly outer?: Scope;
  /** Time, chance and the functions of `params`. */
  readonly context?: Omit<Context, 'fuel'>;
}

/** How long the parameters of one run may be, as JSON, in characters. */
export const LONGEST_PARAMS = 750_000;

/** Works all of them out; or says everything that is wrong. */
export function evaluateParams(
  formulas: readonly Formula[],
  surroundings: Surroundings,
): Result<ReadonlyMap<string, Json>, readonly Refusal[]> {
  const bench: Bench = {
    formulas: new Map(formulas.map((formula) => [formula.name, formula])),
    surroundings,
    fuel: shareOf(formulas),
    values: new Map(),
    underway: [],
    wrong: new Set(),
    refusals: [],
    blocks: 0,
  };
  const values = new Map<string, Json>();
  let length = 0;
  for (const { name, type } of surroundings.outer === undefined ? inOrder(bench.formulas) : formulas) {
    const value = paramOf(bench, name);
    if (value === undefined) continue;
    const json = toJson(type, value);
    values.set(name, json);
    length += JSON.stringify(json).length;
    // What follows may double what was made so far, again and again.
    if (length > LONGEST_PARAMS) return failed([tooLong()]);
  }
  return bench.refusals.length > 0 ? failed(bench.refusals) : success(values);
}

/** The work at hand. */
interface Bench {
  readonly formulas: ReadonlyMap<string, Formula>;
  readonly surroundings: Surroundings;
  readonly fuel: Fuel;
  readonly values: Map<string, Value>;
  /** What is being worked out, each for the one before it. */
  readonly underway: string[];
  readonly wrong: Set<string>;
  readonly refusals: Refusal[];
  /** How often one met another that is wrong: then that one is told, and not what needs it. */
  blocks: number;
}

const MOST_EXPRESSIONS_IN_FULL = 4;

/** All expressions together may do as much as a few of the longest. */
function shareOf(formulas: readonly Formula[]): Fuel {
  const count = formulas.reduce((sum, { setting }) => sum + expressionsIn(setting), 0);
  const share = Math.max(1, count / MOST_EXPRESSIONS_IN_FULL);
  return { steps: Math.floor(DEFAULT_FUEL.steps / share), memory: Math.floor(DEFAULT_FUEL.memory / share) };
}

function expressionsIn(setting: Setting): number {
  if (setting.kind === 'members')
    return setting.members.reduce((sum, member) => sum + expressionsIn(member.setting), 0);
  return setting.kind === 'expression' ? 1 : 0;
}

/** The value of a parameter; undefined if there is none of the name or it is wrong. */
function paramOf(bench: Bench, name: string): Value | undefined {
  const known = bench.values.get(name);
  const formula = bench.formulas.get(name);
  if (known !== undefined || formula === undefined) return known;
  const at = bench.underway.indexOf(name);
  if (at !== -1 && !bench.wrong.has(name)) {
    const round = bench.underway.slice(at);
    bench.refusals.push(circle(fromFirst(round, bench.formulas)));
    for (const member of round) bench.wrong.add(member);
  }
  if (bench.wrong.has(name)) {
    bench.blocks += 1;
    return undefined;
  }
  return workOut(bench, formula);
}

function workOut(bench: Bench, formula: Formula): Value | undefined {
  const before = bench.blocks;
  bench.underway.push(formula.name);
  const value = valueOf(bench, formula);
  bench.underway.pop();
  const isBlocked = bench.blocks > before;
  if (value.ok && !isBlocked) {
    bench.values.set(formula.name, value.value);
    return value.value;
  }
  if (!value.ok && !isBlocked) bench.refusals.push(value.failure);
  bench.wrong.add(formula.name);
  bench.blocks += 1;
  return undefined;
}

function valueOf(bench: Bench, formula: Formula): Result<Value, Refusal> {
  const { name } = formula;
  const value = settled(bench, formula);
  if (!value.ok) return value;
  const problem = defaultProblem(name, value.value);
  return problem === undefined ? value : failed(badValue(name, problem));
}

function settled(bench: Bench, formula: Formula): Result<Value, Refusal> {
  const { setting } = formula;
  switch (setting.kind) {
    case 'expression':
      return yielded(bench, formula, setting.source);
    case 'literal':
      return filled(bench, formula, setting.json);
    case 'members':
      return gathered(bench, formula, setting.members);
  }
}

function gathered(bench: Bench, { name }: Formula, members: readonly MemberSetting[]): Result<Value, Refusal> {
  const map = new Map<string, Value>();
  for (const member of members) {
    const value = settled(bench, { ...member, name: `${name}.${member.name}` });
    if (!value.ok) return value;
    map.set(member.name, value.value);
  }
  return success(map);
}

function yielded(bench: Bench, { name, type }: Formula, source: string): Result<Value, Refusal> {
  const compiled = compile(source);
  if (!compiled.ok) return failed(notWorkedOut(name, source, compiled.failure));
  const scope = scopeOf(bench);
  const { context } = bench.surroundings;
  const params = { ...context?.params, get: scope };
  const value = evaluate(compiled.value, scope, { ...context, params, fuel: bench.fuel });
  if (!value.ok) return failed(notWorkedOut(name, source, value.failure));
  const coerced = coerce(type, value.value);
  return coerced.ok ? coerced : failed(badValue(name, coerced.failure));
}

function filled(bench: Bench, { name, type }: Formula, literal: Json): Result<Value, Refusal> {
  const scope = scopeOf(bench);
  const json = fill(type, literal, (path) => follow(scope, path));
  if (!json.ok) return failed(notWorkedOut(name, json.failure.source, json.failure.fault));
  const value = fromJson(type, json.value);
  return value.ok ? value : failed(badValue(name, value.failure));
}

/** The parameters, then the default ones, then the names of the occasion. */
function scopeOf(bench: Bench): Scope {
  const { facts, names, outer } = bench.surroundings;
  return (name) => {
    const first = outer === undefined ? undefined : (bench.values.get(name) ?? outer(name));
    if (first !== undefined) return first;
    if (bench.formulas.has(name)) return paramOf(bench, name);
    return defaultParam(name, facts, (other) => paramOf(bench, other)) ?? names?.(name);
  };
}

function follow(scope: Scope, [root = '', ...members]: readonly string[]): Value | undefined {
  const [member] = members;
  if (root === 'params' && member !== undefined && scope(root) === undefined) return follow(scope, members);
  return members.reduce<Value | undefined>(
    (value, member) => (value !== undefined && isMap(value) ? value.get(member) : undefined),
    scope(root),
  );
}

/** Each after those that it mentions, so that a long chain is not worked out from its far end by recursion. */
function inOrder(formulas: ReadonlyMap<string, Formula>): readonly Formula[] {
  const ordered: Formula[] = [];
  const seen = new Set<string>();
  for (const first of formulas.keys()) {
    const ahead = [{ name: first, isReady: false }];
    for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
      const formula = formulas.get(next.name);
      if (formula === undefined) continue;
      if (next.isReady) ordered.push(formula);
      else if (!seen.has(next.name)) {
        seen.add(next.name);
        ahead.push({ name: next.name, isReady: true });
        ahead.push(...mentionsOf(formula).map((name) => ({ name, isReady: false })));
      }
    }
  }
  return ordered;
}

/** The names that a setting mentions, as far as its text tells. */
export function mentionsOf({ type, setting }: Pick<Formula, 'type' | 'setting'>): readonly string[] {
  if (setting.kind === 'members') return setting.members.flatMap(mentionsOf);
  const references =
    setting.kind === 'expression' ? referencesOf(setting.source) : textsOf(type, setting.json).flatMap(namesIn);
  return references.flatMap(({ path: [root, member] }) => (root === 'params' ? (member ?? []) : (root ?? [])));
}

function referencesOf(source: string): readonly Reference[] {
  const compiled = compile(source);
  return compiled.ok ? compiled.value.references : [];
}

function namesIn({ text }: LiteralText): readonly Reference[] {
  if (!text.includes('${')) return [];
  const template = parseTemplate(text);
  return template.ok ? template.value.names : [];
}

function notWorkedOut(name: string, source: string, fault: ExpressionFault): Refusal {
  const hint =
    fault.suggestion === undefined ? 'Correct it, or give the parameter a value.' : `Did you mean ${fault.suggestion}?`;
  return {
    ...badParam(name, `The parameter "${name}" could not be worked out: ${fault.message}\n${caret(source, fault)}`),
    hint,
  };
}

/** The same way round, beginning with the member that is declared first. */
function fromFirst(round: readonly string[], formulas: ReadonlyMap<string, Formula>): readonly string[] {
  const members = new Set(round);
  const first = [...formulas.keys()].find((name) => members.has(name)) ?? '';
  const at = round.indexOf(first);
  return [...round.slice(at), ...round.slice(0, at)];
}

function circle(round: readonly string[]): Refusal {
  const [first = ''] = round;
  return {
    ...badParam(first, `${circleText(round)}, so none could ever be worked out.`),
    hint: 'Give one of them a value, or let one do without the next.',
  };
}

const MOST_SHOWN = 12;

/** Tells a circle of names by the way round. */
export function circleText(round: readonly string[]): string {
  const [first = ''] = round;
  const shown = round.length > MOST_SHOWN ? [...round.slice(0, MOST_SHOWN), '…'] : round;
  return round.length === 1
    ? `The parameter "${first}" needs itself (${first} → ${first})`
    : `These parameters need one another in a circle (${[...shown, first].join(' → ')})`;
}

/** The refusal of parameters that are too long together. */
export function tooLong(): Refusal {
  return {
    code: 'LIMIT_EXCEEDED',
    message: `The parameters take more than ${String(LONGEST_PARAMS)} characters as JSON, which is the most that a run may have.`,
    path: ['params'],
    hint: 'Put what is large into a file and give its address as a parameter.',
  };
}
