// Parameters: a bare value whose type is inferred, or `{ type, value | expression, mode }`.

import { type ValueType } from '../../expression/value.ts';
import { PARAM_MODES, type ParamMode } from '../../params/mode.ts';
import { type ParamDeclaration } from '../model.ts';
import { PARAM_KEYS } from '../schema.ts';
import { VALUE_TYPES } from '../schema-parts.ts';
import { type Fields, readEntries, readFields } from './fields.ts';
import { readBareValue, readTypedValue } from './json-values.ts';
import { PARAM_LATER } from './not-yet.ts';
import { readLooseText, readWord } from './scalars.ts';
import { type Spot, doubt, keyOf, nodeName, report } from './spot.ts';

const MOST_PARAMS = 1000;

/** Reads the declarations; one whose value is wrong stays in the model, in doubt. */
export function readParams(spot: Spot): readonly ParamDeclaration[] {
  if (spot.node.kind !== 'map') {
    const message = `${keyOf(spot)} must be a map of names and values, and this is ${nodeName(spot.node)}.`;
    report(spot, 'wrong-type', message, { hint: 'Write them as `name: value` on lines of their own.' });
    return [];
  }
  if (spot.node.entries.size > MOST_PARAMS) {
    const message = `The workflow has ${String(spot.node.entries.size)} parameters, and ${String(MOST_PARAMS)} are the most.`;
    report(spot, 'too-many-params', message, { hint: 'Put values that belong together into one parameter, a map.' });
  }
  return readEntries(spot, spot.node).map(([name, param]) => {
    const declared = isDeclaration(param) ? readDeclaration(param) : readBareValue(param);
    if (declared === undefined) doubt(param.reading, param.path);
    return { name, type: 'string', ...declared };
  });
}

/** A map that has any of a declaration's keys is one; any other is a value. */
function isDeclaration({ node }: Spot): boolean {
  return node.kind === 'map' && PARAM_KEYS.some((key) => node.entries.has(key));
}

function readDeclaration(spot: Spot): Omit<ParamDeclaration, 'name'> | undefined {
  const fields = readFields(spot, { what: 'a parameter', keys: PARAM_KEYS, later: PARAM_LATER });
  if (fields === undefined) return undefined;
  const mode = fields.get('mode');
  const word = mode && readWord(mode, PARAM_MODES);
  const content = fields.has('expression') ? readComputed(spot, fields) : readPlain(spot, fields);
  if (content !== undefined) reportNobody(spot, content, word);
  const isDefault = word === undefined || word === 'mutable';
  return content && { ...content, ...(isDefault ? {} : { mode: word }) };
}

type Content = Omit<ParamDeclaration, 'name' | 'mode'>;

function readPlain(spot: Spot, fields: Fields): Content | undefined {
  const type = fields.get('type');
  const value = fields.get('value');
  if (type === undefined && value === undefined && fields.has('mode')) reportNoType(spot);
  if (type === undefined) return value && readBareValue(value);
  const known = readType(type);
  if (known === undefined || value === undefined) return known && { type: known };
  return readTypedValue(value, known);
}

function readComputed(spot: Spot, fields: Fields): Content | undefined {
  const type = fields.get('type');
  const value = fields.get('value');
  const expression = fields.get('expression');
  if (value !== undefined) {
    const message = `${keyOf(spot)} has a \`value\` and an \`expression\`, and only one of them can hold.`;
    const place = value.keyAt === undefined ? {} : { at: value.keyAt };
    report(value, 'two-kinds', message, { hint: 'Remove one of them.', ...place });
  }
  if (type === undefined) reportNoType(spot);
  const source = expression && readExpression(expression);
  const known = type && readType(type);
  if (known === undefined || source === undefined || value !== undefined) return undefined;
  return { type: known, expression: source };
}

/** A number or a boolean is an expression too. */
function readExpression(spot: Spot): string | undefined {
  const text = readLooseText(spot);
  if (text?.trim() !== '') return text;
  report(spot, 'wrong-type', `${keyOf(spot)} is empty.`, { hint: 'For example expression: "island.toUpperCase()"' });
  return undefined;
}

function reportNoType(spot: Spot): void {
  report(spot, 'missing-key', `${keyOf(spot)} needs a \`type\`: only a \`value\` shows by itself what type it has.`, {
    hint: `Write one of ${VALUE_TYPES.join(', ')}.`,
  });
}

/** What nobody may set and nothing gives could never have a value. */
function reportNobody(spot: Spot, { value, expression }: Content, mode: ParamMode | undefined): void {
  if (value !== undefined || expression !== undefined) return;
  if (mode !== 'immutable' && mode !== 'constant') return;
  const message = `${keyOf(spot)} has no value, and as it is ${mode}, no start may give one.`;
  report(spot, 'missing-key', message, { hint: 'Give it a `value` or an `expression`, or make it mutable_on_start.' });
}

/** Reads the name of a type, in any case. */
export function readType(spot: Spot): ValueType | undefined {
  return readWord(spot, VALUE_TYPES);
}
