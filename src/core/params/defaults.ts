// The parameters that every run has without declaring them (maestro-behaviour §3.6): its time and date in several zones,
// its owner, its workflow. Computed when they are asked for, from what a run never changes, and from one another: whoever
// sets TARGET_RUN_DATE at a start moves every date that derives from it. Dates are whole numbers yyyyMMdd.

import { text } from '../expression/text.ts';
import { type Value, type ValueType } from '../expression/value.ts';
import { type Instant } from '../time.ts';
import { FIRST_INSTANT, LAST_INSTANT, dateAfter, instantOf, isDateInt, isZone, localTime } from './calendar.ts';

/** What the default parameters of a run are made of. */
export interface RunFacts {
  readonly workflowId: string;
  readonly owner?: string;
  /** What the run is for: the time it was scheduled for, or else when it was made. */
  readonly at: Instant;
  /** The zone of the time trigger that started it, or else of the workflow's first. Absent: UTC. */
  readonly timezone?: string;
}

/** Finds the value of a parameter; undefined if there is none. */
type Find = (name: string) => Value | undefined;

interface Default {
  readonly type: ValueType;
  /** The default parameters that it is made of. */
  readonly from: readonly string[];
  readonly make: (facts: RunFacts, from: readonly Value[]) => Value;
}

const PACIFIC = 'America/Los_Angeles';
const HOUR_MS = 3_600_000;

const zone = (make: (facts: RunFacts, from: readonly Value[]) => string, ...from: readonly string[]): Default => ({
  type: 'string',
  from,
  make,
});
const number = (make: (facts: RunFacts, from: readonly Value[]) => number, ...from: readonly string[]): Default => ({
  type: 'long',
  from,
  make: (facts, values) => BigInt(make(facts, values)),
});
const local = (part: 'date' | 'hour'): Default =>
  number((_, [at, timezone]) => localTime(Number(at), text(timezone ?? ''))[part], 'RUN_TS', 'WORKFLOW_CRON_TIMEZONE');
const derived = (
  part: 'date' | 'hour',
  timezone: string,
  later: { readonly days?: number; readonly hours?: number } = {},
): Default =>
  number((_, [at]) => {
    const shown = localTime(Number(at) + (later.hours ?? 0) * HOUR_MS, timezone);
    return later.days === undefined ? shown[part] : dateAfter(shown.date, later.days);
  }, 'DERIVED_RUN_TS');
const target = (days: number): Default => number((_, [date]) => dateAfter(Number(date), days), 'TARGET_RUN_DATE');

const DEFAULTS: ReadonlyMap<string, Default> = new Map([
  ['DSL_DEFAULT_TZ', zone(() => 'UTC')],
  ['WORKFLOW_CRON_TIMEZONE', zone((facts, [fallback]) => facts.timezone ?? text(fallback ?? ''), 'DSL_DEFAULT_TZ')],
  ['RUN_TS', number((facts) => facts.at)],
  ['TARGET_RUN_DATE', local('date')],
  ['TARGET_RUN_HOUR', local('hour')],
  [
    'DERIVED_RUN_TS',
    number(
      (_, [date, hour, timezone]) => instantOf({ date: Number(date), hour: Number(hour) }, text(timezone ?? '')),
      'TARGET_RUN_DATE',
      'TARGET_RUN_HOUR',
      'WORKFLOW_CRON_TIMEZONE',
    ),
  ],
  ['DERIVED_RUN_DATE_US_PACIFIC', derived('date', PACIFIC)],
  ['DERIVED_RUN_DATE_US_PACIFIC_MINUS_ONE', derived('date', PACIFIC, { days: -1 })],
  ['DERIVED_RUN_DATE_UTC', derived('date', 'UTC')],
  ['DERIVED_RUN_DATE_UTC_MINUS_ONE', derived('date', 'UTC', { days: -1 })],
  ['DERIVED_RUN_DATE_UTC_PLUS_ONE', derived('date', 'UTC', { days: 1 })],
  ['DERIVED_RUN_DATE_UTC_MINUS_ONE_HOUR', derived('date', 'UTC', { hours: -1 })],
  ['DERIVED_RUN_DATE_UTC_PLUS_ONE_HOUR', derived('date', 'UTC', { hours: 1 })],
  ['DERIVED_RUN_HOUR_US_PACIFIC', derived('hour', PACIFIC)],
  ['DERIVED_RUN_HOUR_UTC', derived('hour', 'UTC')],
  ['DERIVED_RUN_HOUR_UTC_MINUS_ONE_HOUR', derived('hour', 'UTC', { hours: -1 })],
  ['DERIVED_RUN_HOUR_UTC_PLUS_ONE_HOUR', derived('hour', 'UTC', { hours: 1 })],
  ['LOCAL_RUN_DATE', local('date')],
  ['RUN_DATE', target(0)],
  ['RUN_DATE_MINUS_1', target(-1)],
  ['RUN_DATE_MINUS_7', target(-7)],
  ['owner', zone((facts) => facts.owner ?? '')],
  ['workflow_id', zone((facts) => facts.workflowId)],
]);

/** The default parameters by name, with their types. A workflow's own parameter of the same name comes before one. */
export const DEFAULT_PARAMS: ReadonlyMap<string, ValueType> = new Map(
  Array.from(DEFAULTS, ([name, { type }]) => [name, type]),
);

/** The default parameters that nobody can set at a start. */
const FIXED: ReadonlySet<string> = new Set(['owner', 'workflow_id']);

/** Tells whether a start can set a default parameter of this name. */
export function isSettableDefault(name: string): boolean {
  return DEFAULTS.has(name) && !FIXED.has(name);
}

/** Names the default parameters that one is made of. */
export function defaultSources(name: string): readonly string[] {
  return DEFAULTS.get(name)?.from ?? [];
}

/** Tells whether other default parameters are made of this one, so that its own type must not change. */
export function isDefaultSource(name: string): boolean {
  return [...DEFAULTS.values()].some(({ from }) => from.includes(name));
}

/**
 * The value of a default parameter; undefined if there is none of this name. `given` finds the parameters of the run, of
 * which one may have the name of a default parameter and then stands in its place.
 */
export function defaultParam(name: string, facts: RunFacts, given: Find): Value | undefined {
  const wanted = DEFAULTS.get(name);
  if (wanted === undefined) return undefined;
  const from: Value[] = [];
  for (const source of wanted.from) {
    const value = given(source) ?? defaultParam(source, facts, given);
    if (value === undefined) return undefined;
    from.push(value);
  }
  return wanted.make(facts, from);
}

/** What is wrong with a value in the place of a default parameter that others are made of; undefined if nothing is. */
export function defaultProblem(name: string, value: Value): string | undefined {
  switch (name) {
    case 'DSL_DEFAULT_TZ':
    case 'WORKFLOW_CRON_TIMEZONE':
      return isZone(text(value)) ? undefined : `"${text(value)}" is no time zone; write one such as Europe/Madrid`;
    case 'RUN_TS':
    case 'DERIVED_RUN_TS':
      return Number(value) >= FIRST_INSTANT && Number(value) <= LAST_INSTANT
        ? undefined
        : 'it is a time in milliseconds since 1970, in the years 1000 to 9999';
    case 'TARGET_RUN_DATE':
      return isDateInt(Number(value)) ? undefined : 'it is a date that exists, written yyyyMMdd, as 20240229';
    case 'TARGET_RUN_HOUR':
      return Number(value) >= 0 && Number(value) <= 23 ? undefined : 'it is an hour from 0 to 23';
    default:
      return undefined;
  }
}

const MENTION = new RegExp(`\\b(?:${[...DEFAULTS.keys()].filter((name) => !FIXED.has(name)).join('|')})\\b`, 'u');

/** Tells whether a text mentions a default parameter that depends on time. */
export function mentionsRunTime(text: string): boolean {
  return MENTION.test(text);
}
