// How a value is shown, concatenated and rendered into templates: as Java shows it, arrays and maps as compact JSON.

import { madeText } from './library/made-text.ts';
import { type Made, type Thing, type ThingMap } from './thing.ts';

/** Shows a value as text: `1.0` for a DOUBLE of one, `null` for NULL, compact JSON for arrays and maps. */
export function text(value: Thing): string {
  return typeof value === 'string' ? value : isMade(value) ? madeText(value) : compact(value);
}

function compact(value: Thing): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return doubleText(value);
  if (typeof value === 'object') return value === null ? 'null' : compactObject(value);
  return value.toString();
}

function compactObject(value: readonly Thing[] | ThingMap | Made): string {
  if (isArray(value)) return `[${value.map(compact).join(',')}]`;
  if (!isMap(value)) return JSON.stringify(madeText(value));
  return `{${Array.from(value, ([key, member]) => `${JSON.stringify(key)}:${compact(member)}`).join(',')}}`;
}

/** Tells arrays from the other values, which `Array.isArray` does not for readonly arrays. */
export function isArray(value: Thing): value is readonly Thing[] {
  return Array.isArray(value);
}

/** Tells maps from the other values. */
export function isMap(value: Thing): value is ThingMap {
  return value instanceof Map;
}

/** Tells the language's objects from the other values. */
export function isMade(value: Thing): value is Made {
  return typeof value === 'object' && value !== null && !isArray(value) && !isMap(value);
}

const PLAIN_FROM = 1e-3;
const PLAIN_TO = 1e7;

/** Java's `Double.toString`: plain between 0.001 and 10,000,000, else `1.0E7`; always with a fraction. */
function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= PLAIN_FROM && size < PLAIN_TO) return withFraction(String(value));
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${withFraction(mantissa)}E${exponent.replace('+', '')}`;
}

function withFraction(digits: string): string {
  return digits.includes('.') ? digits : `${digits}.0`;
}
