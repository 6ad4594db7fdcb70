// Parameters: a bare value whose type is inferred, or `{ type, value }`.

import { type ValueType } from '../../expression/value.ts';
import { type ParamDeclaration } from '../model.ts';
import { PARAM_KEYS, VALUE_TYPES } from '../schema.ts';
import { readEntries, readFields } from './fields.ts';
import { readBareValue, readTypedValue } from './json-values.ts';
import { PARAM_LATER } from './not-yet.ts';
import { readWord } from './scalars.ts';
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
  if (node.kind !== 'map') return false;
  return [...PARAM_KEYS, 'expression', 'mode'].some((key) => node.entries.has(key));
}

function readDeclaration(spot: Spot): Omit<ParamDeclaration, 'name'> | undefined {
  const fields = readFields(spot, { what: 'a parameter', keys: PARAM_KEYS, later: PARAM_LATER });
  const type = fields?.get('type');
  const value = fields?.get('value');
  if (type === undefined) return value === undefined ? undefined : readBareValue(value);
  const known = readType(type);
  if (known === undefined || value === undefined) return known && { type: known };
  return readTypedValue(value, known);
}

/** Reads the name of a type, in any case. */
export function readType(spot: Spot): ValueType | undefined {
  return readWord(spot, VALUE_TYPES);
}
