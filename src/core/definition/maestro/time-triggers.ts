// Time triggers (maestro-behaviour §7): cron in the form of Unix or of Quartz, and the predefined ones. All that was missed is
// caught up.

import { type CronTrigger } from '../model.ts';
import { type Fields } from '../reading/fields.ts';
import { type Spot, report } from '../reading/spot.ts';
import { fieldsOf, reportNotYet, textOf, wordOf } from './fields.ts';
import { lengthOf } from './lengths.ts';
import { cronFrom } from './quartz.ts';

const KEYS = ['type', 'cron', 'expression', 'timezone', 'fuzzy_max_delay', 'interval', 'start'];
const TYPES: ReadonlyMap<string, 'cron' | 'predefined' | 'interval'> = new Map([
  ['cron', 'cron'],
  ['predefined', 'predefined'],
  ['interval', 'interval'],
]);
const PREDEFINED = /^@(?:hourly|daily|weekly|monthly|yearly)$/u;

/** Reads one time trigger; `number` counts them from 1. */
export function timeTriggerOf(spot: Spot, number: number): CronTrigger | undefined {
  const fields = fieldsOf(spot, { what: 'a time trigger', keys: KEYS });
  const time = timeOf(spot, fields);
  const timezone = textOf(fields, 'timezone') ?? 'UTC';
  const delay = fields.get('fuzzy_max_delay');
  const jitter = delay && lengthOf(delay);
  if (time === undefined || !isUnderstood(fields, time.place, { cron: time.cron, timezone })) return undefined;
  const name = `cron-${String(number)}`;
  const late = jitter === undefined ? {} : { jitter };
  return { kind: 'cron', name, cron: time.cron, timezone, catchUp: 'all', ...late, params: [] };
}

interface Time {
  readonly cron: string;
  readonly place: Spot;
}

function timeOf(spot: Spot, fields: Fields): Time | undefined {
  const type = fields.get('type');
  if (type === undefined) {
    report(spot, 'missing-key', 'A time trigger needs a `type`: CRON or PREDEFINED.');
    return undefined;
  }
  const word = wordOf(type, TYPES);
  if (word === 'interval') reportNotYet(type, 'An INTERVAL trigger', 'Write it as a CRON trigger.');
  if (word === undefined || word === 'interval') return undefined;
  const place = fields.get(word === 'cron' ? 'cron' : 'expression');
  const cron = word === 'cron' ? cronOf(spot, fields) : predefinedOf(spot, fields);
  return cron === undefined || place === undefined ? undefined : { cron, place };
}

function cronOf(spot: Spot, fields: Fields): string | undefined {
  const text = textOf(fields, 'cron');
  const place = fields.get('cron');
  if (place === undefined) report(spot, 'missing-key', 'A CRON trigger needs `cron`.');
  if (text === undefined || place === undefined) return undefined;
  const { cron, fault } = cronFrom(text);
  if (fault !== undefined) report(place, 'bad-cron', fault);
  return cron;
}

function predefinedOf(spot: Spot, fields: Fields): string | undefined {
  const text = textOf(fields, 'expression');
  const place = fields.get('expression');
  if (place === undefined) report(spot, 'missing-key', 'A PREDEFINED trigger needs an `expression` such as @daily.');
  if (text === undefined || place === undefined) return undefined;
  const word = text.trim().toLowerCase();
  if (PREDEFINED.test(word)) return word;
  const message = `A predefined time is one of @hourly, @daily, @weekly, @monthly and @yearly, and this is "${text}".`;
  report(place, 'bad-cron', message);
  return undefined;
}

function isUnderstood(
  fields: Fields,
  place: Spot,
  { cron, timezone }: { readonly cron: string; readonly timezone: string },
): boolean {
  const { checkCron } = place.reading;
  const complaint = checkCron?.(cron, timezone);
  if (complaint === undefined) return true;
  const isZone = checkCron?.(cron, 'UTC') === undefined;
  report(isZone ? (fields.get('timezone') ?? place) : place, 'bad-cron', complaint);
  return false;
}
