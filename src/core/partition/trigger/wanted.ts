// Whether a trigger wants a run on signals that meet all its demands: `when` says so over the signals and the parameters that the
// run would get, and `idempotencyKey` lets only the first of equal starts make a run. Both are asked before anything is consumed.

import { type JoinTrigger, type SignalTrigger, type TriggerDefinition } from '../../definition/model.ts';
import { compile } from '../../expression/compile.ts';
import { evaluate } from '../../expression/evaluate.ts';
import { isArray, isMap, text } from '../../expression/text.ts';
import { type Value } from '../../expression/value.ts';
import { nameOf, startKeyEntity } from '../../ids.ts';
import { typedMap, type TypedEntry } from '../../params/typed-entry.ts';
import { type Result, failed, success } from '../../result.ts';
import { longestStartKey } from '../../trigger/start-key.ts';
import { type TriggerState } from '../../trigger/trigger.ts';
import { type Turn } from '../turn.ts';
import { givenParams } from './given-params.ts';
import { type Occasion } from './occasion.ts';
import { contextOf, signalNames } from './trigger-context.ts';

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

/** What is asked of a run before it is started. */
export interface Proposal {
  readonly occasion: Occasion;
  /** The parameters that it would get. */
  readonly given: readonly TypedEntry[];
}

/** Asks `when` of a signal that is only put by for now; undefined if it may be. */
export function arrivalFault(turn: Turn, trigger: TriggerState, occasion: Occasion): Unwanted | undefined {
  const { definition } = trigger;
  if (!isWishing(definition) || definition.when === undefined) return undefined;
  const given = givenParams(turn, trigger, occasion);
  return given.ok ? whenFault(turn, trigger, { occasion, given: given.value }) : fault('when', given.failure);
}

/** Asks `when`; undefined if a run is wanted. Where signals are folded, each was asked about when it came. */
export function whenFault(turn: Turn, trigger: TriggerState, proposal: Proposal): Unwanted | undefined {
  const { definition } = trigger;
  const when = isWishing(definition) ? definition.when : undefined;
  if (when === undefined || proposal.occasion.folded !== undefined) return undefined;
  const value = valueOf(turn, trigger, { ...proposal, source: when });
  if (!value.ok) return fault('when', value.failure);
  if (value.value === true) return undefined;
  if (value.value === false) return { kind: 'UNWANTED', message: `Its \`when\` is false: ${when}` };
  return fault('when', `it must be true or false, and it is ${text(value.value)}.`);
}

/** The key under which a run is to be started, if any; or why there is none, such as that one was started under it before. */
export function freeKey(turn: Turn, trigger: TriggerState, proposal: Proposal): Result<string | undefined, Unwanted> {
  const source = keyExpression(trigger.definition);
  if (source === undefined) return success(undefined);
  const value = valueOf(turn, trigger, { ...proposal, source });
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

interface Question extends Proposal {
  readonly source: string;
}

/** A parameter that the run would get comes before what has the same name. */
function valueOf(turn: Turn, trigger: TriggerState, { occasion, given, source }: Question): Result<Value, string> {
  const expression = compile(source);
  if (!expression.ok) return failed(expression.failure.message);
  const own = typedMap(given);
  const names = signalNames(occasion);
  const context = contextOf(turn, trigger, occasion, own);
  const value = evaluate(expression.value, (name) => own.get(name) ?? names(name), context);
  return value.ok ? value : failed(value.failure.message);
}
