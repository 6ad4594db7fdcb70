// The parameters that every run has: its time and dates, in the zones that matter.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Value } from '../../../src/core/expression/value.ts';
import { dateAfter, instantOf, isDateInt, localTime } from '../../../src/core/params/calendar.ts';
import { DEFAULT_PARAMS, type RunFacts, defaultParam } from '../../../src/core/params/defaults.ts';
import { fromJson } from '../../../src/core/params/value.ts';
import { type Declared, type Occasion } from '../../../src/core/params/resolve-params.ts';
import { FACTS, again, refusals, resolve, valuesOf } from './occasion.ts';

/** A quarter to one at night in Madrid: the day before in UTC, in winter. */
const MADRID: RunFacts = {
  workflowId: 'penguins',
  owner: 'ada',
  at: Date.UTC(2026, 0, 14, 23, 45),
  timezone: 'Europe/Madrid',
};

function valueOf(
  name: string,
  facts: RunFacts = MADRID,
  given: Readonly<Record<string, Value>> = {},
): Value | undefined {
  return defaultParam(name, facts, (other) => given[other]);
}

describe('default parameters', () => {
  test.each<readonly [string, Value]>([
    ['DSL_DEFAULT_TZ', 'UTC'],
    ['WORKFLOW_CRON_TIMEZONE', 'Europe/Madrid'],
    ['RUN_TS', BigInt(MADRID.at)],
    ['TARGET_RUN_DATE', 20260115n],
    ['TARGET_RUN_HOUR', 0n],
    ['DERIVED_RUN_TS', BigInt(Date.UTC(2026, 0, 14, 23))],
    ['DERIVED_RUN_DATE_US_PACIFIC', 20260114n],
    ['DERIVED_RUN_DATE_US_PACIFIC_MINUS_ONE', 20260113n],
    ['DERIVED_RUN_DATE_UTC', 20260114n],
    ['DERIVED_RUN_DATE_UTC_MINUS_ONE', 20260113n],
    ['DERIVED_RUN_DATE_UTC_PLUS_ONE', 20260115n],
    ['DERIVED_RUN_DATE_UTC_MINUS_ONE_HOUR', 20260114n],
    ['DERIVED_RUN_DATE_UTC_PLUS_ONE_HOUR', 20260115n],
    ['DERIVED_RUN_HOUR_US_PACIFIC', 15n],
    ['DERIVED_RUN_HOUR_UTC', 23n],
    ['DERIVED_RUN_HOUR_UTC_MINUS_ONE_HOUR', 22n],
    ['DERIVED_RUN_HOUR_UTC_PLUS_ONE_HOUR', 0n],
    ['LOCAL_RUN_DATE', 20260115n],
    ['RUN_DATE', 20260115n],
    ['RUN_DATE_MINUS_1', 20260114n],
    ['RUN_DATE_MINUS_7', 20260108n],
    ['owner', 'ada'],
    ['workflow_id', 'penguins'],
  ])('%s', (name, value) => {
    expect(valueOf(name)).toBe(value);
  });

  test('all of them have a value of their type, and there are no others', () => {
    for (const [name, type] of DEFAULT_PARAMS) {
      const value = valueOf(name, FACTS);
      expect(typeof value).toBe(type === 'long' ? 'bigint' : 'string');
    }
    expect(valueOf('RUN_DATE_MINUS_2')).toBeUndefined();
    expect(fromJson('string', valueOf('WORKFLOW_CRON_TIMEZONE', FACTS) as string)).toEqual({ ok: true, value: 'UTC' });
  });

  test('derive from one another: another target date moves what depends on it', () => {
    const given = { TARGET_RUN_DATE: 20240301n };
    expect(valueOf('RUN_DATE_MINUS_1', MADRID, given)).toBe(20240229n);
    expect(valueOf('DERIVED_RUN_TS', MADRID, given)).toBe(BigInt(Date.UTC(2024, 1, 29, 23)));
    expect(valueOf('LOCAL_RUN_DATE', MADRID, given)).toBe(20260115n);
    expect(valueOf('WORKFLOW_CRON_TIMEZONE', FACTS, { DSL_DEFAULT_TZ: 'Asia/Tokyo' })).toBe('Asia/Tokyo');
  });
});

describe('default parameters of a run', () => {
  const yesterday: Declared = {
    name: 'yesterday',
    type: 'long',
    expression: 'Util.incrementDateInt(TARGET_RUN_DATE, -1)',
  };
  const path: Declared = { name: 'path', type: 'string', value: 'data/${RUN_DATE}/${owner}' };

  test('are there for expressions and texts, and are not written down', () => {
    expect(resolve([yesterday, path])).toEqual([
      { name: 'yesterday', type: 'long', value: 20260114 },
      { name: 'path', type: 'string', value: 'data/20260115/ada' },
    ]);
  });

  test('can be given at a start, and then are', () => {
    expect(resolve([yesterday, path], [{ name: 'TARGET_RUN_DATE', value: '20240301' }])).toEqual([
      { name: 'yesterday', type: 'long', value: 20240229 },
      { name: 'path', type: 'string', value: 'data/20240301/ada' },
      { name: 'TARGET_RUN_DATE', type: 'long', value: 20240301, source: 'LAUNCH' },
    ]);
  });

  test('cannot be given by a restart, which keeps what the start gave', () => {
    const before = resolve([yesterday], [{ name: 'TARGET_RUN_DATE', value: 20240301 }]);
    expect(valuesOf(resolve([yesterday], [], again(before)))).toEqual(valuesOf(before));
    expect(refusals([yesterday], [{ name: 'TARGET_RUN_DATE', value: 20240302 }], again(before))).toMatchObject([
      { message: 'The parameter "TARGET_RUN_DATE" is mutable_on_start, so a restart may not change it.' },
    ]);
  });

  test('a parameter of the workflow comes before the default one, also for what derives from it', () => {
    const own: Declared = { name: 'TARGET_RUN_DATE', type: 'long', value: 20200101 };
    expect(valuesOf(resolve([own, yesterday]))).toEqual({ TARGET_RUN_DATE: 20200101, yesterday: 20191231 });
  });

  test.each([
    ['TARGET_RUN_DATE', 20240230, 'it is a date that exists, written yyyyMMdd, as 20240229'],
    ['TARGET_RUN_HOUR', 24, 'it is an hour from 0 to 23'],
    ['DSL_DEFAULT_TZ', 'Mars/Olympus', '"Mars/Olympus" is no time zone; write one such as Europe/Madrid'],
    ['RUN_TS', '9223372036854775807', 'it is a time in milliseconds since 1970, in the years 1000 to 9999'],
  ])('%s cannot be %s', (name, value, why) => {
    expect(refusals([yesterday], [{ name, value }])).toMatchObject([
      { message: `The parameter "${name}" cannot have this value: ${why}.` },
    ]);
  });

  test('mistyped, the nearest is suggested', () => {
    expect(refusals([], [{ name: 'TARGET_RUNDATE', value: 1 }])).toMatchObject([
      { hint: 'Did you mean "TARGET_RUN_DATE"?' },
    ]);
  });

  test('needing one that derives from itself is a circle', () => {
    const own: Declared = { name: 'TARGET_RUN_DATE', type: 'long', expression: 'RUN_DATE_MINUS_1' };
    const occasion: Occasion = { source: 'LAUNCH', facts: FACTS };
    expect(refusals([own], [], occasion)).toMatchObject([{ path: ['params', 'TARGET_RUN_DATE'] }]);
  });
});

describe('the calendar', () => {
  const zones = fc.constantFrom('UTC', 'Europe/Madrid', 'America/Los_Angeles', 'Asia/Kolkata', 'Australia/Lord_Howe');
  const instants = fc.integer({ min: Date.UTC(1980, 0, 1), max: Date.UTC(2060, 0, 1) });

  test('in whole hours, the instant of a local time shows that time', () => {
    fc.assert(
      fc.property(instants, zones, (at, zone) => {
        const shown = localTime(at, zone);
        const back = instantOf(shown, zone);
        expect(localTime(back, zone)).toEqual(shown);
        expect(Math.abs(at - back)).toBeLessThanOrEqual(2 * 3_600_000);
      }),
    );
  });

  test('an hour that clocks leap over is the one after', () => {
    const leapt = instantOf({ date: 20260329, hour: 2 }, 'Europe/Madrid');
    expect(localTime(leapt, 'Europe/Madrid')).toEqual({ date: 20260329, hour: 3 });
  });

  test('days are added across months and leap years', () => {
    expect([dateAfter(20240228, 1), dateAfter(20240228, 2), dateAfter(20260101, -1)]).toEqual([
      20240229, 20240301, 20251231,
    ]);
    expect([20240229, 20230229, 20241301, 2024010, -20240101].map(isDateInt)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
