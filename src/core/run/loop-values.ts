// Which values a `foreach` gives its names in each iteration: all combinations, the first name varying fastest.

import { type FirstValue, type ForeachWork, type ScalarType, type WhileWork } from '../definition/model.ts';
import { type ExpressionFault, faultAt } from '../expression/fault.ts';
import { parseTemplate, render } from '../expression/template.ts';
import { isArray, isMap, text } from '../expression/text.ts';
import { type Value, type ValueMap } from '../expression/value.ts';
import { type Entry, type Json } from '../json.ts';
import { coerce } from '../params/coerce.ts';
import { type ResolvedParam } from '../params/merge.ts';
import { toJson } from '../params/value.ts';
import { type Result, failed, success } from '../result.ts';
import { evaluateIn } from './evaluation.ts';
import { follow, type Level, scopeOf } from './scope.ts';

/** How many iterations a loop may have. */
export const MOST_ITERATIONS = 100_000;

/** The values of one name. */
export interface Axis {
  readonly name: string;
  readonly type: ScalarType;
  readonly values: readonly Json[];
}

/** What was found before, by the parameters of the run or, in imported definitions, of the step: they are one object as long as the run is in memory. */
const known = new WeakMap<readonly ResolvedParam[], Map<ForeachWork, Result<readonly Axis[], ExpressionFault>>>();

/** The values of every name. All that they can depend on stands still once the loop may begin, so they are found once. */
export function loopAxes(level: Level, loop: ForeachWork): Result<readonly Axis[], ExpressionFault> {
  const key = (level.step === undefined ? undefined : level.run.steps[level.step]?.params) ?? level.run.params;
  const ofRun = known.get(key) ?? new Map<ForeachWork, Result<readonly Axis[], ExpressionFault>>();
  known.set(key, ofRun);
  const axes = ofRun.get(loop) ?? findAxes(level, loop);
  if (axes.ok) ofRun.set(loop, axes);
  return axes;
}

/** How many combinations there are. */
export function totalOf(axes: readonly Axis[]): number {
  return axes.reduce((total, { values }) => total * values.length, 1);
}

/** The values of one iteration, with its index as `loop_index`. */
export function iterationValues(axes: readonly Axis[], index: number): readonly ResolvedParam[] {
  let rest = index;
  const own = axes.map(({ name, type, values }) => {
    const value = values[rest % values.length] ?? null;
    rest = Math.floor(rest / values.length);
    return { name, type, value };
  });
  return [...own, { name: 'loop_index', type: 'long', value: index }];
}

function findAxes(level: Level, { over, all }: ForeachWork): Result<readonly Axis[], ExpressionFault> {
  if (all !== undefined) return allAxes(level, all);
  const axes: Axis[] = [];
  for (const values of over) {
    const axis = 'values' in values ? filled(level, values) : evaluated(level, values);
    if (!axis.ok) return axis;
    axes.push(axis.value);
  }
  return success(axes);
}

/** One expression gives the values of every name, as a map of arrays. */
function allAxes(level: Level, expression: string): Result<readonly Axis[], ExpressionFault> {
  const found = mapIn(level, expression);
  if (!found.ok) return found;
  const axes: Axis[] = [];
  for (const [name, value] of found.value) {
    const axis = axisOf(name, value, expression);
    if (!axis.ok) return axis;
    axes.push(axis.value);
  }
  return success(axes);
}

function mapIn(level: Level, expression: string): Result<ValueMap, ExpressionFault> {
  const found = evaluateIn(timeless(level), expression);
  if (!found.ok) return found;
  if (isMap(found.value) && found.value.size > 0) return success(found.value);
  const message = `\`loop_params\` must be a map of names and their values, at least one, and this is ${text(found.value)}.`;
  return failed(faultAt('EXPRESSION_TYPE', message, { from: 0, to: expression.length }));
}

/** What is evaluated again whenever it is needed must not be changed by time or chance. */
function timeless(level: Level): Level {
  const { now: _, random: __, ...context } = level.context ?? {};
  return { ...level, context };
}

/** Only imported definitions have anything to fill in. */
function filled(level: Level, axis: Axis): Result<Axis, ExpressionFault> {
  if (level.definition.dialect !== 'maestro' || axis.type !== 'string') return success(axis);
  const values: Json[] = [];
  for (const value of axis.values) {
    const text = textIn(level, typeof value === 'string' ? value : '');
    if (!text.ok) return text;
    values.push(text.value);
  }
  return success({ ...axis, values });
}

function textIn(level: Level, source: string): Result<string, ExpressionFault> {
  const template = parseTemplate(source);
  if (!template.ok) return template;
  const scope = scopeOf(level, []);
  return render(template.value, (path) => follow(scope, path));
}

/** The first values of a `while`, or what is wrong with one. */
export function firstValues(level: Level, { values, all }: WhileWork): readonly Json[] | ExpressionFault {
  if (all !== undefined) return allFirst(level, all);
  const first: Json[] = [];
  for (const value of values) {
    const found = firstValue(level, value);
    if (!found.ok) return found.failure;
    first.push(found.value);
  }
  return first;
}

/** One expression gives the names too: each value says its own. */
function allFirst(level: Level, expression: string): readonly Json[] | ExpressionFault {
  const found = mapIn(level, expression);
  if (!found.ok) return found.failure;
  const first: Json[] = [];
  for (const [name, value] of found.value) {
    const type = scalarType(value);
    if (type === undefined) {
      const message = `The first value of "${name}" must be a text, a number or a boolean, and it is ${text(value)}.`;
      return faultAt('EXPRESSION_TYPE', message, { from: 0, to: expression.length });
    }
    first.push({ name, type, value: toJson(type, value) });
  }
  return first;
}

/** The values of a `while` in one iteration, by name. */
export function valuesByName({ values, all }: WhileWork, current: readonly Json[]): readonly ResolvedParam[] {
  if (all !== undefined) return current as unknown as readonly ResolvedParam[];
  return values.map(({ name, type, value }, place) => ({ name, type, value: current[place] ?? value }));
}

/** The values of a `while` after an iteration: what its steps gave under those names, else what they were. */
export function nextValues(
  { values, all }: WhileWork,
  before: readonly ResolvedParam[],
  outputs: readonly { readonly values: readonly Entry[] }[],
): readonly Json[] {
  const given = (name: string): Json | undefined =>
    outputs.flatMap((step) => step.values).findLast((output) => output.name === name)?.value;
  if (all !== undefined) {
    const own = before.filter(({ name }) => name !== LOOP_INDEX);
    return own.map(({ name, type, value }) => ({ name, type, value: given(name) ?? value }));
  }
  return values.map(({ name, value }) => given(name) ?? before.find((param) => param.name === name)?.value ?? value);
}

const LOOP_INDEX = 'loop_index';

/** Tells a fault from values. */
export function isFault(found: readonly Json[] | ExpressionFault): found is ExpressionFault {
  return 'code' in found;
}

function firstValue(level: Level, { name, type, value, expression }: FirstValue): Result<Json, ExpressionFault> {
  if (expression === undefined) {
    return level.definition.dialect === 'maestro' && typeof value === 'string' ? textIn(level, value) : success(value);
  }
  const found = evaluateIn(level, expression);
  if (!found.ok) return found;
  const fitting = coerce(type, found.value);
  if (fitting.ok) return success(toJson(type, fitting.value));
  const message = `The first value of "${name}" does not fit: ${fitting.failure}.`;
  return failed(faultAt('EXPRESSION_TYPE', message, { from: 0, to: expression.length }));
}

function evaluated(
  level: Level,
  {
    name,
    expression,
    type: wanted,
  }: { readonly name: string; readonly expression: string; readonly type?: ScalarType },
): Result<Axis, ExpressionFault> {
  const found = evaluateIn(timeless(level), expression);
  if (!found.ok) return found;
  if (wanted === undefined || !isArray(found.value)) return axisOf(name, found.value, expression);
  return ofType(name, wanted, { values: found.value, expression });
}

function axisOf(name: string, found: Value, expression: string): Result<Axis, ExpressionFault> {
  if (!isArray(found)) return unsuitable(name, `${text(found)} is no array`, expression);
  const types = new Set(found.map(scalarType));
  const type = types.size === 0 ? 'string' : [...types][0];
  if (type === undefined || types.size > 1) {
    return unsuitable(name, 'not all values are single values of one type', expression);
  }
  return success({ name, type, values: found.map((value) => toJson(type, value)) });
}

function ofType(
  name: string,
  type: ScalarType,
  { values, expression }: { readonly values: readonly Value[]; readonly expression: string },
): Result<Axis, ExpressionFault> {
  const fitting = coerce(`${type}_array`, values);
  if (!fitting.ok || !isArray(fitting.value)) {
    return unsuitable(name, fitting.ok ? 'it is none' : fitting.failure, expression);
  }
  return success({ name, type, values: fitting.value.map((value) => toJson(type, value)) });
}

function scalarType(value: Value): ScalarType | undefined {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'number') return 'double';
  return typeof value === 'boolean' ? 'boolean' : undefined;
}

function unsuitable(name: string, why: string, expression: string): Result<never, ExpressionFault> {
  const message = `The values of "${name}" must be an array of texts, numbers or booleans, and ${why}.`;
  return failed(faultAt('EXPRESSION_TYPE', message, { from: 0, to: expression.length }));
}
