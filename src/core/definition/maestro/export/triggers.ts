// Triggers as Maestro writes them; undefined for what it has no word for.

import { type Json, type JsonObject } from '../../../json.ts';
import { inferType } from '../../../params/infer-type.ts';
import {
  type AbsenceTrigger,
  type Clause,
  type ExpectationTrigger,
  type JoinTrigger,
  type SignalTrigger,
  type TriggerDefinition,
} from '../../model.ts';
import { isFolding } from '../../signal-fold.ts';
import { writeLength } from '../lengths.ts';
import { quartzFrom } from '../quartz.ts';
import { literalJson } from './params.ts';

/** Writes a time trigger. */
export function timeTriggerJson(trigger: TriggerDefinition): JsonObject | undefined {
  if (trigger.kind !== 'cron' || trigger.catchUp !== 'all' || trigger.params.length > 0) return undefined;
  const { cron, timezone, jitter } = trigger;
  const time = cron.startsWith('@')
    ? { type: 'PREDEFINED', expression: cron }
    : { type: 'CRON', cron: quartzFrom(cron) };
  return { ...time, timezone, ...(jitter === undefined ? {} : { fuzzy_max_delay: writeLength(jitter) }) };
}

/** Writes a trigger on one signal, or on several that all must come. */
export function signalTriggerJson(
  trigger: SignalTrigger | AbsenceTrigger | ExpectationTrigger | JoinTrigger,
): JsonObject | undefined {
  if (trigger.kind === 'absent' || trigger.kind === 'expected' || isFolding(trigger)) return undefined;
  const { params } = trigger;
  const slots = 'slots' in trigger ? trigger.slots : [{ ...trigger, as: undefined, joinOn: [] }];
  if ('slots' in trigger && (trigger.kind !== 'all' || trigger.within !== undefined)) return undefined;
  const demands = slots.map((slot): readonly [string, JsonObject] | undefined => {
    const match = matchJson(slot.where);
    const keys = slot.joinOn.length === 0 ? {} : { join_keys: slot.joinOn };
    return match === undefined ? undefined : [slot.signal, { ...match, ...keys }];
  });
  const known = demands.filter((demand) => demand !== undefined);
  const definitions = Object.fromEntries(known);
  // There, a signal's name stands for it: one that is wanted twice has no words.
  if (Object.keys(definitions).length < slots.length) return undefined;
  const groups = new Map(slots.map(({ as, signal }) => [as === undefined ? 'signal' : `signals.${as}`, signal]));
  const given = params.map(({ name, value }): readonly [string, JsonObject] => [name, paramJson(value, groups)]);
  return {
    definitions,
    ...(given.length === 0 ? {} : { params: Object.fromEntries(given) }),
    ...(trigger.when === undefined ? {} : { condition: trigger.when }),
    ...(trigger.idempotencyKey === undefined ? {} : { dedup_expr: trigger.idempotencyKey }),
  };
}

function matchJson(where: readonly Clause[]): JsonObject | undefined {
  const demands = where.map(({ param, operator, operand }): readonly [string, JsonObject] | undefined => {
    if (operator === '!=' || operator === 'in') return undefined;
    return [param, { value: operand, operator: operator === '==' ? '=' : operator }];
  });
  const known = demands.filter((demand) => demand !== undefined);
  const match = Object.fromEntries(known);
  if (Object.keys(match).length < demands.length) return undefined;
  return known.length === 0 ? {} : { match_params: match };
}

const TAKEN = /^\$\{(signal|signals\.[a-zA-Z_]\w*)\.([a-zA-Z_]\w*)\}$/u;

function paramJson(value: Json, groups: ReadonlyMap<string, string>): JsonObject {
  const [, group = '', param] = (typeof value === 'string' ? TAKEN.exec(value) : undefined) ?? [];
  const signal = groups.get(group)?.replaceAll('\\', () => '\\\\');
  if (signal !== undefined && param !== undefined) {
    return { type: 'STRING', expression: `params.getFromSignal("${signal}", "${param}")` };
  }
  return { type: (inferType(value) ?? 'string').toUpperCase(), value: literalJson(value) };
}
