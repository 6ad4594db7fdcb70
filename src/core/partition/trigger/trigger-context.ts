// What the expressions of a trigger on signals can ask before there is a run: the signals by their names, and the functions of
// `params` as far as they are about signals.

import { type Context, type ParamsPort } from '../../expression/context.ts';
import { type Scope } from '../../expression/evaluate.ts';
import { type Value } from '../../expression/value.ts';
import { type Definition } from '../../definition/model.ts';
import { nameOf, workflowEntity } from '../../ids.ts';
import { bareMap } from '../../params/bare.ts';
import { success } from '../../result.ts';
import { type TriggerState } from '../../trigger/trigger.ts';
import { versionOf } from '../../workflow/workflow.ts';
import { leniency } from '../run/open-params.ts';
import { paramsPortOf } from '../run/param-occasion.ts';
import { type Turn } from '../turn.ts';
import { type Occasion } from './occasion.ts';

/** The definition whose trigger it is; undefined if it is not at hand. */
export function definitionOf(turn: Turn, { workflowId, version }: TriggerState): Definition | undefined {
  const workflow = turn.read('workflow', workflowEntity(workflowId));
  const stored = workflow === undefined ? undefined : versionOf(workflow, version);
  return stored === undefined ? undefined : turn.definition(stored.definition);
}

/** `signal` and `signals`, and as Maestro has it `<signal>__<parameter>`. */
export function signalNames({ last, joined = [] }: Occasion): Scope {
  const groups = new Map(joined.map((one): [string, Value] => [one.as, bareMap(one.params)]));
  const came = [...joined, last].map(({ name, params }) => ({ prefix: `${name}__`, params }));
  return (name) => {
    if (name === 'signal') return bareMap(last.params);
    if (name === 'signals') return groups;
    const one = came.find(({ prefix }) => name.startsWith(prefix));
    return one === undefined ? undefined : bareMap(one.params).get(name.slice(one.prefix.length));
  };
}

/** Time, chance and the functions of `params`; what the trigger gives is read by `params.getFromSignal('name')` too. */
export function contextOf(
  turn: Turn,
  trigger: TriggerState,
  { last, joined }: Occasion,
  given: ReadonlyMap<string, Value> = new Map(),
): Context {
  const definition = definitionOf(turn, trigger);
  const context = { now: turn.circumstances.now, random: turn.random };
  if (definition === undefined) return context;
  const signal = { trigger: trigger.name, name: last.name, signal: nameOf(last.signal), params: last.params };
  const cause = { kind: 'SIGNAL', ...signal, ...(joined === undefined ? {} : { signals: joined }) } as const;
  const { workflowId } = trigger;
  // There is no run yet that could be asked about itself.
  const { getFromInstance: _, ...port } = paramsPortOf(
    definition,
    { workflowId, number: 0, attempt: 1, cause },
    turn.random,
  );
  const { getFromSignal } = port;
  const params: ParamsPort = {
    ...port,
    get: (name) => given.get(name),
    getFromSignal: (name, param) => {
      const own = param === undefined ? given.get(name) : undefined;
      return own === undefined ? getFromSignal(name, param) : success(own);
    },
  };
  return { ...context, params, ...leniency(definition) };
}
