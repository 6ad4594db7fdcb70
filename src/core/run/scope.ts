// The names that expressions and `${…}` of a run can read: parameters, what steps gave, the signal, the run itself. Inside a
// loop also everything that the loop itself can read, from the innermost outwards.

import { graphOf } from '../definition/graph.ts';
import { type StepDefinition } from '../definition/model.ts';
import { type Scope } from '../expression/evaluate.ts';
import { type Value, type ValueMap } from '../expression/value.ts';
import { bareMap } from '../params/bare.ts';
import { fromJson } from '../params/value.ts';
import { importedName } from './imported-names.ts';
import { joinedSignals } from './joined-signals.ts';
import { type Level } from './level.ts';
import { paramOf } from './param-names.ts';
import { firstCause, type StepState } from './state.ts';

export { type Level } from './level.ts';

/**
 * What a name stands for in a run, as it is now; `undefined` if there is no such name. `paths` are the names that will be
 * asked for: what a loop gave is only gathered when it is among them.
 */
export function scopeOf(level: Level, paths: readonly (readonly string[])[]): Scope {
  const imported = level.definition.dialect === 'maestro';
  return (name) => {
    const found = imported ? importedName(level, name) : undefined;
    if (found !== undefined) return found;
    switch (name) {
      case 'steps':
        return new Map(stepsOf(level, mentioned(paths)));
      case 'signal':
        return signalOf(level);
      case 'signals':
        return joinedSignals(firstCause(outermost(level).run.cause));
      case 'run':
        return runOf(level);
      default:
        return imported ? undefined : paramOf(level, name);
    }
  };
}

/** What the steps with these ids gave, by their ids. */
export function stepOutputs(level: Level, ids: readonly string[]): ValueMap {
  return new Map(stepsOf(level, new Set(ids)));
}

/** Follows a path of names; `undefined` where there is nothing. */
export function follow(scope: Scope, path: readonly string[]): Value | undefined {
  const [root, ...rest] = path;
  let value = root === undefined ? undefined : scope(root);
  if (root === 'params' && value === undefined && rest.length > 0) return follow(scope, rest);
  for (const name of rest) {
    if (!(value instanceof Map)) return undefined;
    value = (value as ValueMap).get(name);
  }
  return value;
}

/** The ids that follow `steps` in the paths; undefined if a path does not say which. */
function mentioned(paths: readonly (readonly string[])[]): ReadonlySet<string> | undefined {
  const ids = new Set<string>();
  for (const [root, id] of paths) {
    if (root !== 'steps') continue;
    if (id === undefined) return undefined;
    ids.add(id);
  }
  return ids;
}

/** The level of the run itself, around all loops. */
function outermost(level: Level): Level {
  return level.outer === undefined ? level : outermost(level.outer);
}

function signalOf(level: Level): ValueMap {
  const cause = firstCause(outermost(level).run.cause);
  return cause.kind === 'SIGNAL' ? bareMap(cause.params) : new Map<string, Value>();
}

function runOf(level: Level): ValueMap {
  const { run } = outermost(level);
  return new Map<string, Value>([
    ['number', BigInt(run.number)],
    ['status', run.finishing?.status ?? run.status],
    ['scheduledFor', run.scheduledFor === undefined ? null : BigInt(run.scheduledFor)],
  ]);
}

function stepsOf(level: Level, ids: ReadonlySet<string> | undefined): [string, ValueMap][] {
  const outer = level.outer === undefined ? [] : stepsOf(level.outer, ids);
  const own = graphOf(level.definition).steps.flatMap(({ step, index }): [string, ValueMap][] => {
    const state = level.run.steps[index];
    if (state === undefined || ids?.has(step.id) === false) return [];
    return [[step.id, outputsOf(level, index, { step, state })]];
  });
  return [...outer, ...own];
}

function outputsOf(
  level: Level,
  index: number,
  { step, state }: { readonly step: StepDefinition; readonly state: StepState },
): ValueMap {
  switch (step.work.kind) {
    case 'foreach':
    case 'while':
      return state.loop === undefined ? new Map<string, Value>() : level.loopOutputs(index);
    case 'workflow':
    case 'wait':
      return bareMap(state.outputs);
    case 'noop':
    case 'sleep':
    case 'publish':
    case 'shell':
    case 'python':
    case 'node':
    case 'notebook':
    case 'http':
    case 'kubernetes':
      return declaredOutputs(step, state);
  }
}

function declaredOutputs(step: StepDefinition, { outputs }: StepState): ValueMap {
  const values = new Map<string, Value>();
  for (const { name, type } of step.outputs) {
    const output = outputs.find((candidate) => candidate.name === name);
    if (output === undefined) continue;
    const value = fromJson(type, output.value);
    if (value.ok) values.set(name, value.value);
  }
  return values;
}
