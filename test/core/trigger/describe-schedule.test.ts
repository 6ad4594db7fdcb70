// Schedules in words, and what the next jump of the clocks does to them.

import { describe, expect, test } from 'vitest';

import { describeSchedule, type Times } from '../../../src/core/trigger/describe-schedule.ts';

const january = Date.UTC(2026, 0, 15);
const july = Date.UTC(2026, 6, 15);

function cron(text: string, timezone: string): Times {
  return { kind: 'cron', cron: text, timezone };
}

describe('a schedule in words', () => {
  test.each<[Times, string]>([
    [cron('0 8 * * mon-fri', 'Europe/Madrid'), 'every weekday at 08:00 in Madrid'],
    [cron('0 8 * * *', 'America/Argentina/Buenos_Aires'), 'every day at 08:00 in Buenos Aires'],
    [cron('0 8 * * *', 'UTC'), 'every day at 08:00 UTC'],
    [cron('0 8 * * *', 'Etc/GMT+3'), 'every day at 08:00 Etc/GMT+3'],
    [cron('5 * * * *', 'Asia/Kolkata'), 'every hour at :05 in Kolkata'],
    [cron('*/15 * * * *', 'Europe/Madrid'), 'every 15 minutes'],
    [cron('*/7 * * * *', 'Europe/Madrid'), 'cron `*/7 * * * *` in Madrid'],
    [{ kind: 'every', every: 900_000 }, 'every 15 minutes'],
    [{ kind: 'every', every: 3_600_000 }, 'every hour'],
    [{ kind: 'every', every: 86_400_000 }, 'every 24 hours'],
    [{ kind: 'every', every: 5_410_500 }, 'every 1 hour, 30 minutes, 10 seconds and 500 ms'],
    [
      { kind: 'every', every: 21_600_000, from: Date.UTC(2026, 0, 1, 6) },
      'every 6 hours, counted from 1 January 2026 at 06:00 UTC',
    ],
    [
      { kind: 'at', at: '2026-12-24T18:00:00', timezone: 'Europe/Madrid' },
      'once, on 24 December 2026 at 18:00 in Madrid',
    ],
    [{ kind: 'at', at: '2026-12-24T18:00:05', timezone: 'UTC' }, 'once, on 24 December 2026 at 18:00:05 UTC'],
  ])('%j is %s', (times, text) => {
    expect(describeSchedule(times, january).text).toBe(text);
  });
});

describe('what the next jump of the clocks does', () => {
  test.each<[Times, number, string]>([
    [cron('30 2 * * *', 'Europe/Madrid'), january, 'on 29 March 2026 02:30 does not exist there, so it runs at 03:00'],
    [
      cron('30 2 * * *', 'Europe/Madrid'),
      july,
      'on 25 October 2026 02:30 comes twice there, and it runs the first time only',
    ],
    [
      cron('*/15 2 * * *', 'Europe/Madrid'),
      january,
      'on 29 March 2026 the times from 02:00 to 02:45 do not exist there, so it runs once, at 03:00',
    ],
    [
      cron('0 2,3 * * sun', 'Europe/Madrid'),
      july,
      'on 25 October 2026 02:00 comes twice there, and it runs the first time only',
    ],
    [
      cron('*/15 * * * *', 'Europe/Madrid'),
      january,
      'on 29 March 2026 clocks there jump from 02:00 to 03:00, and it goes on from there',
    ],
    [
      cron('0 * * * *', 'Europe/Madrid'),
      july,
      'on 25 October 2026 the time from 02:00 to 03:00 comes twice there, and it runs both times',
    ],
    [cron('0 0 * * *', 'Africa/Cairo'), january, 'on 24 April 2026 00:00 does not exist there, so it runs at 01:00'],
    [
      cron('15 2 * * *', 'Australia/Lord_Howe'),
      july,
      'on 4 October 2026 02:15 does not exist there, so it runs at 02:30',
    ],
    [
      { kind: 'at', at: '2026-03-29T02:30:00', timezone: 'Europe/Madrid' },
      january,
      'on 29 March 2026 02:30 does not exist there, so it runs at 03:00',
    ],
    // The day that Samoa left out.
    [
      cron('0 6 30 12 *', 'Pacific/Apia'),
      Date.UTC(2011, 11, 1),
      'on 30 December 2011 06:00 does not exist there, so it runs at 31 December 2011 at 00:00',
    ],
  ])('to %j', (times, now, note) => {
    expect(describeSchedule(times, now).note).toBe(note);
  });

  test.each<Times>([
    cron('0 8 * * *', 'Europe/Madrid'),
    cron('30 2 * * mon', 'Europe/Madrid'),
    cron('30 2 * * *', 'Asia/Kolkata'),
    cron('30 2 * * *', 'UTC'),
    { kind: 'every', every: 900_000 },
    { kind: 'at', at: '2026-12-24T18:00:00', timezone: 'Europe/Madrid' },
  ])('to %j is nothing', (times) => {
    expect(describeSchedule(times, january)).not.toHaveProperty('note');
  });
});
