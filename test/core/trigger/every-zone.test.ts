// Every time zone there is: cron expressions against what a clock on a wall shows, minute by minute. The rule stands in words
// at the top of oracle.py, which knows zones from the machine's own tables, and neither Intl nor croner.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';

import { ticksAfter } from '../../../src/core/trigger/schedule.ts';
import { changeAfter, offsetAt } from '../../../src/core/trigger/zone.ts';

const HOUR = 3_600;
const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
const from = Date.UTC(2011, 0) / 1000;
const to = Date.UTC(2028, 0) / 1000;
const recent = Date.UTC(2024, 0) / 1000;
const margin = 9 * HOUR;
/** The tables of the machine and of Node.js are of different days. */
const mostUnlike = 8;

const expressions = [
  '*/15 * * * *',
  '@hourly',
  '30 2 * * *',
  '*/20 2 * * *',
  '0,45 0-3 * * *',
  '0 */2 * * *',
  '0 0 * * *',
  '15,30 1,23 * * *',
  '59 23 L * *',
  '0 30 3 * * sun',
];
const calendars = [
  '0 6 L * *',
  '30 12 * * 5#2',
  '0 18 * * 5L',
  '0 0 29 2 *',
  '0 9 1-7 * 1',
  '15 10 ? * MON-FRI',
  '0 0 12 1 MAR,may ? 2028',
  '@monthly',
  '@weekly',
  '5-59/20 8-17/3 * 3-10/2 0,6',
];
const calendarZones = ['UTC', 'Europe/Madrid', 'Australia/Lord_Howe'];
const begin = Date.UTC(2028, 1, 1) / 1000;
const end = Date.UTC(2028, 5, 10) / 1000;

type Jump = readonly [second: number, before: number, after: number];
interface Told {
  readonly zones: Readonly<Record<string, readonly Jump[]>>;
  /** What each expression fires around a jump, under its three numbers. */
  readonly jumps: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly stretches: readonly (readonly (readonly number[])[])[];
}

let told: Told;
let alike: readonly string[];

beforeAll(() => {
  told = askOracle({
    zones,
    from,
    to,
    margin,
    expressions,
    stretches: calendarZones.map((zone) => [zone, begin, end, calendars]),
  });
  alike = zones.filter((zone) => JSON.stringify(told.zones[zone]) === JSON.stringify(jumpsOf(zone)));
}, 120_000);

test('the machine and Node.js know the same zones, but for news that have reached one of them only', () => {
  expect(zones.length).toBeGreaterThan(400);
  expect(zones.filter((zone) => !alike.includes(zone)).length).toBeLessThanOrEqual(mostUnlike);
});

describe('wherever clocks jump', () => {
  test('every kind of jump since 2011, in one zone that has it', () => {
    const seen = new Set<string>();
    for (const zone of alike) {
      const unseen = (told.zones[zone] ?? []).filter((jump) => !seen.has(jump.join(' ')));
      for (const jump of unseen) {
        seen.add(jump.join(' '));
        compare(zone, jump);
      }
    }
    expect(seen.size).toBeGreaterThan(500);
  }, 60_000);

  test('every zone, from 2024 on', () => {
    for (const zone of alike) {
      for (const jump of told.zones[zone] ?? []) if (jump[0] >= recent) compare(zone, jump);
    }
  }, 60_000);
});

test('where clocks do not jump, a day has its times, in every zone', () => {
  for (const zone of alike.filter((one) => told.zones[one]?.every(([second]) => second < recent))) {
    const offset = offsetAt(zone, recent * 1000) / 1000;
    const midnight = recent * 1000 - offset * 1000;
    const expected = Array.from({ length: 10 }, (_, day) => midnight + (day * 24 + 2.5) * HOUR * 1000);
    expect(ticksAfter('30 2 * * *', zone, midnight, 10), zone).toEqual(expected);
  }
});

test.each(calendars.map((cron, place) => [cron, place] as const))(
  'the calendar of %s, in a leap year',
  (cron, place) => {
    for (const [index, zone] of calendarZones.entries()) {
      const expected = told.stretches[index]?.[place] ?? [];
      expect(expected.length, `${cron} in ${zone}`).toBeGreaterThan(0);
      expect(firesWithin(cron, zone, begin, end), `${cron} in ${zone}`).toEqual(expected);
    }
  },
);

/** Compares what all expressions fire around a jump. */
function compare(zone: string, jump: Jump): void {
  const expected = told.jumps[jump.join(' ')] ?? [];
  const [second] = jump;
  const found = expressions.map((cron) => firesWithin(cron, zone, second - margin, second + margin));
  if (JSON.stringify(found) === JSON.stringify(expected)) return;
  for (const [place, cron] of expressions.entries()) {
    expect(found[place]?.map(iso), `${cron} in ${zone} around ${iso(second)}`).toEqual(expected[place]?.map(iso));
  }
}

function firesWithin(cron: string, zone: string, after: number, until: number): readonly number[] {
  const fires: number[] = [];
  for (let [fire] = ticksAfter(cron, zone, after * 1000, 1); fire !== undefined && fire <= until * 1000;) {
    fires.push(fire / 1000);
    [fire] = ticksAfter(cron, zone, fire, 1);
  }
  return fires;
}

function jumpsOf(zone: string): readonly Jump[] {
  const found: Jump[] = [];
  for (let last = from * 1000; ;) {
    const next = changeAfter(zone, last, to * 1000);
    if (next === undefined) return found;
    found.push([next / 1000, offsetAt(zone, next - 1000) / 1000, offsetAt(zone, next) / 1000]);
    last = next;
  }
}

function iso(second: number): string {
  return new Date(second * 1000).toISOString();
}

function askOracle(question: object): Told {
  const script = fileURLToPath(new URL('oracle.py', import.meta.url));
  try {
    const answer = execFileSync('python3', [script], { input: JSON.stringify(question), maxBuffer: 256 * 2 ** 20 });
    return JSON.parse(answer.toString('utf8')) as Told;
  } catch (cause) {
    const needed = 'python3 (3.9 or newer) on the PATH and the tables of time zones';
    throw new Error(`These tests need ${needed}: install them (apt-get install python3 tzdata).`, { cause });
  }
}
