// The names that expressions and `${…}` of a run can read: parameters, outputs of steps, the signal, the run itself.

import { type Definition } from '../definition/model.ts';
import { type Scope } from '../expression/evaluate.ts';
import { type Value, type ValueMap } from '../expression/value.ts';
import { bareMap } from '../params/bare.ts';
import { fromJson } from '../params/value.ts';
import { firstCause, type RunState } from './state.ts';

/** What a name stands for in a run, as it is now; `undefined` if there is no such name. */
export function scopeOf(run: RunState, definition: Definition): Scope {
  return (name) => {
    switch (name) {
      case 'steps':
        return outputsOf(run, definition);
      case 'signal': {
        const cause = firstCause(run.cause);
        return cause.kind === 'SIGNAL' ? bareMap(cause.params) : new Map();
      }
      case 'run':
        return new Map<string, Value>([
          ['number', BigInt(run.number)],
          ['status', run.status],
          ['scheduledFor', run.scheduledFor === undefined ? null : BigInt(run.scheduledFor)],
        ]);
      default:
        return paramOf(run, name);
    }
  };
}

/** Follows a path of names; `undefined` where there is nothing. */
export function follow(scope: Scope, path: readonly string[]): Value | undefined {
  const [root, ...rest] = path;
  let value = root === undefined ? undefined : scope(root);
  for (const name of rest) {
    if (!(value instanceof Map)) return undefined;
    value = (value as ValueMap).get(name);
  }
  return value;
}

function paramOf(run: RunState, name: string): Value | undefined {
  const param = run.params.find((candidate) => candidate.name === name);
  if (param === undefined) return undefined;
  const value = fromJson(param.type, param.value);
  return value.ok ? value.value : undefined;
}

function outputsOf(run: RunState, definition: Definition): ValueMap {
  const steps = new Map<string, Value>();
  definition.steps.forEach((step, index) => {
    const outputs = run.steps[index]?.outputs ?? [];
    const values = new Map<string, Value>();
    for (const { name, type } of step.outputs) {
      const output = outputs.find((candidate) => candidate.name === name);
      if (output === undefined) continue;
      const value = fromJson(type, output.value);
      if (value.ok) values.set(name, value.value);
    }
    steps.set(step.id, values);
  });
  return steps;
}
