// Parameters of workflows and steps (maestro-behaviour §3.1): type, mode, and a literal or an expression. The members of a
// MAP are parameters themselves.

import { type ValueType } from '../../expression/value.ts';
import { type Json } from '../../json.ts';
import { isJsonArray, isJsonObject } from '../../params/infer-type.ts';
import { PARAM_MODES, type ParamMode } from '../../params/mode.ts';
import { fromJson, toJson } from '../../params/value.ts';
import { type ParamDeclaration } from '../model.ts';
import { referenceIdFaults } from '../identifiers.ts';
import { type Fields, readEntries } from '../reading/fields.ts';
import { readBareValue, readJson } from '../reading/json-values.ts';
import { type Spot, keyOf, nodeName, report } from '../reading/spot.ts';
import { VALUE_TYPES } from '../schema-parts.ts';
import { checkName, expressionOf, fieldsOf, isNull, wordOf } from './fields.ts';
import { templateFrom } from './text-template.ts';

const KEYS = ['value', 'expression', 'type', 'mode', 'tags', 'validator', 'name'];
const NOT_SETTABLE = ['source', 'internal_mode', 'meta', 'evaluated_result', 'evaluated_time'];
const TYPES: ReadonlyMap<string, ValueType> = new Map(VALUE_TYPES.map((type) => [type, type]));
const MODES: ReadonlyMap<string, ParamMode> = new Map(PARAM_MODES.map((mode) => [mode, mode]));

/** Reads a map of parameters. */
export function paramsOf(spot: Spot | undefined): readonly ParamDeclaration[] {
  return paramSpots(spot).flatMap(([name, member]) => {
    checkName(member, 'the name of a parameter', name, referenceIdFaults);
    return paramOf(name, member) ?? [];
  });
}

/** The entries of a map of parameters; what is no map is told. */
export function paramSpots(spot: Spot | undefined): readonly (readonly [string, Spot])[] {
  if (spot === undefined) return [];
  const { node } = spot;
  if (node.kind === 'map') return readEntries(spot, node);
  const message = `${keyOf(spot)} must be a map of names and parameters, and this is ${nodeName(node)}.`;
  report(spot, 'wrong-type', message, { hint: 'Write it as {"x": {"type": "LONG", "value": 1}}.' });
  return [];
}

/** Reads one parameter; undefined, and told, if it is none. */
export function paramOf(name: string, spot: Spot): ParamDeclaration | undefined {
  reportNotSettable(spot);
  const fields = fieldsOf(spot, { what: 'a parameter', keys: [...KEYS, ...NOT_SETTABLE] });
  if (spot.node.kind !== 'map') return undefined;
  const mode = fields.get('mode');
  const word = mode && wordOf(mode, MODES);
  const content = contentOf(spot, fields);
  return content && { name, ...content, ...(word === undefined || word === 'mutable' ? {} : { mode: word }) };
}

type Content = Omit<ParamDeclaration, 'name' | 'mode'>;

function contentOf(spot: Spot, fields: Fields): Content | undefined {
  const typeSpot = fields.get('type');
  const type = typeSpot && wordOf(typeSpot, TYPES);
  const value = fields.get('value');
  const expression = fields.get('expression');
  if (typeSpot !== undefined && type === undefined) return undefined;
  if ((value === undefined) === (expression === undefined)) {
    const given = value === undefined ? 'neither' : 'both';
    report(
      spot,
      'value-xor-expression',
      `${keyOf(spot)} must have a \`value\` or an \`expression\`, and it has ${given}.`,
    );
    return undefined;
  }
  if (expression !== undefined) return computed(expression, type ?? 'string');
  return value && literalOf(value, type);
}

function computed(spot: Spot, type: ValueType): Content | undefined {
  const expression = expressionOf(spot);
  return expression === undefined ? undefined : { type, expression };
}

function literalOf(spot: Spot, type: ValueType | undefined): Content | undefined {
  const wanted = type ?? readBareValue(spot)?.type;
  if (wanted === undefined) return undefined;
  return wanted === 'map' ? mapOf(spot) : literalAs(spot, wanted);
}

/** Reads a literal of any type but MAP; texts become templates of ours. */
export function literalAs(spot: Spot, type: ValueType): { readonly type: ValueType; readonly value: Json } | undefined {
  const json = readJson(spot);
  if (json === undefined) return undefined;
  const value = fromJson(type, json);
  if (value.ok) return { type, value: withTemplates(type, toJson(type, value.value)) };
  report(spot, 'wrong-type', `${keyOf(spot)} has a value of another type: ${value.failure}.`);
  return undefined;
}

function mapOf(spot: Spot): Content {
  const members = paramSpots(spot).flatMap(([name, member]) =>
    isNull(member.node) ? [] : (paramOf(name, member) ?? []),
  );
  return { type: 'map', members };
}

function withTemplates(type: ValueType, json: Json): Json {
  const isText = type === 'string' || type === 'string_array' || type === 'string_map';
  return isText ? mapTexts(json) : json;
}

/** Keys count as texts too: they are filled in, as in a STRING_MAP. */
function mapTexts(json: Json): Json {
  if (typeof json === 'string') return templateFrom(json);
  if (isJsonArray(json)) return json.map(mapTexts);
  if (!isJsonObject(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([key, member]) => [templateFrom(key), mapTexts(member)]));
}

function reportNotSettable(spot: Spot): void {
  if (spot.node.kind !== 'map') return;
  for (const [key, member] of readEntries(spot, spot.node)) {
    if (!NOT_SETTABLE.includes(key) || isNull(member.node)) continue;
    const place = member.keyAt === undefined ? {} : { at: member.keyAt };
    report(member, 'not-settable', `\`${key}\` of a parameter is set by the engine, never by a definition.`, place);
  }
}
