// The times that a backfill is for: of a year over both changes of the clocks, and what days mean in a zone.

import { describe, expect, test } from 'vitest';

import { type TimeTrigger } from '../../../src/core/definition/model.ts';
import { readBound, ticksBetween } from '../../../src/core/trigger/ticks-between.ts';
import { localAt } from '../../../src/core/trigger/zone.ts';

const madrid = 'Europe/Madrid';
const cron = (text: string): TimeTrigger => ({
  kind: 'cron',
  name: 'cron',
  cron: text,
  timezone: madrid,
  catchUp: 'none',
  params: [],
});
const every = (milliseconds: number): TimeTrigger => ({
  kind: 'every',
  name: 'every',
  every: milliseconds,
  catchUp: 'none',
  params: [],
});
const hour = 3_600_000;

function bound(text: string, end: 'from' | 'to'): number {
  const at = readBound(text, madrid, end);
  if (at === undefined) throw new Error(`${text} is no time`);
  return at;
}

describe('a year of a daily trigger', () => {
  const span = { from: bound('2026-01-01', 'from'), to: bound('2026-12-31', 'to') };

  test.each(['30 2 * * *', '0 6 * * *', '0 0 * * *'])('%s has a time for each day, also when clocks change', (text) => {
    const ticks = ticksBetween(cron(text), span, { most: 1_000 });
    expect(ticks).toHaveLength(365);
    const days = ticks.map((tick) => new Date(localAt(madrid, tick)).toISOString().slice(0, 10));
    expect(new Set(days).size).toBe(365);
  });

  test('every hour has 8,760 of them, as the clocks lose one and gain one', () => {
    expect(ticksBetween(cron('0 * * * *'), span, { most: 10_000 })).toHaveLength(8_760);
  });

  test('no more are made than are asked for', () => {
    expect(ticksBetween(cron('* * * * *'), span, { most: 10_001 })).toHaveLength(10_001);
  });
});

test('the times of an interval are counted back from the next one that its trigger waits for', () => {
  const next = Date.UTC(2026, 0, 2, 0, 20);
  const ticks = ticksBetween(
    every(hour),
    { from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 0, 1, 3) },
    { next, most: 9 },
  );
  expect(ticks.map((tick) => new Date(tick).toISOString().slice(11, 16))).toEqual(['00:20', '01:20', '02:20']);
});

test('without a trigger the times of an interval are counted from the first moment', () => {
  const from = Date.UTC(2026, 0, 1, 0, 5);
  const ticks = ticksBetween(every(hour), { from, to: from + 2 * hour }, { most: 9 });
  expect(ticks).toEqual([from, from + hour, from + 2 * hour]);
});

describe('a bound', () => {
  test.each([
    ['2026-03-29', 'from', '2026-03-28T23:00:00.000Z'],
    ['2026-03-29', 'to', '2026-03-29T21:59:59.999Z'],
    ['2026-10-25', 'from', '2026-10-24T22:00:00.000Z'],
    ['2026-10-25', 'to', '2026-10-25T22:59:59.999Z'],
    ['2026-01-05 06:00', 'from', '2026-01-05T05:00:00.000Z'],
    ['2026-01-05T06:00Z', 'to', '2026-01-05T06:00:00.000Z'],
  ] as const)('%s as %s is %s', (text, end, at) => {
    expect(new Date(bound(text, end)).toISOString()).toBe(at);
  });

  test.each(['2026-02-30', 'yesterday', '2026-13-01', '', '2026-01-05T25:00Z'])('%s is none', (text) => {
    expect(readBound(text, madrid, 'from')).toBeUndefined();
  });
});
