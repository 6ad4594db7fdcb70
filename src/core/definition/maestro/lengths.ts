// Lengths of time as Maestro takes them (maestro-behaviour §1.6): seconds as a number or its digits, or a text such as
// `1 hour 30min`. Words that are no unit are not counted, as there.

import { type Milliseconds } from '../../time.ts';
import { type Spot, keyOf, nodeName, report } from '../reading/spot.ts';
import { reportNotYet } from './fields.ts';
import { hasMarks } from './text-template.ts';

const SECOND = 1000;
const DAY = 86_400 * SECOND;
const LONGEST = 120 * DAY;

const UNITS: ReadonlyMap<string, Milliseconds> = new Map([
  ...named(DAY, 'd', 'day', 'days'),
  ...named(3600 * SECOND, 'h', 'hour', 'hours'),
  ...named(60 * SECOND, 'min', 'minute', 'minutes'),
  ...named(SECOND, 's', 'sec', 'second', 'seconds'),
  ...named(1, 'ms', 'millisecond', 'milliseconds'),
]);

/** Reads a text as a length of time; undefined if it is none. */
export function parseLength(text: string): Milliseconds | undefined {
  if (/^\s*-?\d+\s*$/u.test(text)) return Number(text) * SECOND;
  let sum = 0;
  let isAny = false;
  for (const [, digits, word] of text.matchAll(/(\d+)\s*([a-z]+)/giu)) {
    const unit = UNITS.get((word ?? '').toLowerCase());
    if (unit === undefined) continue;
    sum += Number(digits) * unit;
    isAny = true;
  }
  return isAny ? sum : undefined;
}

/** Reads a length of time that is more than nothing and at most `longest`; what is none is told. */
export function lengthOf(spot: Spot, longest: Milliseconds = LONGEST): Milliseconds | undefined {
  const { node } = spot;
  const value = node.kind === 'scalar' ? node.value : null;
  if (typeof value === 'string' && hasMarks(value)) {
    reportNotYet(spot, `A parameter in ${keyOf(spot)}`, 'Write the length itself, such as "2 hours".');
    return undefined;
  }
  const length = typeof value === 'string' ? parseLength(value) : secondsOf(value);
  if (length !== undefined && length > 0 && length <= longest) return length;
  const given = node.kind === 'scalar' && node.source !== '' ? `"${node.source}"` : nodeName(node);
  const most = `${String(longest / SECOND)} seconds`;
  const message = `${keyOf(spot)} must be a number of seconds or a text such as "1 hour 30 min", more than 0 and at most ${most}, and this is ${given}.`;
  report(spot, 'bad-duration', message);
  return undefined;
}

function secondsOf(value: null | boolean | bigint | number): Milliseconds | undefined {
  return typeof value === 'bigint' ? Number(value) * SECOND : undefined;
}

function named(unit: Milliseconds, ...words: readonly string[]): readonly (readonly [string, Milliseconds])[] {
  return words.map((word) => [word, unit]);
}

/** Writes a length of time as Maestro reads it. */
export function writeLength(length: Milliseconds): string {
  return length % SECOND === 0 ? String(length / SECOND) : `${String(length)}ms`;
}
