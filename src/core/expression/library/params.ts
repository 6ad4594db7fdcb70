// The functions of `params`, which ask the run that the expression belongs to.

import { type Budget, fail } from '../budget.ts';
import { type Answer, type ParamsPort } from '../context.ts';
import { type Thing } from '../thing.ts';
import { type Value } from '../value.ts';
import { toValue } from '../to-value.ts';
import { type Callables, callable } from './callable.ts';

/** Takes a function of the port. */
function asked<K extends keyof ParamsPort>(name: K, budget: Budget): NonNullable<ParamsPort[K]> {
  const found = budget.context.params?.[name];
  if (found !== undefined) return found;
  return fail(
    budget,
    'EXPRESSION_FAILED',
    `params.${name} has nothing to ask here: there is no run, or it has none of that.`,
  );
}

function answered(answer: Answer, budget: Budget): Value {
  return answer.ok ? answer.value : fail(budget, 'EXPRESSION_FAILED', answer.failure);
}

/** `params.get(name)` and `params[name]`: NULL when there is no such parameter. */
export function paramOf(name: string, budget: Budget): Thing {
  return asked('get', budget)(name) ?? null;
}

const dependencyIndex = /^\d{1,6}$/;

function indexOf(index: Thing, budget: Budget): number {
  const written = typeof index === 'bigint' ? index.toString() : index;
  if (typeof written === 'string' && dependencyIndex.test(written)) return Number(written);
  return fail(budget, 'EXPRESSION_TYPE', 'The index of a signal dependency is a whole number from 0 on.');
}

/** All of them but `get`, which `params['x']` is too. */
export const PARAMS_FUNCTIONS: Callables = new Map([
  ['get', callable(['string'], 'unknown', ([name], budget) => paramOf(name, budget))],
  [
    'getFromStep',
    callable(['string', 'string?'], 'unknown', ([first, param], budget) =>
      answered(asked('getFromStep', budget)(...pair(first, param)), budget),
    ),
  ],
  [
    'getFromInstance',
    callable(['string'], 'unknown', ([field], budget) => answered(asked('getFromInstance', budget)(field), budget)),
  ],
  [
    'getFromSignal',
    callable(['string', 'string?'], 'unknown', ([first, param], budget) =>
      answered(asked('getFromSignal', budget)(...pair(first, param)), budget),
    ),
  ],
  [
    'getFromSignalOrDefault',
    callable(['string', 'string', 'any'], 'unknown', ([signal, param, otherwise], budget) =>
      answered(asked('getFromSignalOrDefault', budget)(signal, param, toValue(otherwise, budget)), budget),
    ),
  ],
  [
    'getFromSignalDependency',
    callable(['any', 'string'], 'unknown', ([index, param], budget) =>
      answered(asked('getFromSignalDependency', budget)(indexOf(index, budget), param), budget),
    ),
  ],
  [
    'getFromForeach',
    callable(['string', 'string', 'string'], 'unknown', ([outer, inner, param], budget) =>
      answered(asked('getFromForeach', budget)(outer, inner, param), budget),
    ),
  ],
  [
    'getFromSubworkflow',
    callable(['string', 'string', 'string'], 'unknown', ([outer, inner, param], budget) =>
      answered(asked('getFromSubworkflow', budget)(outer, inner, param), budget),
    ),
  ],
  [
    'getExecutionEnvironment',
    callable([], 'string', (_, budget) => answered(asked('getExecutionEnvironment', budget)(), budget)),
  ],
  ['nextUniqueId', callable([], 'long', (_, budget) => answered(asked('nextUniqueId', budget)(), budget))],
]);

function pair(first: string, second: string | undefined): [string, string?] {
  return second === undefined ? [first] : [first, second];
}
