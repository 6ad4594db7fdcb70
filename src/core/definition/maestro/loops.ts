// Loops (maestro-behaviour §2.11 and §2.12): a foreach over arrays, a while over scalars that its steps may change.

import {
  type FirstValue,
  type ForeachWork,
  type LoopValues,
  type ParamDeclaration,
  type ScalarType,
  type WhileWork,
} from '../model.ts';
import { type StepDefinition } from '../model.ts';
import { type GivenLimit } from '../given-limit.ts';
import { type Json } from '../../json.ts';
import { isJsonArray } from '../../params/infer-type.ts';
import { readFlag } from '../reading/scalars.ts';
import { type Spot, keyOf, report } from '../reading/spot.ts';
import { expressionOf } from './fields.ts';
import { setAside } from './given-limits.ts';
import { paramOf } from './params.ts';
import { type OneStep, inside } from './one-step.ts';

const MOST_AT_ONCE = 500;

const ITEMS: ReadonlyMap<string, ScalarType> = new Map([
  ['string_array', 'string'],
  ['long_array', 'long'],
  ['double_array', 'double'],
  ['boolean_array', 'boolean'],
]);

/** Reads a foreach. */
export function foreachOf(step: OneStep): ForeachWork {
  const { fields } = step;
  const { all, own } = loopParams(step, 'foreach');
  const over = own.flatMap(([param, spot]) => valuesOf(param, spot) ?? []);
  const concurrency = concurrencyOf(fields.get('concurrency'), step.limits);
  const strict = fields.get('strict_ordering');
  return {
    kind: 'foreach',
    over,
    ...(all === undefined ? {} : { all }),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(strict !== undefined && readFlag(strict) === true ? { strictOrdering: true } : {}),
    steps: innerOf(step, over),
  };
}

/** Reads a while. */
export function whileOf(step: OneStep): WhileWork {
  const condition = step.fields.get('condition');
  if (condition === undefined) report(step.spot, 'missing-key', 'A while needs a `condition`.');
  const { all, own } = loopParams(step, 'while');
  const values = own.flatMap(([param, spot]) => firstOf(param, spot) ?? []);
  return {
    kind: 'while',
    condition: (condition && expressionOf(condition)) ?? 'false',
    values,
    ...(all === undefined ? {} : { all }),
    steps: innerOf(step, values),
  };
}

function innerOf(step: OneStep, own: readonly { readonly name: string }[]): readonly StepDefinition[] {
  const steps = step.fields.get('steps');
  const names = own.map(({ name }) => name);
  const around = inside(step, [...step.around.loopNames, ...names]);
  if (steps !== undefined) return step.readSteps(steps, around);
  report(step.spot, 'no-steps', 'A loop needs `steps`: at least one step inside.');
  return [];
}

/** What a loop goes over: parameters, or an expression that gives all of them. */
interface LoopParams {
  readonly all?: string;
  readonly own: readonly (readonly [ParamDeclaration, Spot])[];
}

const NOTHING: LoopParams = { own: [] };

function loopParams(step: OneStep, kind: string): LoopParams {
  const spot = step.paramSpots.get('loop_params');
  if (spot === undefined) {
    report(step.spot, 'no-loop-params', `A ${kind} needs \`params.loop_params\`: a MAP with what it goes over.`);
    return NOTHING;
  }
  const param = paramOf('loop_params', spot);
  if (param === undefined) return NOTHING;
  if (param.type !== 'map') {
    report(spot, 'wrong-type', `\`loop_params\` must be a MAP, and this is a ${param.type.toUpperCase()}.`);
    return NOTHING;
  }
  const { expression, members = [] } = param;
  if (expression !== undefined) return { all: expression, own: [] };
  for (const { name } of members) {
    if (!step.around.loopNames.includes(name)) continue;
    const message = `A loop around this one gives "${name}" already; a name may be given once along a chain of loops.`;
    report(spot, 'duplicate-loop-param', message);
  }
  if (kind === 'foreach' && members.length === 0)
    report(spot, 'no-loop-params', 'A foreach needs something to go over.');
  return { own: members.map((member) => [member, memberSpot(spot, member.name)]) };
}

function memberSpot(spot: Spot, name: string): Spot {
  const value = spot.node.kind === 'map' ? spot.node.entries.get('value')?.value : undefined;
  const entry = value?.kind === 'map' ? value.entries.get(name) : undefined;
  return entry === undefined
    ? spot
    : { ...spot, node: entry.value, path: [...spot.path, 'value', name], keyAt: entry.keyAt };
}

function valuesOf({ name, type, value, expression }: ParamDeclaration, spot: Spot): LoopValues | undefined {
  const item = ITEMS.get(type);
  if (item === undefined) {
    report(spot, 'wrong-type', `A foreach goes over arrays of one type, and "${name}" is a ${type.toUpperCase()}.`);
    return undefined;
  }
  if (expression !== undefined) return { name, expression, type: item };
  return { name, type: item, values: isJsonArray(value ?? null) ? (value as readonly Json[]) : [] };
}

function firstOf({ name, type, value, expression }: ParamDeclaration, spot: Spot): FirstValue | undefined {
  const scalar = [...ITEMS.values()].find((one) => one === type);
  if (scalar === undefined) {
    report(spot, 'wrong-type', `A while goes over single values, and "${name}" is a ${type.toUpperCase()}.`);
    return undefined;
  }
  return { name, type: scalar, value: value ?? null, ...(expression === undefined ? {} : { expression }) };
}

function concurrencyOf(spot: Spot | undefined, limits: GivenLimit[]): number | undefined {
  if (spot === undefined || setAside(spot, 'concurrency', limits)) return undefined;
  const text = spot.node.kind === 'scalar' ? spot.node.source.trim() : '';
  const value = /^\d{1,9}$/u.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= MOST_AT_ONCE) return value;
  const message = `${keyOf(spot)} of a foreach must be a whole number from 1 to ${String(MOST_AT_ONCE)}, and this is "${text}".`;
  report(spot, 'concurrency', message);
  return undefined;
}
