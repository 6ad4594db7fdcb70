// Values of parameters as one line of YAML 1.1 in plain ASCII, which reads back as the same values of the same types: a text that
// looks like a number stays a text, a DOUBLE without a fraction stays one.

import { type ScalarType } from '../definition/model.ts';
import { type ValueType } from '../expression/value.ts';
import { type Json } from '../json.ts';
import { isJsonArray, isJsonObject } from '../params/infer-type.ts';
import { type ResolvedParam } from '../params/merge.ts';

/** Writes parameters as a map. */
export function yamlMap(params: readonly ResolvedParam[]): string {
  return braced(params.map(({ name, type, value }) => [name, yamlOf(type, value)]));
}

const ITEMS: ReadonlyMap<ValueType, ScalarType> = new Map<ValueType, ScalarType>([
  ['string_array', 'string'],
  ['long_array', 'long'],
  ['double_array', 'double'],
  ['boolean_array', 'boolean'],
]);

function yamlOf(type: ValueType, json: Json): string {
  const item = ITEMS.get(type);
  if (item !== undefined && isJsonArray(json)) return `[${json.map((one) => yamlOf(item, one)).join(', ')}]`;
  if (type === 'long' && typeof json === 'string') return json;
  if (type === 'double' && (typeof json === 'string' || typeof json === 'number')) return doubleText(Number(json));
  return anyText(json);
}

/** Inside a MAP nothing is declared. */
function anyText(json: Json): string {
  if (typeof json === 'string') return quoted(json);
  if (typeof json === 'number') return Number.isSafeInteger(json) ? String(json) : doubleText(json);
  if (isJsonArray(json)) return `[${json.map(anyText).join(', ')}]`;
  if (isJsonObject(json)) return braced(Object.entries(json).map(([key, member]) => [key, anyText(member)]));
  return String(json);
}

function braced(entries: readonly (readonly [name: string, value: string])[]): string {
  return `{${entries.map(([name, value]) => `${quoted(name)}: ${value}`).join(', ')}}`;
}

/** YAML 1.1 takes what has no dot for something else than a number with a fraction. */
function doubleText(number: number): string {
  if (Number.isNaN(number)) return '.nan';
  if (!Number.isFinite(number)) return number > 0 ? '.inf' : '-.inf';
  const [mantissa = '0', exponent] = String(number).split('e');
  const whole = mantissa.includes('.') ? mantissa : `${mantissa}.0`;
  return exponent === undefined ? whole : `${whole}e${exponent}`;
}

/** What ends a line, what cannot be seen and what is not ASCII is escaped. */
function quoted(text: string): string {
  const inside = Array.from(text, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    return character >= ' ' && character <= '~' ? character : escaped(character.codePointAt(0) ?? 0);
  });
  return `"${inside.join('')}"`;
}

/** Half of a surrogate pair is no character. */
function escaped(code: number): string {
  if (code === 0x0a) return String.raw`\n`;
  if (code >= 0xd800 && code <= 0xdfff) return String.raw`\ufffd`;
  const digits = code.toString(16);
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
