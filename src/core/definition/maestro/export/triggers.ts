// Triggers as Maestro writes them; undefined for what it has no word for.

import { type Json, type JsonObject } from '../../../json.ts';
import { inferType } from '../../../params/infer-type.ts';
import {
  type AbsenceTrigger,
  type Clause,
  type ExpectationTrigger,
  type JoinSlot,
  type JoinTrigger,
  type SignalTrigger,
  type TriggerDefinition,
} from '../../model.ts';
import { isFolding } from '../../signal-fold.ts';
import { writeLength } from '../lengths.ts';
import { quartzFrom } from '../quartz.ts';
import { literalJson, paramsJson } from './params.ts';

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
  const slots: readonly Slot[] = 'slots' in trigger ? trigger.slots : [oneSlot(trigger)];
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
  return { definitions, ...givenJson(trigger, slots), ...wishesJson(trigger) };
}

function givenJson({ params, formulas = [] }: SignalTrigger | JoinTrigger, slots: readonly Slot[]): JsonObject {
  const groups = new Map(slots.map(({ as, signal }) => [as === undefined ? 'signal' : `signals.${as}`, signal]));
  const filled = params.map(({ name, value }): readonly [string, JsonObject] => [name, paramJson(value, groups)]);
  const given = { ...Object.fromEntries(filled), ...paramsJson(formulas) };
  return Object.keys(given).length === 0 ? {} : { params: given };
}

function wishesJson({ when, idempotencyKey }: SignalTrigger | JoinTrigger): JsonObject {
  return {
    ...(when === undefined ? {} : { condition: when }),
    ...(idempotencyKey === undefined ? {} : { dedup_expr: idempotencyKey }),
  };
}

interface Slot extends Pick<JoinSlot, 'signal' | 'joinOn' | 'where'> {
  readonly as?: string;
}

/** What a single signal must have, whatever its value, is a join key there. */
function oneSlot({ signal, where }: SignalTrigger): Slot {
  const isKey = ({ operator, operand }: Clause): boolean => operator === '!=' && operand === null;
  return { signal, joinOn: where.filter(isKey).map(({ param }) => param), where: where.filter((one) => !isKey(one)) };
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

/** What definitions have that were imported before triggers could work anything out. */
const TAKEN = /^\$\{(signal|signals\.[a-zA-Z_]\w*)\.([a-zA-Z_]\w*)\}$/u;

function paramJson(value: Json, groups: ReadonlyMap<string, string>): JsonObject {
  const [, group = '', param] = (typeof value === 'string' ? TAKEN.exec(value) : undefined) ?? [];
  const signal = groups.get(group)?.replaceAll('\\', () => '\\\\');
  if (signal !== undefined && param !== undefined) {
    return { type: 'STRING', expression: `params.getFromSignal("${signal}", "${param}")` };
  }
  return { type: (inferType(value) ?? 'string').toUpperCase(), value: literalJson(value) };
}
