// Evaluates a compiled expression or program. Each tree is turned into closures once. Guarantees: the same scope and
// context give the same result; every evaluation ends within its fuel; nothing outside the scope and the context can
// be read, and nothing at all outside the evaluation can be written.

import { type Result } from '../result.ts';
import { DEFAULT_FUEL } from './budget.ts';
import { buildStatement } from './build-statements.ts';
import { type Expression } from './compile.ts';
import { type Context } from './context.ts';
import { type ExpressionFault, settle } from './fault.ts';
import { type Machine, type Perform, type Scope } from './machine.ts';
import { VOID } from './thing.ts';
import { toValue } from './to-value.ts';
import { type Value } from './value.ts';

export { type Scope } from './machine.ts';
export { type Context, type Fuel, type ParamsPort } from './context.ts';

const programs = new WeakMap<Expression, Perform>();

const NO_CONTEXT: Context = {};

/** Evaluates an expression against a scope, within the fuel, time and chance of the context. */
export function evaluate(
  expression: Expression,
  scope: Scope,
  context: Context = NO_CONTEXT,
): Result<Value, ExpressionFault> {
  let perform = programs.get(expression);
  if (perform === undefined) {
    perform = buildStatement(expression.root, { names: expression.names });
    programs.set(expression, perform);
  }
  const program = perform;
  return settle(() => {
    const machine = machineFor(expression, scope, context);
    const ending = program(machine);
    if (ending !== 'return') machine.place = expression.root;
    return toValue(machine.result, machine);
  });
}

function machineFor(expression: Expression, scope: Scope, context: Context): Machine {
  const fuel = context.fuel ?? DEFAULT_FUEL;
  return {
    scope,
    context,
    fuel,
    stepsLeft: fuel.steps,
    memoryLeft: fuel.memory,
    place: expression.root,
    locals: [],
    copies: new Map(),
    items: new Map(),
    result: VOID,
  };
}
