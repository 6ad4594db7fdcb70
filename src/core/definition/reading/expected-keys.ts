// The keys for each of whose values a signal is expected: `for: { island: [Biscoe, Dream] }`.

import { type Json } from '../../json.ts';
import { type ExpectedKey } from '../trigger-model.ts';
import { readEntries } from './fields.ts';
import { readJson } from './json-values.ts';
import { itemsOf } from './scalars.ts';
import { type Spot, doubt, keyOf, nodeName, report } from './spot.ts';

const HINT = 'For example: for: { island: [Biscoe, Dream] }.';
const LONGEST_VALUE = 60;

/** Reads the keys; none if they cannot be read. */
export function readExpectedKeys(spot: Spot): readonly ExpectedKey[] {
  const keys = spot.node.kind === 'map' ? readEntries(spot, spot.node).flatMap(readKey) : [];
  if (spot.node.kind !== 'map' || spot.node.entries.size === 0) {
    const message = `${keyOf(spot)} must be a map of parameters of the signal and their values, and this is ${spot.node.kind === 'map' ? 'empty' : nodeName(spot.node)}.`;
    report(spot, 'wrong-type', message, { hint: HINT });
  }
  if (spot.node.kind !== 'map' || keys.length < spot.node.entries.size || keys.length === 0)
    doubt(spot.reading, spot.path);
  return keys;
}

/** One value may stand without a list. */
function readKey([param, spot]: readonly [string, Spot]): readonly ExpectedKey[] {
  const items = spot.node.kind === 'list' ? itemsOf(spot) : [spot];
  const values = items.flatMap(readValue);
  if (items.length === 0) report(spot, 'wrong-type', `${keyOf(spot)} has no values.`, { hint: HINT });
  const twice = values.find((value, index) => values.indexOf(value) < index);
  if (twice !== undefined)
    report(spot, 'duplicate-name', `${JSON.stringify(twice)} stands twice under ${keyOf(spot)}.`);
  return values.length === 0 || values.length < items.length || twice !== undefined ? [] : [{ param, values }];
}

function readValue(spot: Spot): readonly Json[] {
  const value = spot.node.kind === 'scalar' ? readJson(spot) : null;
  // What cannot be read has been told.
  if (value === undefined) return [];
  const text = value === null || typeof value === 'object' ? '' : String(value);
  if (/[a-zA-Z0-9]/u.test(text) && text.length <= LONGEST_VALUE) return [value];
  const what = text === '' ? nodeName(spot.node) : JSON.stringify(text.slice(0, LONGEST_VALUE));
  report(
    spot,
    'wrong-type',
    `A value of a key must be a text, a number or a boolean of 1 to ${String(LONGEST_VALUE)} characters with a letter or digit in it, and this is ${what}.`,
    { hint: 'The trigger for this value is named by it.' },
  );
  return [];
}
