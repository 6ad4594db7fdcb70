// Triggers: what starts runs by itself, at times or on signals.

import { type Entry } from '../../json.ts';
import { type CronTrigger, type SignalTrigger, type TriggerDefinition } from '../model.ts';
import { CRON_KEYS, SIGNAL_KEYS } from '../schema.ts';
import { type Fields, readFields } from './fields.ts';
import { readNamedValues } from './json-values.ts';
import { TRIGGER_LATER, notYet } from './not-yet.ts';
import { itemsOf, readText, readWord } from './scalars.ts';
import { type Spot, doubt, keyOf, nodeName, report } from './spot.ts';
import { readWhere } from './where.ts';

const KEYS = [...new Set([...CRON_KEYS, ...SIGNAL_KEYS])];
const MOST_TRIGGERS = 100;
const CATCH_UPS = ['none', 'latest', 'all'] as const;
const CRON_FORM =
  'minute hour day month weekday: "0 6 * * mon-fri" is six o\'clock on workdays. Or @daily, @hourly, @weekly, @monthly.';
const NICKNAMES = /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)$/iu;

/** A trigger without the name that it may still need. */
type Unnamed<T extends TriggerDefinition> = Omit<T, 'name'> & { readonly name?: string };
type AnyUnnamed = Unnamed<CronTrigger> | Unnamed<SignalTrigger>;

/** Reads the triggers and names those that have no name: `cron-1`, `signal-1`, counted by kind. */
export function readTriggers(spot: Spot): readonly TriggerDefinition[] {
  if (spot.node.kind !== 'list') {
    const message = `${keyOf(spot)} must be a list, and this is ${nodeName(spot.node)}.`;
    report(spot, 'wrong-type', message, { hint: 'Begin each trigger with a dash: `- cron: "0 6 * * *"`.' });
    doubt(spot.reading, spot.path);
    return [];
  }
  const items = itemsOf(spot);
  if (items.length > MOST_TRIGGERS) {
    const message = `The workflow has ${String(items.length)} triggers, and ${String(MOST_TRIGGERS)} are the most.`;
    report(spot, 'too-many-triggers', message);
    doubt(spot.reading, spot.path);
    return [];
  }
  return named(
    items.flatMap((item) => {
      const trigger = readTrigger(item);
      if (trigger === undefined) doubt(spot.reading, spot.path);
      return trigger === undefined ? [] : [trigger];
    }),
  );
}

function named(triggers: readonly AnyUnnamed[]): readonly TriggerDefinition[] {
  const taken = new Set(triggers.flatMap(({ name }) => (name === undefined ? [] : [name])));
  return triggers.map((trigger): TriggerDefinition => {
    let place = 1;
    while (trigger.name === undefined && taken.has(`${trigger.kind}-${String(place)}`)) place += 1;
    const name = trigger.name ?? `${trigger.kind}-${String(place)}`;
    taken.add(name);
    return { ...trigger, name };
  });
}

function readTrigger(spot: Spot): AnyUnnamed | undefined {
  const keys = spot.node.kind === 'map' ? [...spot.node.entries.keys()] : [];
  const isCron = keys.includes('cron');
  if (isCron && keys.includes('signal')) {
    report(spot, 'two-kinds', 'A trigger is one of cron and signal, and this has both.', {
      hint: 'Make two triggers of it: each starts runs on its own.',
    });
    return undefined;
  }
  if (isCron) return readCron(spot);
  if (keys.includes('signal')) return readSignal(spot);
  const later = keys.find((key) => TRIGGER_LATER.has(key));
  if (later === undefined) {
    const fields = readFields(spot, { what: 'a trigger', keys: KEYS });
    if (fields === undefined || fields.size < keys.length) return undefined;
    report(spot, 'missing-key', 'A trigger needs `cron:` or `signal:`.', { hint: 'For example - cron: "0 6 * * *"' });
  } else report(spot, 'not-yet', notYet(later));
  return undefined;
}

function readCron(spot: Spot): Unnamed<CronTrigger> | undefined {
  const fields = readFields(spot, { what: 'a cron trigger', keys: CRON_KEYS, later: TRIGGER_LATER });
  const cronSpot = fields?.get('cron');
  if (fields === undefined || cronSpot === undefined) return undefined;
  const cron = readText(cronSpot);
  const timezone = textAt(fields, 'timezone') ?? 'UTC';
  if (cron !== undefined) checkCron(cronSpot, cron, timezone, fields.get('timezone'));
  const catchUp = fields.get('catchUp');
  return {
    kind: 'cron',
    cron: cron ?? '',
    timezone,
    catchUp: (catchUp && readCatchUp(catchUp)) ?? 'latest',
    ...shared(fields),
  };
}

function readCatchUp(spot: Spot): CronTrigger['catchUp'] | undefined {
  if (spot.node.kind !== 'map') return readWord(spot, CATCH_UPS);
  report(spot, 'not-yet', notYet('catchUp: { within }'), { hint: 'Use none, latest or all.' });
  return undefined;
}

/** Only the form; whether the fields mean something, the caller's hook knows. */
function checkCron(spot: Spot, cron: string, timezone: string, zoneSpot: Spot | undefined): void {
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

function readSignal(spot: Spot): Unnamed<SignalTrigger> | undefined {
  const fields = readFields(spot, { what: 'a signal trigger', keys: SIGNAL_KEYS, later: TRIGGER_LATER });
  if (fields === undefined) return undefined;
  const where = fields.get('where');
  return {
    kind: 'signal',
    signal: textAt(fields, 'signal') ?? '',
    where: where === undefined ? [] : readWhere(where),
    ...shared(fields),
  };
}

function shared(fields: Fields): { readonly name?: string; readonly params: readonly Entry[] } {
  const params = fields.get('params');
  const name = textAt(fields, 'name');
  return { params: params === undefined ? [] : readNamedValues(params), ...(name === undefined ? {} : { name }) };
}

/** The text under a key, if it is there and one; what cannot be read is in doubt. */
export function textAt(fields: Fields, key: string): string | undefined {
  const spot = fields.get(key);
  if (spot === undefined) return undefined;
  const text = readText(spot);
  if (text === undefined) doubt(spot.reading, spot.path);
  return text;
}
