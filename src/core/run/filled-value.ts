// A value that is written as a template or an expression, and only known in the run.

import { type ExpressionFault } from '../expression/fault.ts';
import { type Json } from '../json.ts';
import { bareJson } from '../params/bare.ts';
import { type Result, success } from '../result.ts';
import { evaluateIn, fillIn } from './evaluation.ts';
import { type Level } from './level.ts';

/** How such a value is written. */
export interface WrittenValue {
  readonly name: string;
  readonly value?: Json;
  readonly expression?: string;
  readonly type?: string;
}

/** What it is in the run. A text and a number never match, so it says by its type which of them it is. */
export function filledValue(
  level: Level,
  { name, value, expression, type }: WrittenValue,
): Result<Json, ExpressionFault> {
  if (expression !== undefined) {
    const evaluated = evaluateIn(level, expression);
    return evaluated.ok ? success(typed(bareJson(evaluated.value), type)) : evaluated;
  }
  const filled = fillIn(level, [{ name, value: value ?? null }]);
  return filled.ok ? success(typed(filled.value[0]?.value ?? null, type)) : filled;
}

/** The name of a signal as it is in the run. */
export function filledName(level: Level, template: string): Result<string, ExpressionFault> {
  const filled = filledValue(level, { name: 'name', value: template, type: 'string' });
  if (!filled.ok) return filled;
  return success(typeof filled.value === 'string' ? filled.value : JSON.stringify(filled.value));
}

function typed(json: Json, type: string | undefined): Json {
  if (type === 'long' && typeof json === 'string' && /^-?\d{1,15}$/u.test(json)) return Number(json);
  return type === 'string' && typeof json === 'number' ? String(json) : json;
}
