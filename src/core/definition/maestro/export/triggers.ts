// Triggers as Maestro writes them; undefined for what it has no word for.

import { type Json, type JsonObject } from '../../../json.ts';
import { inferType } from '../../../params/infer-type.ts';
import { type SignalTrigger, type TriggerDefinition } from '../../model.ts';
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

/** Writes a signal trigger. */
export function signalTriggerJson({ signal, where, params }: SignalTrigger): JsonObject | undefined {
  const demands = where.map(({ param, operator, operand }): readonly [string, JsonObject] | undefined => {
    if (operator === '!=') return undefined;
    return [param, { value: operand, operator: operator === '==' ? '=' : operator }];
  });
  const known = demands.filter((demand) => demand !== undefined);
  if (known.length < demands.length) return undefined;
  const match = known.length === 0 ? {} : { match_params: Object.fromEntries(known) };
  const given = params.map(({ name, value }): readonly [string, JsonObject] => [name, paramJson(value, signal)]);
  return {
    definitions: { [signal]: match },
    ...(given.length === 0 ? {} : { params: Object.fromEntries(given) }),
  };
}

const TAKEN = /^\$\{signal\.([a-zA-Z_]\w*)\}$/u;

function paramJson(value: Json, signal: string): JsonObject {
  const param = typeof value === 'string' ? TAKEN.exec(value)?.[1] : undefined;
  const name = signal.replaceAll('\\', () => '\\\\');
  if (param !== undefined) return { type: 'STRING', expression: `params.getFromSignal("${name}", "${param}")` };
  return { type: (inferType(value) ?? 'string').toUpperCase(), value: literalJson(value) };
}
