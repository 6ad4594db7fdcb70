// Lengths of time: `500ms 10s 5m 6h 2d`, several together as `1h 30m`, a plain number as seconds.

import { type Milliseconds } from '../../time.ts';
import { type Spot, keyOf, nodeName, report } from './spot.ts';

const DAY = 86_400_000;

const LONGEST_DURATION: Milliseconds = 120 * DAY;

const UNITS: ReadonlyMap<string, Milliseconds> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', DAY],
]);

const PART = /\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*/iuy;

/** Reads a duration's text; undefined if it is none. Fractions of a millisecond are rounded. */
export function parseDuration(text: string): Milliseconds | undefined {
  if (/^\s*\d+(?:\.\d+)?\s*$/u.test(text)) return Math.round(Number(text) * 1000);
  let sum = 0;
  let end = 0;
  PART.lastIndex = 0;
  for (let part = PART.exec(text); part !== null; part = PART.exec(text)) {
    const unit = UNITS.get(part[2]?.toLowerCase() ?? '');
    if (unit === undefined) return undefined;
    sum += Number(part[1]) * unit;
    end = PART.lastIndex;
  }
  return end > 0 && end === text.length ? Math.round(sum) : undefined;
}

/** Reads a duration that is at least `least`. */
export function readDuration(spot: Spot, least: Milliseconds = 1): Milliseconds | undefined {
  const { node } = spot;
  const duration = node.kind === 'scalar' ? scalarDuration(node.value) : undefined;
  if (duration !== undefined && duration >= least && duration <= LONGEST_DURATION) return duration;
  if (duration === undefined) reportForm(spot);
  else {
    const bound = duration < least ? 'longer than nothing' : 'at most 120d';
    report(spot, 'bad-duration', `${keyOf(spot)} must be ${bound}.`);
  }
  return undefined;
}

function scalarDuration(value: null | boolean | bigint | number | string): Milliseconds | undefined {
  if (typeof value === 'string') return parseDuration(value);
  if (typeof value !== 'bigint' && typeof value !== 'number') return undefined;
  return Math.round(Number(value) * 1000);
}

function reportForm(spot: Spot): void {
  const { node } = spot;
  const given = node.kind === 'scalar' && node.source !== '' ? `"${node.source}"` : nodeName(node);
  const meant = node.kind === 'scalar' ? shortUnits(node.source) : undefined;
  report(
    spot,
    'bad-duration',
    `${keyOf(spot)} must be a length of time such as 500ms, 10s, 5m, 6h or 2d, and this is ${given}.`,
    {
      ...(meant === undefined ? {} : { hint: `Did you mean ${meant}?`, suggestion: meant }),
    },
  );
}

/** `10 minutes` as `10m`, if it is only the long words that are wrong. */
function shortUnits(text: string): string | undefined {
  const short = text
    .toLowerCase()
    .replace(
      /\s*\b(\d+(?:\.\d+)?)\s*(milli|[smhdw])[a-z]*/gu,
      (_, digits: string, unit: string) => `${digits}${unit === 'milli' ? 'ms' : unit} `,
    )
    .trim();
  return short !== text && parseDuration(short) !== undefined ? short : undefined;
}
