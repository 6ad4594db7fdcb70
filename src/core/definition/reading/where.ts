// What a trigger demands of a signal: `rows: ">= 100"`, `island: Biscoe`, `final: true`.

import { type Json } from '../../json.ts';
import { type Clause } from '../model.ts';
import { readEntries } from './fields.ts';
import { readJson } from './json-values.ts';
import { type Spot, keyOf, nodeName, report } from './spot.ts';

const OPERATORS = ['==', '!=', '<=', '>=', '<', '>'] as const;

/** Reads the demands, one for each parameter of the signal. */
export function readWhere(spot: Spot): readonly Clause[] {
  if (spot.node.kind !== 'map') {
    const message = `${keyOf(spot)} must be a map, and this is ${nodeName(spot.node)}.`;
    report(spot, 'wrong-type', message, { hint: 'Write it as { rows: ">= 100" }.' });
    return [];
  }
  return readEntries(spot, spot.node).flatMap(([param, demand]): readonly Clause[] => {
    const clause = readDemand(demand);
    return clause === undefined ? [] : [{ param, ...clause }];
  });
}

function readDemand(spot: Spot): Omit<Clause, 'param'> | undefined {
  if (spot.node.kind !== 'scalar') {
    report(
      spot,
      'wrong-type',
      `${keyOf(spot)} must be one value or one comparison, and this is ${nodeName(spot.node)}.`,
    );
    return undefined;
  }
  const json = readJson(spot);
  if (json === undefined) return undefined;
  const clause = typeof json === 'string' ? comparisonOf(json) : undefined;
  if (clause?.operand !== undefined) return clause;
  if (clause === undefined) return { operator: '==', operand: json };
  report(spot, 'bad-comparison', `${keyOf(spot)} compares with nothing: a value must follow ${clause.operator}.`);
  return undefined;
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
