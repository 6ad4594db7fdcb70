// The parameters that a trigger on signals gives to a run, worked out once for each: what it asks of them before it starts one
// and what the run gets are the same values.

import { runFacts } from '../../definition/run-facts.ts';
import { evaluateParams } from '../../params/evaluate-params.ts';
import { declaredSetting, type Declared } from '../../params/resolve-params.ts';
import { type TypedEntry } from '../../params/typed-entry.ts';
import { type Result, failed, success } from '../../result.ts';
import { type TriggerState } from '../../trigger/trigger.ts';
import { type Turn } from '../turn.ts';
import { type Occasion } from './occasion.ts';
import { contextOf, definitionOf, signalNames } from './trigger-context.ts';
import { givenSignals, paramsFrom } from './trigger-params.ts';

/** What the run would get on this occasion, or why one of the parameters cannot be made. */
export function givenParams(
  turn: Turn,
  trigger: TriggerState,
  occasion: Occasion,
): Result<readonly TypedEntry[], string> {
  const { definition } = trigger;
  const filled = paramsFrom(definition.params, givenSignals(occasion));
  const formulas = 'formulas' in definition ? definition.formulas : [];
  if (!filled.ok || formulas.length === 0) return filled;
  const made = workedOut(turn, trigger, { occasion, formulas });
  return made.ok ? success([...filled.value, ...made.value]) : made;
}

function workedOut(
  turn: Turn,
  trigger: TriggerState,
  { occasion, formulas }: { readonly occasion: Occasion; readonly formulas: readonly Declared[] },
): Result<readonly TypedEntry[], string> {
  const whole = definitionOf(turn, trigger);
  const { now } = turn.circumstances;
  const settings = formulas.flatMap((one) => {
    const setting = declaredSetting(one);
    return setting === undefined ? [] : [{ name: one.name, type: one.type, setting }];
  });
  const values = evaluateParams(settings, {
    facts: whole === undefined ? { workflowId: trigger.workflowId, at: now } : runFacts(whole, now),
    names: signalNames(occasion),
    context: contextOf(turn, trigger, occasion),
  });
  if (!values.ok) return failed(values.failure.map(({ message }) => message).join('\n'));
  return success(
    formulas.map(({ name, type, mode }) => ({
      name,
      type,
      value: values.value.get(name) ?? null,
      ...(mode === undefined ? {} : { mode }),
    })),
  );
}
