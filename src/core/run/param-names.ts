// The parameters of a run by name: its own, those of the loops around, and the default ones.

import { runFacts } from '../definition/run-facts.ts';
import { type Value } from '../expression/value.ts';
import { defaultParam } from '../params/defaults.ts';
import { fromJson } from '../params/value.ts';
import { type Level } from './level.ts';
import { firstCause, type RunState } from './state.ts';

/** The value of a parameter, those of the loops around first; undefined if there is none of the name. */
export function paramOf(level: Level, name: string): Value | undefined {
  const own = ownParam(level.run, name);
  if (own !== undefined) return own;
  return level.outer === undefined ? defaultOf(level, name) : paramOf(level.outer, name);
}

/** The value of a parameter that this level itself has. */
export function ownParam({ params }: RunState, name: string): Value | undefined {
  const param = params.find((candidate) => candidate.name === name);
  const value = param === undefined ? undefined : fromJson(param.type, param.value);
  return value?.ok === true ? value.value : undefined;
}

/** What every run has without declaring it, such as RUN_TS; at the level around all loops. */
export function defaultOf({ run, definition }: Level, name: string): Value | undefined {
  const cause = firstCause(run.cause);
  const trigger = cause.kind === 'CRON' || cause.kind === 'BACKFILL' ? cause.trigger : undefined;
  const facts = runFacts(definition, run.scheduledFor ?? run.createdAt, trigger);
  return defaultParam(name, facts, (other) => ownParam(run, other));
}
