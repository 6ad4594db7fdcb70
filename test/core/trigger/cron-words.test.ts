// Cron expressions in words: the common ones, and that no other gets a sentence that is not quite true.

import { expect, it } from 'vitest';
import { cronWords } from '../../../src/core/trigger/cron-words.ts';

it.each([
  ['* * * * *', 'every minute'],
  ['*/15 * * * *', 'every 15 minutes'],
  ['5 * * * *', 'every hour at :05'],
  ['0 6 * * *', 'every day at 06:00'],
  ['30 18 * * mon-fri', 'every weekday at 18:30'],
  ['0 6 * * 1-5', 'every weekday at 06:00'],
  ['0 6 * * MON', 'every Monday at 06:00'],
  ['0 6 * * mon,thu', 'every Monday and Thursday at 06:00'],
  ['0 6 * * 0,7', 'every Sunday at 06:00'],
  ['0 6 * * sat,sun', 'every Saturday and Sunday at 06:00'],
  ['0 6 1 * *', 'on day 1 of every month at 06:00'],
  ['0 6 L * *', 'on the last day of every month at 06:00'],
  ['0 6 L 2 *', 'on the last day in February at 06:00'],
  ['0 6 1,16 * ?', 'on days 1 and 16 of every month at 06:00'],
  ['0 6 * 1 *', 'every day in January at 06:00'],
  ['0 6 24 dec *', 'on 24 December at 06:00'],
  ['0 6-8 * * *', 'every day at 06:00, 07:00 and 08:00'],
  ['0 */6 * * *', 'every day at 00:00, 06:00, 12:00 and 18:00'],
  ['0,30 9 * * *', 'every day at 09:00 and 09:30'],
  ['*/10 9-17 * * *', 'every 10 minutes from 09:00 to 17:50'],
  ['30 9-17 * * mon-fri', 'every weekday, every hour from 09:30 to 17:30'],
  ['*/15 * * * mon-fri', 'every weekday, every 15 minutes'],
  ['0 0 6 * * *', 'every day at 06:00'],
  ['15 0 6 * * *', 'every day at 06:00:15'],
  ['*/5 * * * * *', 'every 5 seconds'],
  ['0 6 * * 5#2', 'on the second Friday of every month at 06:00'],
  ['0 6 * * friL', 'on the last Friday of every month at 06:00'],
  ['0 6 * * 6-7', 'every Saturday and Sunday at 06:00'],
  ['0 6 * * *', 'every day at 06:00'],
  ['@daily', 'every day at 00:00'],
  ['@hourly', 'every hour at :00'],
  ['@weekly', 'every Sunday at 00:00'],
  ['@monthly', 'on day 1 of every month at 00:00'],
  ['@yearly', 'on 1 January at 00:00'],
])('%s is %s', (cron, text) => {
  expect(cronWords(cron)).toBe(text);
});

it.each([
  '*/7 * * * *',
  '0 6 1 * mon',
  'H 6 * * *',
  '* 6 * * *',
  '0 0 12 1 1 ? 2028',
  '0 6 15W * *',
  '0 6 * * +1',
  '* */2 * * *',
  '0 0-23/2 * * *',
  '7/10 * * * *',
])('%s is shown as it was written', (cron) => {
  expect(cronWords(cron)).toBe(`cron \`${cron}\``);
});
