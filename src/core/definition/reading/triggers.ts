// Triggers: what starts runs by itself, at times or on signals.

import { type SignalTrigger, type TriggerDefinition } from '../model.ts';
import { ABSENCE_KEYS, AT_KEYS, CRON_KEYS, EVERY_KEYS, JOIN_KEYS, SIGNAL_KEYS } from '../trigger-schema.ts';
import { readAbsence, readExpectation } from './absence.ts';
import { readFields, textAt } from './fields.ts';
import { JOIN_WORDS, isJoinWord, readJoin } from './joins.ts';
import { readFold, refusesFold } from './folds.ts';
import { itemsOf } from './scalars.ts';
import { type Spot, doubt, keyOf, nodeName, report } from './spot.ts';
import { TIME_KINDS, readTimeTrigger } from './time-triggers.ts';
import { type Unnamed, readShared } from './trigger-fields.ts';
import { readWhere } from './where.ts';
import { readWishes } from './wishes.ts';

const KINDS = [...TIME_KINDS, 'absentFor', 'expect', 'signal', ...JOIN_WORDS] as const;
const KINDS_TEXT = 'cron, every, at, signal, absentFor, expect, all, any, atLeast and sequence';
const KEYS = [
  ...new Set([
    ...CRON_KEYS,
    ...EVERY_KEYS,
    ...AT_KEYS,
    ...SIGNAL_KEYS,
    ...ABSENCE_KEYS,
    ...Object.values(JOIN_KEYS).flat(),
  ]),
];
const MOST_TRIGGERS = 100;

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

function named(triggers: readonly Unnamed<TriggerDefinition>[]): readonly TriggerDefinition[] {
  const taken = new Set(triggers.flatMap(({ name }) => (name === undefined ? [] : [name])));
  return triggers.map((trigger): TriggerDefinition => {
    let place = 1;
    while (trigger.name === undefined && taken.has(`${trigger.kind}-${String(place)}`)) place += 1;
    const name = trigger.name ?? `${trigger.kind}-${String(place)}`;
    taken.add(name);
    return { ...trigger, name };
  });
}

function readTrigger(spot: Spot): Unnamed<TriggerDefinition> | undefined {
  const keys = spot.node.kind === 'map' ? [...spot.node.entries.keys()] : [];
  // Beside `absentFor`, `signal` says what is missing.
  const isAbsence = keys.includes('absentFor');
  const [kind, other] = KINDS.filter((one) => keys.includes(one) && !(isAbsence && one === 'signal'));
  if (kind !== undefined && other !== undefined) {
    report(spot, 'two-kinds', `A trigger is one of ${KINDS_TEXT}, and this has both ${kind} and ${other}.`, {
      hint: 'Make two triggers of it: each starts runs on its own.',
    });
    return undefined;
  }
  if (refusesFold(spot, kind)) return undefined;
  if (kind === 'signal') return readSignal(spot);
  if (kind === 'absentFor') return readAbsence(spot);
  if (kind === 'expect') return readExpectation(spot);
  if (isJoinWord(kind)) return readJoin(spot, kind);
  if (kind !== undefined) return readTimeTrigger(spot, kind);
  const fields = readFields(spot, { what: 'a trigger', keys: KEYS });
  if (fields === undefined || fields.size < keys.length) return undefined;
  report(
    spot,
    'missing-key',
    'A trigger needs `cron:`, `every:`, `at:`, `signal:`, `absentFor:`, `expect:`, `all:`, `any:`, `atLeast:` or `sequence:`.',
    {
      hint: 'For example - cron: "0 6 * * *"',
    },
  );
  return undefined;
}

function readSignal(spot: Spot): Unnamed<SignalTrigger> | undefined {
  const fields = readFields(spot, { what: 'a signal trigger', keys: SIGNAL_KEYS });
  if (fields === undefined) return undefined;
  const where = fields.get('where');
  const fold = readFold(fields);
  return {
    kind: 'signal',
    signal: textAt(fields, 'signal') ?? '',
    where: where === undefined ? [] : readWhere(where),
    ...(fold === undefined ? {} : { fold }),
    ...readWishes(fields),
    ...readShared(fields),
  };
}
