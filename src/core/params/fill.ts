// `${name}` in literals: texts, lists of texts, and maps, whose texts are filled in at every depth (the keys of a
// STRING_MAP too). One pass only: what is filled in is not read again. Literals of the other types have no texts.
//
// Maestro's short form `$name` does not exist here: whoever reads Maestro's documents writes it as `${name}`.

import { type ExpressionFault } from '../expression/fault.ts';
import { type Lookup, parseTemplate, render } from '../expression/template.ts';
import { type ValueType } from '../expression/value.ts';
import { type Json } from '../json.ts';
import { type Result, failed, success } from '../result.ts';
import { isJsonArray, isJsonObject } from './infer-type.ts';

/** A text of a literal that could not be filled in. */
export interface FillFault {
  readonly source: string;
  readonly fault: ExpressionFault;
}

/** A text of a literal, and the way to it. */
export interface LiteralText {
  readonly text: string;
  readonly path: readonly string[];
}

type Filled = Result<Json, FillFault>;
type Fill = (text: string) => Result<string, FillFault>;

/** Fills in the names of a literal of the type. */
export function fill(type: ValueType, literal: Json, lookup: Lookup): Filled {
  if (!hasTemplates(type, literal)) return success(literal);
  return mapTexts(type, literal, (source) => {
    const template = parseTemplate(source);
    const filled = template.ok ? render(template.value, lookup) : template;
    return filled.ok ? filled : failed({ source, fault: filled.failure });
  });
}

/** Writes a plain value as a literal that fills in to itself. */
export function quoted(type: ValueType, plain: Json): Json {
  if (!hasTemplates(type, plain)) return plain;
  const literal = mapTexts(type, plain, (text) => success(text.replaceAll('${', () => '$${')));
  return literal.ok ? literal.value : plain;
}

/** Tells whether anything in a literal of the type would be filled in. */
export function hasTemplates(type: ValueType, literal: Json): boolean {
  return textsOf(type, literal).some(({ text }) => text.includes('${'));
}

/** Lists the texts of a literal that are filled in. */
export function textsOf(type: ValueType, literal: Json): readonly LiteralText[] {
  return holdsTexts(type) ? textsIn(literal, [], type === 'string_map') : [];
}

function holdsTexts(type: ValueType): boolean {
  return type === 'string' || type === 'string_array' || type === 'string_map' || type === 'map';
}

function textsIn(json: Json, path: readonly string[], withKeys: boolean): readonly LiteralText[] {
  if (typeof json === 'string') return [{ text: json, path }];
  if (isJsonArray(json)) return json.flatMap((item, index) => textsIn(item, [...path, String(index)], false));
  if (!isJsonObject(json)) return [];
  return Object.entries(json).flatMap(([key, member]) => {
    const inside = textsIn(member, [...path, key], false);
    return withKeys ? [{ text: key, path: [...path, key] }, ...inside] : inside;
  });
}

function mapTexts(type: ValueType, json: Json, change: Fill): Filled {
  return holdsTexts(type) ? mapJson(json, change, type === 'string_map') : success(json);
}

function mapJson(json: Json, change: Fill, withKeys: boolean): Filled {
  if (typeof json === 'string') return change(json);
  if (isJsonArray(json)) {
    const items: Json[] = [];
    for (const item of json) {
      const mapped = mapJson(item, change, false);
      if (!mapped.ok) return mapped;
      items.push(mapped.value);
    }
    return success(items);
  }
  if (!isJsonObject(json)) return success(json);
  const members = new Map<string, Json>();
  for (const [key, member] of Object.entries(json)) {
    const name = withKeys ? change(key) : success(key);
    const mapped = name.ok ? mapJson(member, change, false) : name;
    if (!name.ok || !mapped.ok) return mapped;
    members.set(name.value, mapped.value);
  }
  return success(Object.fromEntries(members));
}
