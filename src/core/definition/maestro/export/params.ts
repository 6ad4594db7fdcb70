// Parameters as Maestro writes them.

import { type ValueType } from '../../../expression/value.ts';
import { type Json, type JsonObject } from '../../../json.ts';
import { isJsonArray, isJsonObject } from '../../../params/infer-type.ts';
import { type FirstValue, type LoopValues, type ParamDeclaration } from '../../model.ts';
import { textFrom } from '../text-template.ts';

/** Writes parameters by their names. */
export function paramsJson(params: readonly ParamDeclaration[]): JsonObject {
  return Object.fromEntries(params.map((param) => [param.name, paramJson(param)]));
}

function paramJson({ type, value, expression, members, mode }: ParamDeclaration): JsonObject {
  return {
    type: typeWord(type),
    ...(expression === undefined ? {} : { expression }),
    ...(members === undefined ? {} : { value: paramsJson(members) }),
    ...(value === undefined ? {} : { value: literalJson(value) }),
    ...(mode === undefined ? {} : { mode: mode.toUpperCase() }),
  };
}

function typeWord(type: ValueType): string {
  return type.toUpperCase();
}

/** Writes a literal, whose texts are templates of ours; keys are texts too. */
export function literalJson(json: Json): Json {
  if (typeof json === 'string') return textOf(json);
  if (isJsonArray(json)) return json.map(literalJson);
  if (!isJsonObject(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([key, member]) => [textOf(key), literalJson(member)]));
}

/** Every template that was imported can be written back. */
function textOf(template: string): string {
  return textFrom(template) ?? template;
}

/** Writes what a foreach goes over. */
export function overJson(over: readonly LoopValues[]): JsonObject {
  const members = over.map((values): readonly [string, JsonObject] => {
    const type = `${(values.type ?? 'string').toUpperCase()}_ARRAY`;
    const content = 'values' in values ? { value: literalJson(values.values) } : { expression: values.expression };
    return [values.name, { type, ...content }];
  });
  return { type: 'MAP', value: Object.fromEntries(members) };
}

/** Writes the first values of a while. */
export function firstJson(values: readonly FirstValue[]): JsonObject {
  const members = values.map(({ name, type, value, expression }): readonly [string, JsonObject] => {
    const content = expression === undefined ? { value: literalJson(value) } : { expression };
    return [name, { type: typeWord(type), ...content }];
  });
  return { type: 'MAP', value: Object.fromEntries(members) };
}
