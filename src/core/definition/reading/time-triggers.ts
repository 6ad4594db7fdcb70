// Triggers that start runs at times: `cron`, `every`, `at`, and what they have in common.

import { type Milliseconds } from '../../time.ts';
import { type AtTrigger, type CatchUp, type CronTrigger, type EveryTrigger, type TimeTrigger } from '../model.ts';
import { AT_KEYS, CRON_KEYS, EVERY_KEYS } from '../trigger-schema.ts';
import { readDuration } from './duration.ts';
import { type Fields, readFields, textAt } from './fields.ts';
import { readInstant, readLocalTime } from './moments.ts';
import { readText, readWord } from './scalars.ts';
import { type Spot, doubt, report } from './spot.ts';
import { type Unnamed, readShared } from './trigger-fields.ts';

/**
 * Each time makes a run, with all that is written and listed for one: below this it is the runs that cost, not the work.
 * What must happen more often belongs into one run, as a `while` with a `sleep`.
 */
const SHORTEST_EVERY: Milliseconds = 10_000;

const CATCH_UPS = ['none', 'latest', 'all'] as const;
const CRON_FORM =
  'minute hour day month weekday: "0 6 * * mon-fri" is six o\'clock on workdays. Or @daily, @hourly, @weekly, @monthly.';
const NICKNAMES = /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)$/iu;

/** The kinds of trigger that this file reads. */
export const TIME_KINDS = ['cron', 'every', 'at'] as const;

/** Reads a trigger of that kind. */
export function readTimeTrigger(spot: Spot, kind: TimeTrigger['kind']): Unnamed<TimeTrigger> | undefined {
  switch (kind) {
    case 'cron':
      return readCron(spot);
    case 'every':
      return readEvery(spot);
    case 'at':
      return readAt(spot);
  }
}

function readCron(spot: Spot): Unnamed<CronTrigger> | undefined {
  const fields = readFields(spot, { what: 'a cron trigger', keys: CRON_KEYS });
  const cronSpot = fields?.get('cron');
  if (fields === undefined || cronSpot === undefined) return undefined;
  const cron = readText(cronSpot);
  const timezone = textAt(fields, 'timezone') ?? 'UTC';
  if (cron !== undefined) checkCron(cronSpot, cron, timezone, fields.get('timezone'));
  return { kind: 'cron', cron: cron ?? '', timezone, ...readOptions(fields), ...readShared(fields) };
}

/** Only the form; whether the fields mean something, the caller's hook knows. */
export function checkCron(spot: Spot, cron: string, timezone: string, zoneSpot: Spot | undefined): void {
  const fields = cron.trim().split(/\s+/u);
  const isFormed = NICKNAMES.test(cron.trim()) || (fields.length >= 5 && fields.length <= 7 && !cron.includes('@'));
  if (!isFormed) {
    const count = cron.trim() === '' ? 'none' : String(fields.length);
    report(spot, 'bad-cron', `A cron text has 5 fields (6 with seconds, 7 with a year), and "${cron}" has ${count}.`, {
      hint: CRON_FORM,
    });
    return;
  }
  const complaint = spot.reading.checkCron?.(cron, timezone);
  if (complaint === undefined) return;
  if (zoneSpot !== undefined && spot.reading.checkCron?.(cron, 'UTC') === undefined) {
    report(zoneSpot, 'bad-cron', complaint);
  } else report(spot, 'bad-cron', complaint, { hint: CRON_FORM });
}

function readEvery(spot: Spot): Unnamed<EveryTrigger> | undefined {
  const fields = readFields(spot, { what: 'a trigger with `every`', keys: EVERY_KEYS });
  const everySpot = fields?.get('every');
  if (fields === undefined || everySpot === undefined) return undefined;
  const every = readDuration(everySpot);
  if (every === undefined) doubt(spot.reading, spot.path);
  const fromSpot = fields.get('from');
  const from = fromSpot === undefined ? undefined : readInstant(fromSpot);
  const options = readOptions(fields);
  if (every !== undefined) checkEvery(everySpot, every, fields.get('jitter'), options.jitter);
  return {
    kind: 'every',
    every: every ?? SHORTEST_EVERY,
    ...(from === undefined ? {} : { from }),
    ...options,
    ...readShared(fields),
  };
}

function checkEvery(
  spot: Spot,
  every: Milliseconds,
  jitterSpot: Spot | undefined,
  jitter: Milliseconds | undefined,
): void {
  if (every < SHORTEST_EVERY) {
    report(spot, 'too-often', `\`every\` must be at least 10s, and this is ${String(every / 1000)}s.`, {
      hint: 'Each time makes a run. What must happen more often is one run, with a step that loops: `while` with a `sleep`.',
      suggestion: '10s',
    });
  }
  if (jitterSpot === undefined || jitter === undefined || jitter <= every) return;
  report(jitterSpot, 'bad-duration', '`jitter` must not be longer than `every`: one time would come after the next.');
}

function readAt(spot: Spot): Unnamed<AtTrigger> | undefined {
  const fields = readFields(spot, { what: 'a trigger with `at`', keys: AT_KEYS });
  const atSpot = fields?.get('at');
  if (fields === undefined || atSpot === undefined) return undefined;
  const at = readLocalTime(atSpot);
  if (at === undefined) doubt(spot.reading, spot.path);
  const timezone = textAt(fields, 'timezone') ?? 'UTC';
  const zoneSpot = fields.get('timezone');
  const complaint = zoneSpot === undefined ? undefined : spot.reading.checkCron?.('@daily', timezone);
  if (zoneSpot !== undefined && complaint !== undefined) report(zoneSpot, 'bad-time', complaint);
  return { kind: 'at', at: at ?? '', timezone, ...readOptions(fields), ...readShared(fields) };
}

function readOptions(fields: Fields): { readonly catchUp: CatchUp; readonly jitter?: Milliseconds } {
  const catchUp = fields.get('catchUp');
  const jitterSpot = fields.get('jitter');
  const jitter = jitterSpot === undefined ? undefined : readDuration(jitterSpot);
  return {
    catchUp: (catchUp && readCatchUp(catchUp)) ?? 'latest',
    ...(jitter === undefined ? {} : { jitter }),
  };
}

function readCatchUp(spot: Spot): CatchUp | undefined {
  if (spot.node.kind !== 'map') return readWord(spot, CATCH_UPS);
  const fields = readFields(spot, { what: '`catchUp`', keys: ['within'] });
  const withinSpot = fields?.get('within');
  if (withinSpot === undefined) {
    const hint = 'Write `{ within: 6h }`, or one of none, latest, all.';
    if (fields?.size === spot.node.entries.size)
      report(spot, 'missing-key', '`catchUp` as a map needs `within`.', { hint });
    return undefined;
  }
  const within = readDuration(withinSpot);
  return within === undefined ? undefined : { within };
}
