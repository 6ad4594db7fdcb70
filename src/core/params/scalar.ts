// Scalars in JSON as values of a declared type, with the coercions that lose nothing: any scalar to STRING, a text that
// reads as one to LONG, DOUBLE or BOOLEAN, and LONG to DOUBLE.

import { text } from '../expression/text.ts';
import { type Value } from '../expression/value.ts';
import { type Json } from '../json.ts';
import { type Result, failed, success } from '../result.ts';
import { jsonTypeName } from './infer-type.ts';

/** The four types without parts. */
export type ScalarType = 'string' | 'long' | 'double' | 'boolean';

const LEAST_LONG = -(2n ** 63n);
const GREATEST_LONG = 2n ** 63n - 1n;
const INTEGER = /^[+-]?\d{1,19}$/u;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu;
const SHOWN = 40;

/** Reads a JSON scalar as a value of the type; the failure names both types. */
export function scalarFromJson(type: ScalarType, json: Json): Result<Value, string> {
  if (json === null || typeof json === 'object') return mismatch(type, json);
  switch (type) {
    case 'string':
      return success(scalarText(json));
    case 'long':
      return longFrom(json);
    case 'double':
      return doubleFrom(json);
    case 'boolean':
      return booleanFrom(json);
  }
}

/** Says that a value has one type and another is wanted. */
export function mismatch(type: string, json: Json): Result<never, string> {
  return failed(`a ${type} is wanted, and ${shown(json)} is a ${jsonTypeName(json)}`);
}

function scalarText(json: string | number | boolean): string {
  return typeof json === 'number' && !Number.isSafeInteger(json) ? text(json) : String(json);
}

function longFrom(json: string | number | boolean): Result<Value, string> {
  if (typeof json === 'boolean') return mismatch('long', json);
  if (typeof json === 'number') {
    if (!Number.isInteger(json)) return mismatch('long', json);
    if (Number.isSafeInteger(json)) return success(BigInt(json));
    return failed(
      `the number ${String(json)} is beyond ±2^53, where JSON is not exact: give the long as a string of digits`,
    );
  }
  const digits = json.trim();
  if (!INTEGER.test(digits)) return mismatch('long', json);
  const value = BigInt(digits.replace(/^\+/u, ''));
  if (value < LEAST_LONG || value > GREATEST_LONG) return failed(`a long has 64 bits, and ${digits} does not fit`);
  return success(value);
}

function doubleFrom(json: string | number | boolean): Result<Value, string> {
  if (typeof json === 'number') return success(json);
  if (typeof json === 'boolean') return mismatch('double', json);
  const digits = json.trim();
  if (digits === 'NaN' || digits === 'Infinity' || digits === '-Infinity') return success(Number(digits));
  if (!DECIMAL.test(digits)) return mismatch('double', json);
  const value = Number(digits);
  return Number.isFinite(value) ? success(value) : failed(`the double ${shown(json)} is too large`);
}

function booleanFrom(json: string | number | boolean): Result<Value, string> {
  if (typeof json === 'boolean') return success(json);
  if (typeof json === 'number') return mismatch('boolean', json);
  const word = json.trim().toLowerCase();
  if (word === 'true' || word === 'false') return success(word === 'true');
  return mismatch('boolean', json);
}

function shown(json: Json): string {
  const whole = JSON.stringify(json);
  return whole.length <= SHOWN ? whole : `${whole.slice(0, SHOWN)}…`;
}
