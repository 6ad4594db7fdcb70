// Values and parameters as the text has them, so that reading gives the same values of the same types.

import { Scalar } from 'yaml';
import { type ValueType } from '../../expression/value.ts';
import { type Json } from '../../json.ts';
import { isJsonArray, isJsonObject } from '../../params/infer-type.ts';
import { type ParamDeclaration, type ScalarType } from '../model.ts';
import { PARAM_KEYS } from '../schema.ts';
import { type Tree, type TreeMap, type WritingSpot, note } from './tree.ts';

/** A value without a declared type. */
export function valueTree(json: Json): Tree {
  if (typeof json === 'number') return numberTree(json);
  if (isJsonArray(json)) return json.map(valueTree);
  if (!isJsonObject(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([key, member]) => [key, valueTree(member)]));
}

/** A whole number that is too large to be exact keeps its exponent: its digits alone would be read as a text of digits. */
function numberTree(value: number): Tree {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return value;
  const scalar = new Scalar(value);
  scalar.format = 'EXP';
  return scalar;
}

/** A single value of a type that shows in how it is written: `1.0` is a DOUBLE, `1` a LONG. */
export function scalarTree(type: ScalarType, json: Json): Tree {
  if (type === 'long' && (typeof json === 'string' || typeof json === 'number')) return BigInt(json);
  if (type !== 'double' || typeof json !== 'number' || !Number.isSafeInteger(json)) return valueTree(json);
  const scalar = new Scalar(json);
  scalar.minFractionDigits = 1;
  return scalar;
}

/** A declared parameter: its value alone where that says everything, else a map. */
export function paramTree(param: ParamDeclaration, spot: WritingSpot): Tree {
  const { type, mode, expression, members } = param;
  if (members !== undefined) {
    const said = JSON.stringify(members);
    note(spot, `Its members are declared one by one, which our own format has no words for: ${said}.`);
  }
  const { value } = param;
  const bare = value === undefined ? undefined : bareTree(type, value);
  if (bare !== undefined && mode === undefined) return bare;
  return {
    type,
    value: value === undefined ? undefined : (bare ?? valueTree(value)),
    expression,
    mode: mode === 'mutable' ? undefined : mode,
  };
}

const ITEMS: Readonly<Partial<Record<ValueType, ScalarType>>> = {
  string_array: 'string',
  long_array: 'long',
  double_array: 'double',
  boolean_array: 'boolean',
};

/** The value written so that its type shows; undefined where it cannot. */
function bareTree(type: ValueType, json: Json): Tree {
  const item = ITEMS[type];
  if (item !== undefined) return isJsonArray(json) ? bareList(item, json) : undefined;
  if (type === 'string_map') return isJsonObject(json) ? bareMap(json) : undefined;
  if (type === 'string' || type === 'long' || type === 'double' || type === 'boolean')
    return isScalarOf(type, json) ? scalarTree(type, json) : undefined;
  return undefined;
}

/** An empty list is one of texts. */
function bareList(type: ScalarType, items: readonly Json[]): Tree {
  const isShown = items.length > 0 || type === 'string';
  return isShown && items.every((one) => isScalarOf(type, one)) ? items.map((one) => scalarTree(type, one)) : undefined;
}

/** A map with a key of a declaration would be taken for one. */
function bareMap(json: Readonly<Record<string, Json>>): TreeMap | undefined {
  const keys = Object.keys(json);
  return keys.length === 0 || keys.some((key) => PARAM_KEYS.includes(key)) ? undefined : { ...json };
}

function isScalarOf(type: ScalarType, json: Json): boolean {
  if (type === 'long') return typeof json === 'number' || (typeof json === 'string' && /^-?\d+$/u.test(json));
  return typeof json === (type === 'double' ? 'number' : type);
}
