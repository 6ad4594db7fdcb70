// Evaluates a compiled expression. Each tree is turned into closures once; values are plain data; `&&`, `||` and `?:`
// evaluate only what they need. Guarantees: the same scope gives the same result; every evaluation ends within its
// fuel; nothing outside the scope can be read, and nothing at all can be written.

import { type Result } from '../result.ts';
import { type Budget, DEFAULT_FUEL, type Fuel, fail, spend } from './budget.ts';
import { type Expression } from './compile.ts';
import { type ExpressionFault, faultAt, raise, settle } from './fault.ts';
import { problemOf } from './library/callable.ts';
import { FUNCTIONS } from './library/functions.ts';
import { callMethod, elementAt, memberOf, missingName } from './members.ts';
import { OPERATORS, condition, negate } from './operators.ts';
import {
  type Call,
  type Conditional,
  type Link,
  type Logic,
  type Name,
  type Node,
  type Operation,
  type Path,
  type Unary,
} from './syntax.ts';
import { kindOf } from './types.ts';
import { type Value } from './value.ts';

/** Looks up a root name; undefined when there is no such name, which is a fault of the expression. */
export type Scope = (name: string) => Value | undefined;

export { type Fuel } from './budget.ts';

interface Machine extends Budget {
  readonly scope: Scope;
}

type Run = (machine: Machine) => Value;

const programs = new WeakMap<Expression, Run>();

/** Evaluates an expression against a scope, within an amount of fuel. */
export function evaluate(
  expression: Expression,
  scope: Scope,
  fuel: Fuel = DEFAULT_FUEL,
): Result<Value, ExpressionFault> {
  let run = programs.get(expression);
  if (run === undefined) {
    run = build(expression.root);
    programs.set(expression, run);
  }
  const program = run;
  const machine = { scope, fuel, stepsLeft: fuel.steps, memoryLeft: fuel.memory, place: expression.root };
  return settle(() => program(machine));
}

function build(node: Node): Run {
  switch (node.kind) {
    case 'literal':
      return () => node.value;
    case 'name':
      return buildName(node);
    case 'path':
      return buildPath(node);
    case 'call':
      return buildCall(node);
    case 'operation':
      return buildOperation(node);
    case 'logic':
      return buildLogic(node);
    case 'unary':
      return buildUnary(node);
    case 'conditional':
      return buildConditional(node);
  }
}

function buildName(node: Name): Run {
  const { name, from, to } = node;
  return (machine) => {
    spend(machine, 1);
    const value = machine.scope(name);
    if (value !== undefined) return value;
    const missing = missingName(name);
    return raise(faultAt(missing.code, missing.message, { from, to }));
  };
}

function buildPath({ target, links }: Path): Run {
  return links.reduce((inner, link) => buildLink(inner, link), build(target));
}

function buildLink(inner: Run, link: Link): Run {
  switch (link.kind) {
    case 'member':
      return (machine) => {
        const value = inner(machine);
        machine.place = link;
        return memberOf(value, link.name, machine);
      };
    case 'index': {
      const index = build(link.index);
      return (machine) => {
        const value = inner(machine);
        const key = index(machine);
        machine.place = link;
        return elementAt(value, key, machine);
      };
    }
    case 'method': {
      const given = link.arguments.map(build);
      return (machine) => {
        const value = inner(machine);
        const passed = given.map((argument) => argument(machine));
        machine.place = link;
        spend(machine, 2 + passed.length);
        return callMethod(value, link.name, passed, machine);
      };
    }
  }
}

function buildCall(node: Call): Run {
  const called = FUNCTIONS.get(node.owner)?.get(node.name);
  const given = node.arguments.map(build);
  return (machine) => {
    const passed = given.map((argument) => argument(machine));
    machine.place = node;
    spend(machine, 2 + passed.length);
    if (called === undefined) return fail(machine, 'EXPRESSION_NAME', `There is no ${node.owner}.${node.name}.`);
    const problem = problemOf(called, passed.map(kindOf), 0);
    if (problem === undefined) return called.run(passed, machine);
    return fail(machine, 'EXPRESSION_TYPE', `${node.owner}.${node.name} ${problem}.`);
  };
}

function buildOperation(node: Operation): Run {
  const first = build(node.first);
  const steps = node.rest.map((operand) => ({
    apply: OPERATORS[operand.operator],
    right: build(operand.node),
    operand,
  }));
  return (machine) => {
    let value = first(machine);
    for (const { apply, right, operand } of steps) {
      const other = right(machine);
      spend(machine, 1);
      machine.place = operand;
      value = apply(value, other, machine);
    }
    return value;
  };
}

function buildLogic(node: Logic): Run {
  const { operator } = node;
  const operands = node.operands.map((operand) => ({ run: build(operand), operand }));
  const decides = operator === '||';
  return (machine) => {
    for (const { run, operand } of operands) {
      const value = run(machine);
      spend(machine, 1);
      machine.place = operand;
      if (condition(value, operator, machine) === decides) return decides;
    }
    return !decides;
  };
}

function buildUnary(node: Unary): Run {
  const operand = build(node.operand);
  const isNot = node.operator === '!';
  return (machine) => {
    const value = operand(machine);
    spend(machine, 1);
    machine.place = node;
    return isNot ? !condition(value, '!', machine) : negate(value, machine);
  };
}

function buildConditional(node: Conditional): Run {
  const [test, yes, no] = [build(node.condition), build(node.yes), build(node.no)];
  return (machine) => {
    const value = test(machine);
    spend(machine, 1);
    machine.place = node.condition;
    return condition(value, 'The condition of ?:', machine) ? yes(machine) : no(machine);
  };
}
