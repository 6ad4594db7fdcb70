// What a restart or a fork gives the parameters of single steps: judged when it is given, and laid over what the definition says
// each time that the step begins.

import { graphOf } from '../definition/graph.ts';
import { type Definition, type ParamDeclaration } from '../definition/model.ts';
import { nearest } from '../expression/nearest.ts';
import { type Entry } from '../json.ts';
import { applyGiven, nameRefusals } from '../params/given.ts';
import { type Setting } from '../params/merge.ts';
import { declaredSetting } from '../params/resolve-params.ts';
import { type Refusal } from '../refusal.ts';
import { type Result, failed, success } from '../result.ts';
import { type StepParamsWish } from './restart-from.ts';
import { type GivenStepParams, type RunState } from './state.ts';

/** What holds for each step once the wishes are laid over what was given before, or everything that is wrong with them. */
export function giveStepParams(
  definition: Definition,
  wishes: readonly StepParamsWish[],
  before: readonly GivenStepParams[] = [],
): Result<readonly GivenStepParams[], readonly Refusal[]> {
  const { steps, indexes } = graphOf(definition);
  const given = new Map(before.map(({ step, params }) => [step, params]));
  const refusals: Refusal[] = [];
  for (const { stepId, params } of wishes) {
    const index = indexes.get(stepId);
    const node = index === undefined ? undefined : steps[index];
    if (index === undefined || node === undefined) {
      refusals.push(unknownStep(definition, stepId, [...indexes.keys()]));
      continue;
    }
    refusals.push(...faultsOf(stepId, node.step.params, params));
    const names = new Set(params.map(({ name }) => name));
    given.set(index, [...(given.get(index) ?? []).filter(({ name }) => !names.has(name)), ...params]);
  }
  if (refusals.length > 0) return failed(refusals);
  const all = [...given].filter(([, params]) => params.length > 0);
  return success(all.map(([step, params]) => ({ step, params })).sort((one, other) => one.step - other.step));
}

/** What gives a step's parameter its value: what it was given, else what the definition says; undefined if that says nothing. */
export function settingOf(
  run: RunState,
  step: number,
  declared: ParamDeclaration,
): { readonly setting: Setting; readonly isGiven: boolean } | undefined {
  const setting = declaredSetting(declared);
  const own = run.stepParams?.find((given) => given.step === step)?.params.find(({ name }) => name === declared.name);
  const over = own === undefined ? undefined : laidOver(declared, own);
  const changed = over?.ok === true && over.value.isNew ? over.value.setting : undefined;
  if (changed !== undefined) return { setting: changed, isGiven: true };
  return setting === undefined ? undefined : { setting, isGiven: false };
}

function laidOver(declared: ParamDeclaration, given: Entry): ReturnType<typeof applyGiven> {
  const { name, type, mode = 'mutable' } = declared;
  return applyGiven({ name, type, mode, setting: declaredSetting(declared) }, given, 'RESTART');
}

function faultsOf(
  stepId: string,
  declared: readonly ParamDeclaration[] | undefined,
  given: readonly Entry[],
): readonly Refusal[] {
  if (declared === undefined) return given.length === 0 ? [] : [noParams(stepId)];
  const strange = given.filter(({ name }) => declared.every((one) => one.name !== name));
  const faults = given.flatMap((one) => {
    const known = declared.find(({ name }) => name === one.name);
    const laid = known === undefined ? undefined : laidOver(known, one);
    return laid?.ok === false ? [laid.failure] : [];
  });
  const names = declared.map(({ name }) => name);
  const twice = nameRefusals(names, given).filter(({ message }) => message.includes('more than once'));
  return [...strange.map(({ name }) => unknownParam(stepId, name, names)), ...faults, ...twice].map((refusal) => ({
    ...refusal,
    path: ['stepParams', stepId, ...refusal.path.slice(1)],
  }));
}

function noParams(stepId: string): Refusal {
  return {
    code: 'BAD_INPUT',
    message: `Step "${stepId}" has no parameters of its own: only steps that were written for Maestro have.`,
    path: ['stepParams', stepId],
    hint: 'Give the parameters of the run instead, with `params`.',
  };
}

function unknownParam(stepId: string, name: string, names: readonly string[]): Refusal {
  const near = nearest(name, names);
  return {
    code: 'BAD_INPUT',
    message: `Step "${stepId}" has no parameter "${name}".`,
    path: ['params', name],
    hint: near === undefined ? `Its parameters: ${names.join(', ') || 'none'}.` : `Did you mean "${near}"?`,
  };
}

function unknownStep({ id }: Definition, step: string, ids: readonly string[]): Refusal {
  return {
    code: 'NOT_FOUND',
    message: `"${id}" has no step "${step}" outside its loops, whose parameters could be given.`,
    path: ['stepParams', step],
    hint: `Its steps: ${ids.join(', ')}.`,
  };
}
