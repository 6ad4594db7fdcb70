// What the functions of `params` answer about the steps of a run (maestro-behaviour §3.8).

import { graphOf } from '../definition/graph.ts';
import { type Answer, type ParamsPort } from '../expression/context.ts';
import { isMap } from '../expression/text.ts';
import { type Value } from '../expression/value.ts';
import { bareValue } from '../params/bare.ts';
import { failed, success } from '../result.ts';
import { factOfStep, finishedStep, stepParam } from './imported-names.ts';
import { type Level, scopeOf, stepOutputs } from './scope.ts';
import { isTerminalStep, type StepStatus } from './state.ts';

/** The functions that look at parameters in scope and at steps that are over. */
export function stepsPort(level: Level): ParamsPort {
  const given = (step: string, ...path: readonly string[]): Answer => {
    let value: Value | undefined = stepOutputs(level, [step]);
    for (const name of [step, ...path]) value = value !== undefined && isMap(value) ? value.get(name) : undefined;
    return value === undefined ? failed(`There is no ${[step, ...path].join('.')} yet.`) : success(value);
  };
  return {
    get: (name) => (name === 'steps' ? undefined : scopeOf(level, [])(name)),
    getFromStep: (step, param) => {
      if (param === undefined) return ownField(level, step);
      return level.definition.dialect === 'maestro'
        ? fromImported(level, step, param)
        : fromStep(level, step, param, given);
    },
    getFromSignalDependency: (index, param) => fromDependency(level, index, param),
    getFromForeach: (loop, inner, param) => given(loop, inner, param),
    getFromSubworkflow: (step, inner, param) => given(step, inner, param),
  };
}

/** The place of a step in an imported definition, where its own parameters come first; in ours, the level itself. */
export function atStep(level: Level, step: number): Level {
  if (level.definition.dialect !== 'maestro') return level;
  const place: Level = { ...level, step };
  return { ...place, context: { ...level.context, params: { ...level.context?.params, ...stepsPort(place) } } };
}

function fromStep(level: Level, id: string, param: string, given: (step: string, param: string) => Answer): Answer {
  const index = graphOf(level.definition).indexes.get(id);
  const state = index === undefined ? undefined : level.run.steps[index];
  if (state === undefined || !isTerminalStep(state.status)) return given(id, param);
  if (param === 'MAESTRO_STEP_STATUS') return success(statusWord(state.status));
  if (param === 'MAESTRO_STEP_END_TIME') return success(state.endedAt === undefined ? null : BigInt(state.endedAt));
  return given(id, param);
}

/** A parameter of the signal that the step at hand has waited for; they count from 0. */
function fromDependency(level: Level, index: number, param: string): Answer {
  const { step } = level;
  const found = step === undefined ? undefined : level.run.steps[step]?.awaiting?.signals[index]?.found;
  const value = found?.params.find(({ name }) => name === param)?.value;
  if (value !== undefined) return success(bareValue(value));
  return failed(`The step at hand has no signal dependency ${String(index)} with a parameter "${param}".`);
}

function fromImported(level: Level, id: string, param: string): Answer {
  const found = finishedStep(level, id);
  if (found === undefined) return failed(`There is no step "${id}" that is over before this place.`);
  if (param === 'MAESTRO_STEP_STATUS') return success(statusWord(found.state.status));
  if (param === 'MAESTRO_STEP_END_TIME') return success(BigInt(found.state.endedAt ?? 0));
  const value = stepParam(level, id, param);
  return value === undefined ? failed(`The step "${id}" has no parameter "${param}".`) : success(value);
}

/** Maestro's word for how a step ended. */
function statusWord(status: StepStatus): string {
  return status === 'FAILED' ? 'FATALLY_FAILED' : status;
}

/** A field of the step at hand. */
function ownField(level: Level, field: string): Answer {
  const { step } = level;
  const node = step === undefined ? undefined : graphOf(level.definition).steps[step];
  if (step === undefined || node === undefined) return failed(`The step at hand has no field "${field}".`);
  switch (field) {
    case 'step_instance_id':
      return success(BigInt(step + 1));
    case 'step_type_info':
      return success(node.step.work.kind);
    case 'MAESTRO_STEP_ERROR_RETRIES': {
      const attempts = level.run.steps[step]?.attempts ?? [];
      return success(BigInt(attempts.filter(({ failure }) => failure?.kind === 'USER').length));
    }
    default: {
      const fact = factOfStep(level, step, field);
      return fact === undefined ? failed(`The step at hand has no field "${field}".`) : success(fact);
    }
  }
}
