// The triggers that are armed for a definition. Most stand for themselves; one that expects a signal for each value of a key
// is armed once for each, under a name and with a count of its own.

import { type Entry, type Json } from '../json.ts';
import {
  type AbsenceTrigger,
  type ExpectationTrigger,
  type ExpectedKey,
  type TriggerDefinition,
} from './trigger-model.ts';

/** The triggers of a definition as they are armed, in its order. */
export function armedTriggers(triggers: readonly TriggerDefinition[]): readonly TriggerDefinition[] {
  return triggers.flatMap((trigger) => ('keys' in trigger ? forEachKey(trigger) : trigger));
}

/** Every combination of the values of keys, the last key varying fastest. */
export function keyValues(keys: readonly ExpectedKey[]): readonly (readonly Entry[])[] {
  return keys.reduce<readonly (readonly Entry[])[]>(
    (before, { param, values }) => before.flatMap((fixed) => values.map((value) => [...fixed, { name: param, value }])),
    [[]],
  );
}

/** What a trigger on an absence is called for these values: `expected-1-Biscoe`. */
export function keyedName(name: string, fixed: readonly Entry[]): string {
  return [name, ...fixed.map(({ value }) => nameable(value))].join('-');
}

/** The parameters that a trigger on an absence fixes, with their values: what its run can be told of what is missing. */
export function fixedParams({ where }: Pick<AbsenceTrigger, 'where'>): readonly Entry[] {
  return where.flatMap(({ param, operator, operand }) =>
    operator === '==' && !param.includes('.') ? [{ name: param, value: operand }] : [],
  );
}

function forEachKey({ keys = [], ...trigger }: AbsenceTrigger | ExpectationTrigger): readonly TriggerDefinition[] {
  return keyValues(keys).map((fixed) => {
    const demanded = fixed.map(({ name, value }) => ({ param: name, operator: '==' as const, operand: value }));
    return { ...trigger, name: keyedName(trigger.name, fixed), where: [...demanded, ...trigger.where] };
  });
}

/** What of a value can stand in a name. */
function nameable(value: Json): string {
  return (typeof value === 'string' ? value : JSON.stringify(value))
    .replace(/[^.\-a-zA-Z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '');
}
