// Values of the user's own: parameters, what a signal brings, what a trigger passes on.

import { type ValueType } from '../../expression/value.ts';
import { type Entry, type Json } from '../../json.ts';
import { inferType } from '../../params/infer-type.ts';
import { fromJson, toJson } from '../../params/value.ts';
import { type ScalarNode, type SourceNode } from '../source/node.ts';
import { itemsOf, isClear, reportNotText } from './scalars.ts';
import { readEntries } from './fields.ts';
import { type Spot, keyOf, nodeName, report } from './spot.ts';

/** Reads any value as JSON; a whole number that JSON cannot carry exactly becomes its digits. */
export function readJson(spot: Spot): Json | undefined {
  const { node } = spot;
  switch (node.kind) {
    case 'scalar':
      return isClear(spot, node) ? scalarJson(node) : undefined;
    case 'list': {
      const items = itemsOf(spot).map(readJson);
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    case 'map': {
      const entries = readEntries(spot, node).map(([key, member]) => [key, readJson(member)] as const);
      const whole = entries.filter((entry): entry is readonly [string, Json] => entry[1] !== undefined);
      return whole.length === entries.length ? Object.fromEntries(whole) : undefined;
    }
  }
}

function scalarJson(node: ScalarNode): Json {
  if (typeof node.value !== 'bigint') return node.value;
  const number = Number(node.value);
  return Number.isSafeInteger(number) ? number : node.value.toString();
}

/** Reads a map of values under names of the user's choice. */
export function readNamedValues(spot: Spot): readonly Entry[] {
  const { node } = spot;
  if (node.kind !== 'map') {
    const message = `${keyOf(spot)} must be a map of names and values, and this is ${nodeName(node)}.`;
    report(spot, 'wrong-type', message, { hint: `Write it as { name: value }.` });
    return [];
  }
  return readEntries(spot, node).flatMap(([name, member]) => {
    const value = readJson(member);
    return value === undefined ? [] : [{ name, value }];
  });
}

/** A value of a known type, in the JSON of that type. */
export interface TypedValue {
  readonly type: ValueType;
  readonly value: Json;
}

/** Reads a value whose type shows in how it is written. */
export function readBareValue(spot: Spot): TypedValue | undefined {
  const sample = sampleOf(spot.node);
  if (!keepsItsZero(spot)) return undefined;
  const type = inferType(sample);
  if (type !== undefined) return readTypedValue(spot, type);
  const hint = 'Every item of a list has the same type: texts, whole numbers, numbers, or booleans.';
  report(spot, 'no-type', `${keyOf(spot)} has no type that could be inferred: it is ${nodeName(spot.node)}.`, {
    hint: sample === null ? 'Give it a value, or write { type: string } if every start must give one.' : hint,
  });
  return undefined;
}

/** A bare `1.10` is the number 1.1 to YAML; whoever writes a version means the text. */
function keepsItsZero(spot: Spot): boolean {
  const { node } = spot;
  if (node.kind !== 'scalar' || typeof node.value !== 'number' || !/^\d+\.\d+0$/u.test(node.source)) return true;
  const short = String(node.value);
  report(spot, 'number-for-text', `${keyOf(spot)} is ${node.source}, which YAML reads as the number ${short}.`, {
    hint: `Write "${node.source}" in quotes for the text, or ${short} for the number.`,
    suggestion: `"${node.source}"`,
  });
  return false;
}

/** Reads a value of a declared type, coercing where nothing is lost. */
export function readTypedValue(spot: Spot, type: ValueType): TypedValue | undefined {
  if (!isSpelledAsMeant(spot, type)) return undefined;
  const json = readJson(spot);
  if (json === undefined) return undefined;
  const value = fromJson(type, json);
  if (value.ok) return { type, value: toJson(type, value.value) };
  report(spot, 'wrong-type', `${keyOf(spot)} has a value of another type: ${value.failure}.`);
  return undefined;
}

/** As a text, `1.10` would become "1.1": whoever writes that means the former. */
function isSpelledAsMeant(spot: Spot, type: ValueType): boolean {
  const { node } = spot;
  if (type !== 'string' || node.kind !== 'scalar') return true;
  const isNumber = typeof node.value === 'number' || typeof node.value === 'bigint';
  if (!isNumber || String(node.value) === node.source) return true;
  reportNotText(spot, node);
  return false;
}

/** JSON of the same type as the node: `1.0` is a DOUBLE, though its JSON looks like a LONG. */
export function sampleOf(node: SourceNode): Json {
  if (node.kind === 'list') return node.items.map(sampleOf);
  if (node.kind === 'map')
    return Object.fromEntries(Array.from(node.entries, ([key, { value }]) => [key, sampleOf(value)]));
  if (typeof node.value === 'bigint') return 0;
  return typeof node.value === 'number' ? 0.5 : node.value;
}
