// Values written as text: a step's `name=value` outputs and the command line's `-p name=value`.

import { type Value, type ValueType } from '../expression/value.ts';
import { type Json } from '../json.ts';
import { type Result, failed, success } from '../result.ts';
import { fromJson } from './value.ts';

/** Reads a text as a value of the type: a STRING is the text as it stands, arrays and maps are JSON. */
export function parseText(type: ValueType, text: string): Result<Value, string> {
  if (type === 'string' || type === 'long' || type === 'double' || type === 'boolean') return fromJson(type, text);
  const json = parseJson(text);
  if (!json.ok) return failed(`a ${type} is written as JSON, and the text is not JSON: ${json.failure}`);
  return fromJson(type, json.value);
}

function parseJson(text: string): Result<Json, string> {
  try {
    return success(JSON.parse(text) as Json);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}
