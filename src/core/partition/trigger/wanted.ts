// Whether a trigger wants a run on signals that meet all its demands: `when` says so over the signals and the parameters that the
// run would get, and `idempotencyKey` lets only the first of equal starts make a run. Both are asked before anything is consumed.

import { type JoinTrigger, type SignalTrigger, type TriggerDefinition } from '../../definition/model.ts';
import { compile } from '../../expression/compile.ts';
import { type Context } from '../../expression/context.ts';
import { evaluate } from '../../expression/evaluate.ts';
import { isArray, isMap, text } from '../../expression/text.ts';
import { type Value } from '../../expression/value.ts';
import { nameOf, startKeyEntity, workflowEntity } from '../../ids.ts';
import { type Entry } from '../../json.ts';
import { bareMap } from '../../params/bare.ts';
import { type Result, failed, success } from '../../result.ts';
import { longestStartKey } from '../../trigger/start-key.ts';
import { type TriggerState } from '../../trigger/trigger.ts';
import { versionOf } from '../../workflow/workflow.ts';
import { leniency } from '../run/open-params.ts';
import { paramsPortOf } from '../run/param-occasion.ts';
import { type Turn } from '../turn.ts';
import { type Occasion } from './occasion.ts';
import { givenSignals, paramsFrom } from './trigger-params.ts';

type Wishing = SignalTrigger | JoinTrigger;

/** Whether a trigger does not want every run that it could start. */
export function isWishing(definition: TriggerDefinition): definition is Wishing {
  return 'when' in definition || 'idempotencyKey' in definition;
}

/** Why a run is not wanted, or why that cannot be told. */
export interface Unwanted {
  readonly kind: 'UNWANTED' | 'FAULT';
  readonly message: string;
}

/** Asks `when`; undefined if a run is wanted. Where signals are folded, each was asked about when it came. */
export function whenFault(turn: Turn, trigger: TriggerState, occasion: Occasion): Unwanted | undefined {
  const { definition } = trigger;
  const when = isWishing(definition) ? definition.when : undefined;
  if (when === undefined || occasion.folded !== undefined) return undefined;
  const value = valueOf(turn, trigger, { occasion, source: when });
  if (!value.ok) return fault('when', value.failure);
  if (value.value === true) return undefined;
  if (value.value === false) return { kind: 'UNWANTED', message: `Its \`when\` is false: ${when}` };
  return fault('when', `it must be true or false, and it is ${text(value.value)}.`);
}

/** The key under which a run is to be started, if any; or why there is none, such as that one was started under it before. */
export function freeKey(turn: Turn, trigger: TriggerState, occasion: Occasion): Result<string | undefined, Unwanted> {
  const source = keyExpression(trigger.definition);
  if (source === undefined) return success(undefined);
  const value = valueOf(turn, trigger, { occasion, source });
  const key = value.ok ? keyFrom(value.value) : value;
  if (!key.ok) return failed(fault('idempotencyKey', key.failure));
  const first = turn.read('startKey', startKeyEntity(trigger.workflowId, key.value));
  if (first === undefined) return key;
  const run = nameOf(first.run).replace(/\.1$/u, '');
  const message = `Run ${run} was started under its idempotencyKey already: "${key.value}".`;
  return failed({ kind: 'UNWANTED', message });
}

function keyFrom(value: Value): Result<string, string> {
  if (value === null || isArray(value) || isMap(value)) {
    return failed(`it must be a text, a number or a boolean, and it is ${value === null ? 'nothing' : text(value)}.`);
  }
  const words = text(value);
  if (words.length > 0 && words.length <= longestStartKey) return success(words);
  return failed(`it must have 1 to ${String(longestStartKey)} characters, and it has ${String(words.length)}.`);
}

function keyExpression(definition: TriggerDefinition): string | undefined {
  return 'idempotencyKey' in definition ? definition.idempotencyKey : undefined;
}

function fault(key: 'when' | 'idempotencyKey', why: string): Unwanted {
  return { kind: 'FAULT', message: `Its \`${key}\` could not be worked out: ${why}` };
}

interface Question {
  readonly occasion: Occasion;
  readonly source: string;
}

function valueOf(turn: Turn, trigger: TriggerState, { occasion, source }: Question): Result<Value, string> {
  const params = paramsFrom(trigger.definition.params, givenSignals(occasion));
  if (!params.ok) return params;
  const expression = compile(source);
  if (!expression.ok) return failed(expression.failure.message);
  const names = namesOf(occasion, params.value);
  const value = evaluate(expression.value, (name) => names.get(name), contextOf(turn, trigger, occasion));
  return value.ok ? value : failed(value.failure.message);
}

/** A parameter that the run would get comes before what has the same name. */
function namesOf({ last, joined }: Occasion, params: readonly Entry[]): ReadonlyMap<string, Value> {
  const signals = new Map((joined ?? []).map((one): [string, Value] => [one.as, bareMap(one.params)]));
  return new Map<string, Value>([['signal', bareMap(last.params)], ['signals', signals], ...bareMap(params)]);
}

function contextOf(turn: Turn, { workflowId, version, name }: TriggerState, { last, joined }: Occasion): Context {
  const workflow = turn.read('workflow', workflowEntity(workflowId));
  const stored = workflow === undefined ? undefined : versionOf(workflow, version);
  const definition = stored === undefined ? undefined : turn.definition(stored.definition);
  const context = { now: turn.circumstances.now, random: turn.random };
  if (definition === undefined) return context;
  const signal = { trigger: name, name: last.name, signal: nameOf(last.signal), params: last.params };
  const cause = { kind: 'SIGNAL', ...signal, ...(joined === undefined ? {} : { signals: joined }) } as const;
  // There is no run yet that could be asked about itself.
  const { getFromInstance: _, ...params } = paramsPortOf(
    definition,
    { workflowId, number: 0, attempt: 1, cause },
    turn.random,
  );
  return { ...context, params, ...leniency(definition) };
}
