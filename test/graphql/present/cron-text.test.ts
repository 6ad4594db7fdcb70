import { expect, it } from 'vitest';
import { cronText } from '../../../src/graphql/present/cron-text.ts';

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
])('%s is %s', (cron, text) => {
  expect(cronText(cron)).toBe(text);
});

it.each([
  '*/7 * * * *',
  '0 6 1 * mon',
  '0 6 * 1 *',
  '0 6-8 * * *',
  '0 0 6 * * *',
  '0 6 * * 5#2',
  '@daily',
  'H 6 * * *',
  '* 6 * * *',
])('%s is shown as it was written', (cron) => {
  expect(cronText(cron)).toBe(`cron \`${cron}\``);
});
