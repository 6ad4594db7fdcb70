// Signal triggers (maestro-behaviour §6.3). What is there: one signal, demands on its parameters, and parameters of the run
// that are plain or taken from the signal.

import { type Entry, type Json } from '../../json.ts';
import { type Clause, type ParamDeclaration, type SignalTrigger } from '../model.ts';
import { nameFaults, referenceIdFaults } from '../identifiers.ts';
import { readEntries } from '../reading/fields.ts';
import { readJson } from '../reading/json-values.ts';
import { type Spot, report } from '../reading/spot.ts';
import { checkName, fieldsOf, isEmpty, reportLater, reportNotYet, wordOf } from './fields.ts';
import { paramOf, paramSpots } from './params.ts';

const LATER: ReadonlyMap<string, string> = new Map([
  ['condition', 'Let a first step decide, by the conditions of its transition.'],
  ['dedup_expr', 'Publish the signal with an idempotency key.'],
]);
const OPERATORS: ReadonlyMap<string, Clause['operator']> = new Map([
  ['=', '=='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);

/** Reads one signal trigger; `number` counts them from 1. */
export function signalTriggerOf(spot: Spot, number: number): SignalTrigger | undefined {
  const fields = fieldsOf(spot, { what: 'a signal trigger', keys: ['definitions', 'params', ...LATER.keys()] });
  reportLater(fields, LATER);
  const definitions = fields.get('definitions');
  const entries = definitions?.node.kind === 'map' ? readEntries(definitions, definitions.node) : [];
  const [first] = entries;
  if (first === undefined) {
    report(definitions ?? spot, 'missing-key', 'A signal trigger needs `definitions` with the name of a signal.');
    return undefined;
  }
  if (entries.length > 1) {
    const names = entries.map(([name]) => `"${name}"`).join(', ');
    reportNotYet(definitions ?? spot, `A trigger of several signals (${names})`, 'Joins come later; use one signal.');
    return undefined;
  }
  const [signal, demand] = first;
  checkName(demand, 'the name of a signal', signal, nameFaults);
  const params = paramSpots(fields.get('params')).flatMap((entry) => valueOf(entry, signal) ?? []);
  return { kind: 'signal', name: `signal-${String(number)}`, signal, where: whereOf(demand), params };
}

function whereOf(spot: Spot): readonly Clause[] {
  if (isEmpty(spot.node)) return [];
  const fields = fieldsOf(spot, { what: 'the demands on a signal', keys: ['match_params', 'join_keys'] });
  const joined = fields.get('join_keys');
  if (joined !== undefined && !isEmpty(joined.node)) {
    reportNotYet(joined, 'A join of signals by `join_keys`', 'Remove it: with one signal there is nothing to join.');
  }
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

function valueOf([name, spot]: readonly [string, Spot], signal: string): Entry | undefined {
  checkName(spot, 'the name of a parameter', name, referenceIdFaults);
  const param = paramOf(name, spot);
  if (param === undefined) return undefined;
  const value = plainOf(param) ?? fromSignal(param, signal);
  if (value !== undefined) return { name, value };
  reportNotYet(
    spot,
    `The parameter "${name}" of a signal trigger`,
    `Take it from the signal by params.getFromSignal('${signal}', '…'), or give it a plain value.`,
  );
  return undefined;
}

function plainOf({ value, type }: ParamDeclaration): Json | undefined {
  if (value === undefined || type === 'map') return undefined;
  return JSON.stringify(value).includes('${') ? undefined : value;
}

const TAKEN =
  /^\s*(?:return\s+)?params\.getFromSignal\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*,\s*["']([a-zA-Z_]\w*)["']\s*\)\s*;?\s*$/u;

function fromSignal({ expression }: ParamDeclaration, signal: string): Json | undefined {
  const [, double, single, param = ''] = TAKEN.exec(expression ?? '') ?? [];
  const from = (double ?? single)?.replace(/\\(.)/gu, '$1');
  return from === signal ? `\${signal.${param}}` : undefined;
}
