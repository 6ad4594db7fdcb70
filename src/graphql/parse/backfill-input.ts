// Wishes about backfills, as a caller sends them.

import { type EntityId } from '../../core/ids.ts';
import { type Json } from '../../core/json.ts';
import { type Refusal } from '../../core/refusal.ts';
import { type Result, failed, success } from '../../core/result.ts';
import { GraphQLError } from 'graphql';
import { type BackfillWish, type WishedLines } from '../../engine/backfill-cases.ts';
import { type BackfillFilter, type PlanBackfillInput } from '../generated/schema.ts';
import { type BackfillsFilter } from '../../engine/backfill-cases.ts';
import { all, both, idAt, type Read } from './both.ts';
import { parseEntries } from './entries.ts';
import { parseBackfillId, parseWorkflowId } from './public-id.ts';
import { parseSchedule } from './schedule-input.ts';
import { wanted } from './wanted.ts';

const MOST_AT_ONCE = 100;
const MOST_KEYS = 10_000;
const LONGEST_KEYS = 500_000;

/** Reads what to plan. */
export function parsePlanBackfill(input: PlanBackfillInput): Read<BackfillWish> {
  const workflowId = idAt(['workflowId'], parseWorkflowId(input.workflowId));
  const concurrency = within('concurrency', input.concurrency ?? 1, MOST_AT_ONCE);
  const stop = given(input.stopAfterFailures);
  const stopAfterFailures = stop === undefined ? success(undefined) : within('stopAfterFailures', stop, MOST_KEYS);
  const read = both(
    both(workflowId, parseLines(input)),
    both(parseEntries(['params'], input.params), both(concurrency, stopAfterFailures)),
  );
  if (!read.ok) return read;
  const [[id, lines], [params, [most, failures]]] = read.value;
  const version = given(input.version);
  return success({
    workflowId: id,
    ...(version === undefined ? {} : { version }),
    lines,
    params,
    redo: input.redo ?? 'MISSING',
    order: input.order ?? 'OLDEST_FIRST',
    concurrency: most,
    ...(failures === undefined ? {} : { stopAfterFailures: failures }),
  });
}

/** Reads which backfill. */
export function parseBackfillAt(id: string): Read<EntityId> {
  return idAt(['backfillId'], parseBackfillId(id));
}

/** Reads the filter of a list of backfills. */
export function parseBackfillsFilter({ workflowId, status }: BackfillFilter): BackfillsFilter {
  return {
    ...(workflowId === null || workflowId === undefined ? {} : { workflowId: wanted(parseWorkflowId(workflowId)) }),
    ...(status === null || status === undefined ? {} : { status }),
  };
}

function parseLines(input: PlanBackfillInput): Read<WishedLines> {
  const { from, to, trigger, cron, every, timezone } = input;
  const keys = given(input.keys);
  if (keys !== undefined) {
    const others = Object.entries({ from, to, trigger, cron, every }).filter(([, value]) => given(value) !== undefined);
    const [other] = others;
    if (other !== undefined) return bad([other[0]], `keys are given, which go without ${other[0]}.`);
    return parseKeys(keys);
  }
  const [first, last] = [given(from), given(to)];
  if (first === undefined || last === undefined) {
    const missing = first === undefined ? 'from' : 'to';
    return bad([missing], `Give from and to, such as 2026-11-01 and 2026-11-07; or keys.`);
  }
  if (given(cron) === undefined && given(every) === undefined) {
    const name = given(trigger);
    return success({ kind: 'TICKS', from: first, to: last, ...(name === undefined ? {} : { trigger: name }) });
  }
  if (given(trigger) !== undefined) return bad(['trigger'], 'Give a trigger or a schedule of its own, not both.');
  const schedule = readSchedule({ cron, every, timezone });
  return schedule.ok ? success({ kind: 'TICKS', from: first, to: last, schedule: schedule.value }) : schedule;
}

function readSchedule(given: Parameters<typeof parseSchedule>[0]): Read<ReturnType<typeof parseSchedule>> {
  try {
    return success(parseSchedule(given));
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return bad([typeof given.cron === 'string' ? 'cron' : 'every'], error.message);
  }
}

function parseKeys(keys: readonly Json[]): Read<WishedLines> {
  if (keys.length === 0 || keys.length > MOST_KEYS) {
    return bad(['keys'], `There must be 1 to ${String(MOST_KEYS)} keys, and there are ${String(keys.length)}.`);
  }
  if (JSON.stringify(keys).length > LONGEST_KEYS) {
    return bad(['keys'], `The keys take more than ${String(LONGEST_KEYS)} characters: make several plans.`);
  }
  const entries = all(keys.map((key, index) => parseKey(key, index)));
  return entries.ok ? success({ kind: 'KEYS', keys: entries.value }) : entries;
}

function parseKey(key: Json, index: number): ReturnType<typeof parseEntries> {
  const path = ['keys', String(index)];
  const entries = parseEntries(path, key);
  return entries.ok && entries.value.length === 0
    ? bad(path, 'A key needs at least one parameter: it is what tells its run from others.')
    : entries;
}

function within(name: string, value: number, most: number): Read<number> {
  if (value >= 1 && value <= most) return success(value);
  return bad([name], `${name} must be 1 to ${String(most)}, and is ${String(value)}.`);
}

function given<T>(value: T | null | undefined): T | undefined {
  return value ?? undefined;
}

function bad(path: readonly string[], message: string): Result<never, readonly Refusal[]> {
  return failed([{ code: 'BAD_INPUT', message, path }]);
}
