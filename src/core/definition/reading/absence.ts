// Triggers on a signal that does not come: `absentFor` with `signal`, and `expect` with `by`.

import { type AbsenceTrigger, type ExpectationTrigger } from '../model.ts';
import { ABSENCE_KEYS, EXPECTATION_KEYS } from '../trigger-schema.ts';
import { readDuration } from './duration.ts';
import { readExpectedKeys } from './expected-keys.ts';
import { type Fields, readFields, textAt } from './fields.ts';
import { readText } from './scalars.ts';
import { type Spot, report } from './spot.ts';
import { checkCron } from './time-triggers.ts';
import { type Unnamed, readShared } from './trigger-fields.ts';
import { readWhere } from './where.ts';

/** Reads a trigger with `absentFor`. */
export function readAbsence(spot: Spot): Unnamed<AbsenceTrigger> | undefined {
  const fields = readFields(spot, { what: 'a trigger with `absentFor`', keys: ABSENCE_KEYS });
  const lengthSpot = fields?.get('absentFor');
  if (fields === undefined || lengthSpot === undefined) return undefined;
  const absentFor = readDuration(lengthSpot);
  const signal = textAt(fields, 'signal');
  if (!fields.has('signal')) {
    report(spot, 'missing-key', '`absentFor` needs `signal:` with the name of what is missed.', {
      hint: 'For example: absentFor: 26h, signal: measurements.ready.',
    });
  }
  const shared = { ...readDemands(fields), ...readShared(fields) };
  return absentFor === undefined || signal === undefined ? undefined : { kind: 'absent', absentFor, signal, ...shared };
}

/** Reads a trigger with `expect`. */
export function readExpectation(spot: Spot): Unnamed<ExpectationTrigger> | undefined {
  const fields = readFields(spot, { what: 'a trigger with `expect`', keys: EXPECTATION_KEYS });
  if (fields === undefined) return undefined;
  const signal = textAt(fields, 'expect');
  const bySpot = fields.get('by');
  if (bySpot === undefined) {
    report(spot, 'missing-key', '`expect` needs `by:` with the times by which it must have come.', {
      hint: 'For example: by: "07:00", or by: "0 7 * * mon-fri". For a length of time instead: absentFor: 26h, signal: ….',
    });
    return undefined;
  }
  const by = readTimes(bySpot);
  const timezone = textAt(fields, 'timezone') ?? 'UTC';
  if (by !== undefined) checkCron(bySpot, by, timezone, fields.get('timezone'));
  const shared = { ...readDemands(fields), ...readShared(fields) };
  return by === undefined || signal === undefined ? undefined : { kind: 'expected', signal, by, timezone, ...shared };
}

/** A cron text, or a time of day for every day: `07:00`. */
function readTimes(spot: Spot): string | undefined {
  const text = readText(spot);
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/u.exec(text?.trim() ?? '') ?? [];
  return hour === undefined ? text : `${String(Number(minute))} ${String(Number(hour))} * * *`;
}

function readDemands(fields: Fields): Pick<AbsenceTrigger, 'where' | 'keys' | 'announce'> {
  const where = fields.get('where');
  const keys = fields.get('for');
  const announce = textAt(fields, 'announce');
  return {
    where: where === undefined ? [] : readWhere(where),
    ...(keys === undefined ? {} : { keys: readExpectedKeys(keys) }),
    ...(announce === undefined ? {} : { announce }),
  };
}
