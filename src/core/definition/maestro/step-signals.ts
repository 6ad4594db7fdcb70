// The signals that a step waits for and those that it publishes (maestro-behaviour §6.5, §6.6).

import { type Entry } from '../../json.ts';
import { type Announcement, type ParamDeclaration, type SignalWait, type WaitMatch } from '../model.ts';
import { nameFaults, referenceIdFaults } from '../identifiers.ts';
import { type Fields, readEntries } from '../reading/fields.ts';
import { type Spot, report } from '../reading/spot.ts';
import { carriedOf, checkName, fieldsOf, isEmpty, listOf, textOf, wordOf } from './fields.ts';
import { paramOf, paramsOf } from './params.ts';
import { templateFrom } from './text-template.ts';

const OPERATORS: ReadonlyMap<string, WaitMatch['operator']> = new Map([
  ['=', '=='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);

/** Reads `signal_dependencies`: whatever was ever published counts. */
export function dependenciesOf(spot: Spot | undefined): readonly SignalWait[] {
  if (spot === undefined || isEmpty(spot.node)) return [];
  return listOf(spot).map((item): SignalWait => {
    const fields = fieldsOf(item, { what: 'a signal dependency', keys: ['name', 'match_params'] });
    const match = fields.get('match_params');
    const entries = match?.node.kind === 'map' ? readEntries(match, match.node) : [];
    return {
      signal: nameOf(item, fields),
      match: entries.flatMap(([param, demand]) => matchOf(param, demand) ?? []),
      where: [],
      lookBack: 'all',
    };
  });
}

/** Reads `signal_outputs`. */
export function outputsOf(spot: Spot | undefined): readonly Announcement[] {
  if (spot === undefined || isEmpty(spot.node)) return [];
  return listOf(spot).map((item): Announcement => {
    const fields = fieldsOf(item, { what: 'a signal output', keys: ['name', 'params', 'payload'] });
    const given = fields.get('params');
    const params = paramsOf(given);
    const carried: readonly Entry[] = carriedOf(fields, ['payload']);
    const wrong = params.find((param) => wordFor(param) === undefined);
    if (wrong !== undefined) reportType(given ?? item, wrong.name);
    return { signal: nameOf(item, fields), params, ...(carried.length === 0 ? {} : { carried }) };
  });
}

function nameOf(item: Spot, fields: Fields): string {
  const name = textOf(fields, 'name');
  const place = fields.get('name');
  if (place === undefined || name === undefined) {
    report(item, 'missing-key', 'A signal needs a `name`.');
    return '';
  }
  if (!name.includes('${')) checkName(place, 'the name of a signal', name, nameFaults);
  return templateFrom(name);
}

function matchOf(name: string, spot: Spot): WaitMatch | undefined {
  checkName(spot, "the name of a signal's parameter", name, referenceIdFaults);
  const fields = fieldsOf(spot, { what: 'a demand on a parameter', keys: ['param', 'operator'] });
  const given = fields.get('param');
  const sign = fields.get('operator');
  if (given === undefined || sign === undefined) {
    report(spot, 'missing-key', `The demand on "${name}" needs a \`param\` and an \`operator\`.`);
    return undefined;
  }
  const operator = wordOf(sign, OPERATORS);
  const param = paramOf(name, given);
  if (operator === undefined || param === undefined) return undefined;
  const type = wordFor(param);
  if (type === undefined) {
    reportType(given, name);
    return undefined;
  }
  const { value, expression } = param;
  return {
    param: name,
    operator,
    type,
    ...(value === undefined ? {} : { value }),
    ...(expression === undefined ? {} : { expression }),
  };
}

function wordFor({ type }: ParamDeclaration): 'string' | 'long' | undefined {
  return type === 'string' || type === 'long' ? type : undefined;
}

function reportType(spot: Spot, name: string): void {
  report(spot, 'wrong-type', `A signal's parameter is a STRING or a LONG, and "${name}" is neither.`);
}
