// One text for all definitions that mean the same: the order of keys, whether fixed or chosen by the user, makes no
// difference; the order of steps, triggers and artifacts does, and that of the names of a `foreach`.

import { type Json, type JsonObject } from '../json.ts';
import { isJsonArray, isJsonObject } from '../params/infer-type.ts';
import {
  type Clause,
  type Definition,
  type SignalWait,
  type StepDefinition,
  type TriggerDefinition,
  type Work,
} from './model.ts';

/** The canonical JSON of a definition, to be hashed and stored: equal content gives the equal text. */
export function canonicalJson(definition: Definition): string {
  return JSON.stringify(sortedKeys(canonical(definition) as unknown as Json));
}

/** The same definition with every list that was a map in the text in the order of its names. */
function canonical(definition: Definition): Definition {
  return {
    ...definition,
    labels: byName(definition.labels),
    params: byName(definition.params),
    triggers: definition.triggers.map(canonicalTrigger),
    steps: definition.steps.map(canonicalStep),
    ...(definition.finally === undefined ? {} : { finally: definition.finally.map(canonicalStep) }),
    files: definition.files.toSorted((a, b) => compare(a.path, b.path)),
  };
}

function canonicalTrigger(trigger: TriggerDefinition): TriggerDefinition {
  const params = byName(trigger.params);
  if ('formulas' in trigger) {
    const { formulas, ...rest } = trigger;
    return { ...canonicalTrigger(rest), formulas: byName(formulas) } as TriggerDefinition;
  }
  if ('slots' in trigger) {
    const slots = trigger.slots.map((slot) => ({ ...slot, where: canonicalWhere(slot.where) }));
    return { ...trigger, params, slots };
  }
  if (!('where' in trigger)) return { ...trigger, params };
  const keys = 'keys' in trigger ? { keys: trigger.keys.toSorted((a, b) => compare(a.param, b.param)) } : {};
  return { ...trigger, params, where: canonicalWhere(trigger.where), ...keys };
}

function canonicalWhere(where: readonly Clause[]): readonly Clause[] {
  const operand = (clause: Clause): string => JSON.stringify(clause.operand);
  return where.toSorted(
    (a, b) => compare(a.param, b.param) || compare(a.operator, b.operator) || compare(operand(a), operand(b)),
  );
}

function canonicalStep(step: StepDefinition): StepDefinition {
  return {
    ...step,
    needs: step.needs.toSorted((a, b) => compare(a.step, b.step)),
    work: canonicalWork(step.work),
    env: byName(step.env),
    outputs: byName(step.outputs),
    ...(step.waits === undefined ? {} : { waits: step.waits.map(canonicalWait) }),
    ...(step.announces === undefined
      ? {}
      : { announces: step.announces.map((one) => ({ ...one, params: byName(one.params) })) }),
  };
}

function canonicalWait(wait: SignalWait): SignalWait {
  const match = wait.match.toSorted((a, b) => compare(a.param, b.param) || compare(a.operator, b.operator));
  return { ...wait, match, where: canonicalWhere(wait.where) };
}

function canonicalWork(work: Work): Work {
  switch (work.kind) {
    case 'publish':
    case 'workflow':
      return { ...work, params: byName(work.params) };
    case 'http': {
      const { request } = work;
      return request === undefined ? work : { ...work, request: { ...request, headers: byName(request.headers) } };
    }
    case 'foreach':
      return { ...work, steps: work.steps.map(canonicalStep) };
    case 'while':
      return { ...work, values: byName(work.values), steps: work.steps.map(canonicalStep) };
    case 'noop':
    case 'wait':
    case 'sleep':
    case 'shell':
    case 'python':
    case 'node':
    case 'notebook':
    case 'kubernetes':
      return work;
  }
}

function byName<T extends { readonly name: string }>(entries: readonly T[]): readonly T[] {
  return entries.toSorted((a, b) => compare(a.name, b.name));
}

/** By UTF-16 units: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function sortedKeys(json: Json): Json {
  if (isJsonArray(json)) return json.map(sortedKeys);
  if (!isJsonObject(json)) return json;
  const entries = Object.entries(json as Partial<JsonObject>).filter(hasValue);
  return Object.fromEntries(entries.sort(([a], [b]) => compare(a, b)).map(([key, value]) => [key, sortedKeys(value)]));
}

function hasValue(entry: readonly [string, Json | undefined]): entry is [string, Json] {
  return entry[1] !== undefined;
}
