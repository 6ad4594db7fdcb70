// What a trigger demands of a signal: `rows: ">= 100"`, `island: Biscoe`, `final: true`, `place: { in: [a, b] }`.

import { type Json } from '../../json.ts';
import { type Clause } from '../model.ts';
import { readEntries, readFields } from './fields.ts';
import { readJson } from './json-values.ts';
import { itemsOf } from './scalars.ts';
import { type Spot, keyOf, nodeName, report } from './spot.ts';

const OPERATORS = ['==', '!=', '<=', '>=', '<', '>'] as const;

/** Reads the demands on the parameters of a signal. */
export function readWhere(spot: Spot): readonly Clause[] {
  if (spot.node.kind !== 'map') {
    const message = `${keyOf(spot)} must be a map, and this is ${nodeName(spot.node)}.`;
    report(spot, 'wrong-type', message, { hint: 'Write it as { rows: ">= 100" }.' });
    return [];
  }
  return readEntries(spot, spot.node).flatMap(([param, demand]) =>
    readDemands(demand).map((clause): Clause => ({ param, ...clause })),
  );
}

/** Everything that is demanded of one parameter. */
function readDemands(spot: Spot): readonly Comparison[] {
  switch (spot.node.kind) {
    case 'scalar':
      return readText(spot);
    case 'map':
      return readSet(spot);
    case 'list':
      return readRange(spot);
  }
}

/** Comparisons that must all hold: `[">= 100", "< 200"]`. */
function readRange(spot: Spot): readonly Comparison[] {
  const items = itemsOf(spot);
  const demands = items.flatMap((item) => (item.node.kind === 'scalar' ? readText(item) : []));
  if (items.length > 0 && demands.length >= items.length && demands.every(({ operator }) => operator !== '==')) {
    return demands;
  }
  report(
    spot,
    'wrong-type',
    `${keyOf(spot)} must be a value, or comparisons that all hold, and this is another list.`,
    {
      hint: 'For one of several values write { in: [a, b] }, for a range ">= 100, < 200".',
    },
  );
  return [];
}

/** One of several values: `{ in: [a, b] }`. */
function readSet(spot: Spot): readonly Comparison[] {
  const items = readFields(spot, { what: 'a demand on a parameter', keys: ['in'] })?.get('in');
  if (items === undefined) return [];
  const values = itemsOf(items).map((item) => (item.node.kind === 'scalar' ? readJson(item) : undefined));
  if (values.length > 0 && values.every((value) => value !== undefined)) return [{ operator: 'in', operand: values }];
  report(items, 'wrong-type', '`in` must be a list of values, each a text, a number or a boolean.');
  return [];
}

/** A value, a comparison, or several with commas between: `>= 100, < 200`. */
function readText(spot: Spot): readonly Comparison[] {
  const json = readJson(spot);
  if (json === undefined) return [];
  const comparisons = typeof json === 'string' ? partsOf(json).flatMap((part) => comparisonOf(part) ?? []) : [];
  if (comparisons.length === 0) return [{ operator: '==', operand: json }];
  return comparisons.flatMap((comparison): readonly Comparison[] => {
    if (comparison.operand !== undefined) return [comparison];
    report(spot, 'bad-comparison', `${keyOf(spot)} compares with nothing: a value must follow ${comparison.operator}.`);
    return [];
  });
}

/** A comma parts comparisons only where another operator follows it: `== a, b` is one. */
function partsOf(text: string): readonly string[] {
  const isComparison = OPERATORS.some((operator) => text.trim().startsWith(operator));
  return isComparison ? text.split(/,(?=\s*(?:[<>]|==|!=))/u) : [text];
}

interface Comparison {
  readonly operator: Clause['operator'];
  readonly operand: Json;
}

/** Splits `>= 100`; undefined if no operator begins the text. */
function comparisonOf(
  text: string,
): Comparison | { readonly operator: Clause['operator']; readonly operand?: never } | undefined {
  const trimmed = text.trim();
  const operator = OPERATORS.find((candidate) => trimmed.startsWith(candidate));
  if (operator === undefined) return undefined;
  const rest = trimmed.slice(operator.length).trim();
  return rest === '' ? { operator } : { operator, operand: operandOf(rest) };
}

/** A number, boolean, null or quoted text as in JSON, otherwise the text as it stands. A number that would change stays text. */
function operandOf(text: string): Json {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  if (/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/iu.test(text)) return numberOf(text);
  const quoted = /^'([^']*)'$/u.exec(text) ?? /^"([^"\\]*)"$/u.exec(text);
  return quoted?.[1] ?? text;
}

function numberOf(text: string): Json {
  const number = Number(text);
  const isExact = Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
  return isExact ? number : text;
}
