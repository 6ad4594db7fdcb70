// When cron expressions fire: against the zone's own clock minute by minute, and on the days when that clock jumps.

import { describe, expect, test } from 'vitest';

import { cronProblem, ticksAfter } from '../../../src/core/trigger/schedule.ts';

const MINUTE = 60_000;

function ticks(cron: string, timezone: string, after: string, count: number): readonly string[] {
  return ticksAfter(cron, timezone, Date.parse(after), count).map((tick) =>
    new Date(tick).toISOString().slice(5, 16).replace('T', ' '),
  );
}

describe('when clocks go forward (Madrid, 29 March 2026, 02:00 becomes 03:00)', () => {
  test.each([
    ['30 2 * * *', '2026-03-28T12:00Z', ['03-29 01:00', '03-30 00:30']],
    ['0 2 * * *', '2026-03-28T12:00Z', ['03-29 01:00', '03-30 00:00']],
    ['0 * * * *', '2026-03-28T23:30Z', ['03-29 00:00', '03-29 01:00', '03-29 02:00']],
    ['*/30 * * * *', '2026-03-29T00:10Z', ['03-29 00:30', '03-29 01:00', '03-29 01:30']],
  ])('%s after %s fires at %j', (cron, after, expected) => {
    expect(ticks(cron, 'Europe/Madrid', after, expected.length)).toEqual(expected);
  });
});

describe('when clocks go back (Madrid, 25 October 2026, 03:00 becomes 02:00)', () => {
  test.each([
    ['30 2 * * *', '2026-10-24T12:00Z', ['10-25 00:30', '10-26 01:30']],
    ['0 * * * *', '2026-10-24T22:30Z', ['10-24 23:00', '10-25 00:00', '10-25 01:00', '10-25 02:00']],
    ['*/30 * * * *', '2026-10-24T23:40Z', ['10-25 00:00', '10-25 00:30', '10-25 01:00', '10-25 01:30']],
  ])('%s after %s fires at %j: a fixed time once, an interval in both hours', (cron, after, expected) => {
    expect(ticks(cron, 'Europe/Madrid', after, expected.length)).toEqual(expected);
  });
});

describe('the zone’s own clock agrees, minute by minute', () => {
  const schedules = [
    ['15 6 * * *', (clock: Clock) => clock.minute === 15 && clock.hour === 6],
    [
      '*/20 8-10 * * 1-5',
      (clock: Clock) =>
        clock.minute % 20 === 0 && clock.hour >= 8 && clock.hour <= 10 && clock.weekday >= 1 && clock.weekday <= 5,
    ],
    ['0 0 1,16 * *', (clock: Clock) => clock.minute === 0 && clock.hour === 0 && (clock.day === 1 || clock.day === 16)],
    ['45 23 * * 0', (clock: Clock) => clock.minute === 45 && clock.hour === 23 && clock.weekday === 0],
  ] as const;
  test.each([
    ['UTC', '2026-02-26T00:00Z'],
    ['Europe/Madrid', '2026-03-27T00:00Z'],
    ['America/New_York', '2026-10-30T00:00Z'],
    ['Asia/Kolkata', '2026-12-30T00:00Z'],
    ['Australia/Lord_Howe', '2026-04-03T00:00Z'],
  ])('in %s, five days from %s', (timezone, from) => {
    const begin = Date.parse(from);
    const length = 5 * 24 * 60;
    const clock = clockOf(timezone);
    const minutes = Array.from({ length }, (_, index) => begin + (index + 1) * MINUTE);
    const shown = minutes.map((minute) => clock(minute));
    for (const [cron, fires] of schedules) {
      const expected = minutes.filter((_, index) => shown[index] !== undefined && fires(shown[index]));
      const end = begin + length * MINUTE;
      expect(ticksAfter(cron, timezone, begin, expected.length + 1).filter((tick) => tick <= end)).toEqual(expected);
    }
  });
});

describe('an expression or a zone that means nothing', () => {
  test.each([
    ['61 * * * *', 'UTC'],
    ['nonsense', 'UTC'],
    ['* * * * *', 'Europe/Nowhere'],
  ])('is told in words: %s in %s', (cron, timezone) => {
    expect(cronProblem(cron, timezone)).toMatch(/\w+ \w+/u);
  });

  test('names the zone that is none', () => {
    expect(cronProblem('* * * * *', 'Europe/Nowhere')).toBe(
      '"Europe/Nowhere" is no time zone: write an IANA name such as Europe/Madrid or UTC.',
    );
  });

  test.each(['* * * * *', '0 0 0 1 1 * 2026', '@daily', '0 6 * * MON'])('is not this one: %s', (cron) => {
    expect(cronProblem(cron, 'Europe/Madrid')).toBeUndefined();
  });

  test('is not one that has fired for the last time: there are just no more ticks', () => {
    expect(ticks('0 0 0 1 1 * 2026', 'UTC', '2026-06-01T00:00Z', 3)).toEqual([]);
  });
});

interface Clock {
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

/** What the clock on the wall shows, as Intl knows it. */
function clockOf(timezone: string): (at: number) => Clock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
    return { minute, hour, day, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
  };
}
