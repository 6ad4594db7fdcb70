// What a trigger gives to the run it starts: declared parameters only, of their types, and all that a start must give.

import { DEFAULT_PARAMS, isSettableDefault } from '../../params/defaults.ts';
import { fromJson } from '../../params/value.ts';
import { type ParamDeclaration, type TriggerDefinition } from '../model.ts';
import { triggerNameFault } from '../names.ts';
import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';
import { valueProblems } from './published-params.ts';

/** Checks the parameters of every trigger. */
export function triggerParams(subject: Subject): readonly Problem[] {
  const { definition, isDoubtful } = subject;
  const declared = new Map(definition.params.map((param) => [param.name, param]));
  const required = definition.params.filter(
    ({ name, value, expression }) => value === undefined && expression === undefined && !isDoubtful('params', name),
  );
  return definition.triggers.flatMap((trigger, index) => {
    const path = ['triggers', String(index)];
    const given = trigger.params.flatMap((entry): readonly Problem[] => {
      const param = declared.get(entry.name) ?? settable(entry.name);
      if (param === undefined) return [undeclared(entry.name, [...declared.keys()], [...path, 'params', entry.name])];
      const templates = valueProblems(entry, (name) => triggerNameFault(name, trigger), [...path, 'params']);
      if (templates.length > 0 || isDoubtful('params', param.name)) return templates;
      return typeProblems(param, trigger, path);
    });
    const missing = required.filter((param) => !gives(trigger, param.name));
    return [...given, ...missing.map((param) => missingParam(param, trigger, path))];
  });
}

function gives(trigger: TriggerDefinition, name: string): boolean {
  return trigger.params.some((entry) => entry.name === name);
}

/** A default parameter such as TARGET_RUN_DATE, which a start may set without its being declared. */
function settable(name: string): ParamDeclaration | undefined {
  const type = isSettableDefault(name) ? DEFAULT_PARAMS.get(name) : undefined;
  return type === undefined ? undefined : { name, type };
}

function undeclared(name: string, names: readonly string[], path: readonly string[]): Problem {
  return {
    rule: 'undeclared-param',
    message: `The workflow has no parameter "${name}" that a trigger could give.`,
    hint: 'Declare it under `params`.',
    meant: { word: name, among: names },
    path,
    onKey: true,
  };
}

/** A template's type shows only when it is filled in. */
function typeProblems(
  param: ParamDeclaration,
  trigger: TriggerDefinition,
  path: readonly string[],
): readonly Problem[] {
  const json = trigger.params.find((entry) => entry.name === param.name)?.value ?? null;
  if (typeof json === 'string' && json.includes('${')) return [];
  const value = fromJson(param.type, json);
  if (value.ok) return [];
  const message = `The parameter "${param.name}" cannot have this value: ${value.failure}.`;
  return [{ rule: 'wrong-type', message, path: [...path, 'params', param.name] }];
}

function missingParam(param: ParamDeclaration, trigger: TriggerDefinition, path: readonly string[]): Problem {
  return {
    rule: 'missing-param',
    message: `The trigger "${trigger.name}" gives no value for "${param.name}" (${param.type}), which has none of its own: every run it starts would be refused.`,
    hint: `Give it here: params: { ${param.name}: … }, or give the parameter a value.`,
    path,
  };
}
