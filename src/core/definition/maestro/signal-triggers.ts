// Signal triggers (maestro-behaviour §6.3): signals that are joined by their keys, demands on their parameters, and parameters of
// the run that are worked out when it fires. Each is joined by buckets, so that no signal is lost.

import { type Json } from '../../json.ts';
import { type Clause, type JoinSlot, type JoinTrigger, type SignalTrigger } from '../model.ts';
import { nameFaults, referenceIdFaults } from '../identifiers.ts';
import { type Fields, readEntries } from '../reading/fields.ts';
import { nameFor } from '../reading/joins.ts';
import { readJson } from '../reading/json-values.ts';
import { readTexts } from '../reading/scalars.ts';
import { type Spot, report } from '../reading/spot.ts';
import { checkName, expressionOf, fieldsOf, isEmpty, wordOf } from './fields.ts';
import { paramsOf } from './params.ts';

const OPERATORS: ReadonlyMap<string, Clause['operator']> = new Map([
  ['=', '=='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);

/** Reads one signal trigger; `number` counts them from 1. */
export function signalTriggerOf(spot: Spot, number: number): SignalTrigger | JoinTrigger | undefined {
  const fields = fieldsOf(spot, {
    what: 'a signal trigger',
    keys: ['definitions', 'params', 'condition', 'dedup_expr'],
  });
  const definitions = fields.get('definitions');
  const entries = definitions?.node.kind === 'map' ? readEntries(definitions, definitions.node) : [];
  const [first] = entries;
  if (first === undefined) {
    report(definitions ?? spot, 'missing-key', 'A signal trigger needs `definitions` with the name of a signal.');
    return undefined;
  }
  for (const [signal, demand] of entries) checkName(demand, 'the name of a signal', signal, nameFaults);
  const name = `signal-${String(number)}`;
  const more = { ...wishesOf(fields), ...formulasOf(fields), params: [] };
  if (entries.length > 1) return { kind: 'all', name, slots: slotsOf(definitions ?? spot, entries), ...more };
  const [signal, demand] = first;
  const demands = isEmpty(demand.node) ? undefined : demandOf(demand);
  const where = [...whereOf(demands), ...joinKeysOf(demands).map(isThere)];
  return { kind: 'signal', name, signal, where, ...more };
}

function formulasOf(fields: Fields): Pick<SignalTrigger, 'formulas'> {
  const formulas = paramsOf(fields.get('params'));
  return formulas.length === 0 ? {} : { formulas };
}

/** One signal has nothing to be joined with, and must have its keys all the same. */
function isThere(param: string): Clause {
  return { param, operator: '!=', operand: null };
}

/** Which runs it wants: all where `condition` is true, and of those with the same `dedup_expr` the first. */
function wishesOf(fields: Fields): Pick<SignalTrigger, 'when' | 'idempotencyKey'> {
  const condition = fields.get('condition');
  const key = fields.get('dedup_expr');
  const when = condition && expressionOf(condition);
  const idempotencyKey = key && expressionOf(key);
  return {
    ...(when === undefined ? {} : { when }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  };
}

/** A join in Maestro's way: every signal by its name, the i-th key of each with equal values. */
function slotsOf(spot: Spot, entries: readonly (readonly [string, Spot])[]): readonly JoinSlot[] {
  const slots: JoinSlot[] = [];
  for (const [signal, demand] of entries) {
    const fields = isEmpty(demand.node) ? undefined : demandOf(demand);
    slots.push({ as: freeName(signal, slots), signal, joinOn: joinKeysOf(fields), where: whereOf(fields) });
  }
  const lengths = new Set(slots.map(({ joinOn }) => joinOn.length));
  if (lengths.size > 1) {
    report(
      spot,
      'join-keys',
      'Every signal of a trigger has as many `join_keys` as the others: the i-th of each are compared.',
    );
  }
  return slots;
}

function freeName(signal: string, taken: readonly JoinSlot[]): string {
  const name = nameFor(signal);
  let candidate = name;
  for (let place = 2; taken.some(({ as }) => as === candidate); place++) candidate = `${name}_${String(place)}`;
  return candidate;
}

function demandOf(spot: Spot): Fields {
  return fieldsOf(spot, { what: 'the demands on a signal', keys: ['match_params', 'join_keys'] });
}

function joinKeysOf(fields: Fields | undefined): readonly string[] {
  const keys = fields?.get('join_keys');
  return keys === undefined || isEmpty(keys.node) ? [] : readTexts(keys).map(([key]) => key);
}

function whereOf(fields: Fields | undefined): readonly Clause[] {
  if (fields === undefined) return [];
  const match = fields.get('match_params');
  const entries = match?.node.kind === 'map' ? readEntries(match, match.node) : [];
  const clauses = entries.flatMap(([param, item]) => clauseOf(param, item) ?? []);
  const ranges = clauses.filter(({ operator }) => operator !== '==').length;
  if (match !== undefined && ranges > 1) {
    report(
      match,
      'range-operators',
      `One of <, <=, > and >= may be used for a signal, and here are ${String(ranges)}.`,
    );
  }
  return clauses;
}

function clauseOf(param: string, spot: Spot): Clause | undefined {
  checkName(spot, "the name of a signal's parameter", param, referenceIdFaults);
  const fields = fieldsOf(spot, { what: 'a demand on a parameter', keys: ['value', 'operator'] });
  const value = fields.get('value');
  const sign = fields.get('operator');
  const operand = value && readJson(value);
  const operator = sign === undefined ? undefined : wordOf(sign, OPERATORS);
  if (value === undefined || sign === undefined) {
    report(spot, 'missing-key', `The demand on "${param}" needs a \`value\` and an \`operator\`.`);
  } else if (operand !== undefined && !isComparable(operand)) {
    report(value, 'wrong-type', `A signal's parameter is compared with a STRING or a LONG, and this is neither.`);
    return undefined;
  }
  return operand === undefined || operator === undefined ? undefined : { param, operator, operand };
}

function isComparable(value: Json): boolean {
  return typeof value === 'string' || Number.isSafeInteger(value);
}
