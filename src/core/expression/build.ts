// Expressions as closures. Values are plain data; `&&`, `||` and `?:` evaluate only what they need; every closure
// charges what it does, and nothing but the scope and the context can be read.

import { fail, spend } from './budget.ts';
import { faultAt, raise } from './fault.ts';
import { arrayOf, fitted, newArray, setElement } from './fitting.ts';
import { callText, problemOf } from './library/callable.ts';
import { FUNCTIONS } from './library/functions.ts';
import { PARAMS_FUNCTIONS, paramOf } from './library/params.ts';
import { type Builder, type Machine, type Run } from './machine.ts';
import { copied } from './measure.ts';
import { callMethod, elementAt, memberOf, missingMember, missingName } from './members.ts';
import { nearest } from './nearest.ts';
import { OPERATORS, condition, negate } from './operators.ts';
import {
  type Assignment,
  type Call,
  type Conditional,
  type Index,
  type Link,
  type Logic,
  type MethodCall,
  type Name,
  type NewArray,
  type Node,
  type Operation,
  type Path,
  type Unary,
} from './syntax.ts';
import { type Thing } from './thing.ts';
import { kindOf } from './types.ts';

/** Compiles an expression. */
export function build(node: Node, builder: Builder): Run {
  switch (node.kind) {
    case 'literal':
      return () => node.value;
    case 'name':
      return buildName(node, builder);
    case 'path':
      return buildPath(node, builder);
    case 'call':
      return buildCall(node, builder);
    case 'array':
      return buildArray(node, builder);
    case 'assignment':
      return buildAssignment(node, builder);
    case 'operation':
      return buildOperation(node, builder);
    case 'logic':
      return buildLogic(node, builder);
    case 'unary':
      return buildUnary(node, builder);
    case 'conditional':
      return buildConditional(node, builder);
  }
}

function buildName(node: Name, { names }: Builder): Run {
  const slot = names.bindings.has(node) ? names.locals.get(node.name)?.slot : undefined;
  const outside = names.isChanging ? copyOfOutside : readOutside;
  if (slot === undefined) {
    return (machine) => {
      spend(machine, 1);
      return outside(node, machine);
    };
  }
  return (machine) => {
    spend(machine, 1);
    const value = machine.locals[slot];
    return value === undefined ? outside(node, machine) : value;
  };
}

function readOutside({ name, from, to }: Name, machine: Machine): Thing {
  const value = machine.scope(name);
  if (value !== undefined) return value;
  if (machine.context.undefinedNames === 'null') return null;
  const missing = missingName(name);
  return raise(faultAt(missing.code, missing.message, { from, to }));
}

/** Nothing that the caller gave is ever changed: a program that changes things works on its own copies. */
function copyOfOutside(node: Name, machine: Machine): Thing {
  const known = machine.copies.get(node.name);
  if (known !== undefined) return known;
  const value = readOutside(node, machine);
  if (typeof value !== 'object' || value === null) return value;
  machine.place = node;
  const copy = copied(value, machine);
  machine.copies.set(node.name, copy);
  return copy;
}

function buildPath({ target, links }: Path, builder: Builder): Run {
  const [first, ...rest] = links;
  const asked = first === undefined ? undefined : buildParams(target, first, builder);
  if (asked !== undefined) return rest.reduce((inner, link) => buildLink(inner, link, builder), asked);
  return links.reduce((inner, link) => buildLink(inner, link, builder), build(target, builder));
}

/** `params['x']` and `params.…(…)`: functions of the run when it is given, else of a map with that name in scope. */
function buildParams(target: Node, link: Link, builder: Builder): Run | undefined {
  if (target.kind !== 'name' || target.name !== 'params' || link.kind === 'member') return undefined;
  const ask = link.kind === 'index' ? buildParamsIndex(link, builder) : buildParamsCall(link, builder);
  const look = buildLink(build(target, builder), link, builder);
  const isMapMethod = link.kind === 'index' || link.name === 'get';
  return (machine) => {
    const isInScope = isMapMethod && machine.context.params === undefined && machine.scope('params') !== undefined;
    if (isInScope) return look(machine);
    const value = ask(machine);
    return builder.names.isChanging ? copied(value, machine) : value;
  };
}

function buildParamsIndex(link: Index, builder: Builder): Run {
  const index = build(link.index, builder);
  return (machine) => {
    const name = index(machine);
    machine.place = link;
    spend(machine, 2);
    return typeof name === 'string' ? paramOf(name, machine) : elementAt(new Map(), name, machine);
  };
}

function buildParamsCall(link: MethodCall, builder: Builder): Run {
  const called = PARAMS_FUNCTIONS.get(link.name);
  const given = link.arguments.map((argument) => build(argument, builder));
  return (machine) => {
    const passed = given.map((argument) => argument(machine));
    machine.place = link;
    spend(machine, 2 + passed.length);
    if (called === undefined) {
      const missing = missingMember('params', link.name);
      const near = nearest(link.name, [...PARAMS_FUNCTIONS.keys()]);
      return raise(faultAt(missing.code, `params has no function ${link.name}.`, link, near));
    }
    const problem = problemOf(called, passed.map(kindOf), 0);
    if (problem === undefined) return called.run(passed, machine);
    return fail(machine, 'EXPRESSION_TYPE', `params.${link.name} ${problem}.`);
  };
}

function buildLink(inner: Run, link: Link, builder: Builder): Run {
  switch (link.kind) {
    case 'member':
      return (machine) => {
        const value = inner(machine);
        machine.place = link;
        return memberOf(value, link.name, machine);
      };
    case 'index': {
      const index = build(link.index, builder);
      return (machine) => {
        const value = inner(machine);
        const key = index(machine);
        machine.place = link;
        return elementAt(value, key, machine);
      };
    }
    case 'method': {
      const given = link.arguments.map((argument) => build(argument, builder));
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

function buildCall(node: Call, builder: Builder): Run {
  const called = FUNCTIONS.get(node.owner)?.get(node.name);
  const given = node.arguments.map((argument) => build(argument, builder));
  const name = callText(node);
  return (machine) => {
    const passed = given.map((argument) => argument(machine));
    machine.place = node;
    spend(machine, 2 + passed.length);
    if (called === undefined) return fail(machine, 'EXPRESSION_NAME', `There is no ${name}.`);
    const problem = problemOf(called, passed.map(kindOf), 0);
    return problem === undefined
      ? called.run(passed, machine)
      : fail(machine, 'EXPRESSION_TYPE', `${name} ${problem}.`);
  };
}

function buildArray(node: NewArray, builder: Builder): Run {
  const { item, length, items } = node;
  if (length !== undefined) {
    const count = build(length, builder);
    return (machine) => {
      const value = count(machine);
      machine.place = node;
      return newArray(item, value, machine);
    };
  }
  const given = (items ?? []).map((inner) => build(inner, builder));
  return (machine) => {
    const values = given.map((inner) => inner(machine));
    machine.place = node;
    return arrayOf(item, values, machine);
  };
}

function buildAssignment(node: Assignment, builder: Builder): Run {
  return node.target.kind === 'name'
    ? buildVariable(node, node.target, builder)
    : buildElement(node, node.target, builder);
}

function buildVariable(node: Assignment, target: Name, builder: Builder): Run {
  const local = builder.names.locals.get(target.name);
  const { slot = 0, type } = local ?? {};
  const before = build(target, builder);
  const value = build(node.value, builder);
  const apply = node.operator === undefined ? undefined : OPERATORS[node.operator];
  return (machine) => {
    const left = apply === undefined ? null : before(machine);
    const right = value(machine);
    spend(machine, 1);
    machine.place = node;
    const result = apply === undefined ? right : apply(left, right, machine);
    const fit = type === undefined ? result : fitted(result, target.name, type, machine);
    machine.locals[slot] = fit;
    return fit;
  };
}

function buildElement(node: Assignment, target: Path, builder: Builder): Run {
  const last = target.links.at(-1);
  if (last?.kind !== 'index') throw new Error('only elements are assigned to');
  const links = target.links.slice(0, -1);
  const array = build(links.length === 0 ? target.target : { ...target, links }, builder);
  const index = build(last.index, builder);
  const value = build(node.value, builder);
  const apply = node.operator === undefined ? undefined : OPERATORS[node.operator];
  return (machine) => {
    const [holder, key, right] = [array(machine), index(machine), value(machine)];
    spend(machine, 2);
    machine.place = node;
    return setElement(holder, key, (before) => (apply === undefined ? right : apply(before, right, machine)), machine);
  };
}

function buildOperation(node: Operation, builder: Builder): Run {
  const first = build(node.first, builder);
  const steps = node.rest.map((operand) => ({
    apply: OPERATORS[operand.operator],
    right: build(operand.node, builder),
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

function buildLogic(node: Logic, builder: Builder): Run {
  const { operator } = node;
  const operands = node.operands.map((operand) => ({ run: build(operand, builder), operand }));
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

function buildUnary(node: Unary, builder: Builder): Run {
  const operand = build(node.operand, builder);
  const isNot = node.operator === '!';
  return (machine) => {
    const value = operand(machine);
    spend(machine, 1);
    machine.place = node;
    return isNot ? !condition(value, '!', machine) : negate(value, machine);
  };
}

function buildConditional(node: Conditional, builder: Builder): Run {
  const [test, yes, no] = [build(node.condition, builder), build(node.yes, builder), build(node.no, builder)];
  return (machine) => {
    const value = test(machine);
    spend(machine, 1);
    machine.place = node.condition;
    return condition(value, 'The condition of ?:', machine) ? yes(machine) : no(machine);
  };
}
