// Statements as closures. Each tells how it ended; the value of the last one is kept in the machine.

import { MOST_ROUNDS, fail, spend } from './budget.ts';
import { build } from './build.ts';
import { type DeclaredType, initialOf } from './declared.ts';
import { fitted } from './fitting.ts';
import { type Builder, type Perform, type Run } from './machine.ts';
import { condition } from './operators.ts';
import {
  type Block,
  type Declaration,
  type If,
  type Loop,
  type Statement,
  type Throw,
  type Variable,
} from './statements.ts';
import { type Node } from './syntax.ts';
import { type Thing, VOID } from './thing.ts';
import { kindOf } from './types.ts';
import { shownText } from './measure.ts';

/** Compiles a statement. */
export function buildStatement(statement: Statement, builder: Builder): Perform {
  switch (statement.kind) {
    case 'block':
      return buildBlock(statement, builder);
    case 'evaluation':
      return buildEvaluation(build(statement.node, builder), 'next');
    case 'return':
      return buildEvaluation(build(statement.value, builder), 'return');
    case 'declaration':
      return buildDeclaration(statement, builder);
    case 'if':
      return buildIf(statement, builder);
    case 'loop':
      return buildLoop(statement, builder);
    case 'throw':
      return buildThrow(statement, builder);
    case 'break':
    case 'continue':
      return () => statement.kind;
  }
}

function buildBlock({ statements }: Block, builder: Builder): Perform {
  const performs = statements.map((statement) => buildStatement(statement, builder));
  const [only] = performs;
  if (only !== undefined && performs.length === 1) return only;
  return (machine) => {
    for (const perform of performs) {
      const ending = perform(machine);
      if (ending !== 'next') return ending;
    }
    return 'next';
  };
}

function buildEvaluation(run: Run, ending: 'next' | 'return'): Perform {
  return (machine) => {
    machine.result = run(machine);
    return ending;
  };
}

function buildDeclaration({ type, variables }: Declaration, builder: Builder): Perform {
  const settings = variables.map((variable) => buildVariable(variable, type, builder));
  return (machine) => {
    spend(machine, settings.length);
    for (const set of settings) set(machine);
    machine.result = VOID;
    return 'next';
  };
}

function buildVariable(variable: Variable, type: DeclaredType, builder: Builder): Run {
  const { name, value } = variable;
  const slot = builder.names.locals.get(name)?.slot ?? 0;
  const initial = type.isArray ? null : initialOf(type.item);
  const run = value === undefined ? undefined : build(value, builder);
  return (machine): Thing => {
    const given = run === undefined ? initial : run(machine);
    machine.place = value ?? variable;
    const fit = run === undefined ? given : fitted(given, name, type, machine);
    machine.locals[slot] = fit;
    return fit;
  };
}

function buildCondition(node: Node, what: string, builder: Builder): (machine: Parameters<Run>[0]) => boolean {
  const run = build(node, builder);
  return (machine) => {
    const value = run(machine);
    spend(machine, 1);
    machine.place = node;
    return condition(value, `The condition of ${what}`, machine);
  };
}

function buildIf(statement: If, builder: Builder): Perform {
  const test = buildCondition(statement.condition, 'if', builder);
  const yes = buildStatement(statement.yes, builder);
  const no = statement.no === undefined ? undefined : buildStatement(statement.no, builder);
  return (machine) => {
    machine.result = VOID;
    if (test(machine)) return yes(machine);
    return no === undefined ? 'next' : no(machine);
  };
}

function buildLoop(loop: Loop, builder: Builder): Perform {
  const init = loop.init === undefined ? undefined : buildStatement(loop.init, builder);
  const test = loop.condition === undefined ? undefined : buildCondition(loop.condition, 'the loop', builder);
  const update = loop.update === undefined ? undefined : build(loop.update, builder);
  const body = buildStatement(loop.body, builder);
  return (machine) => {
    init?.(machine);
    for (let round = 0; test === undefined || test(machine); round++) {
      machine.place = loop;
      spend(machine, 1);
      if (round >= MOST_ROUNDS) {
        return fail(machine, 'EXPRESSION_LIMIT', `The loop goes round more than ${String(MOST_ROUNDS)} times.`);
      }
      const ending = body(machine);
      if (ending === 'return') return ending;
      if (ending === 'break') break;
      update?.(machine);
    }
    machine.result = VOID;
    return 'next';
  };
}

const LONGEST_MESSAGE = 1000;

function buildThrow({ value, from, to }: Throw, builder: Builder): Perform {
  const run = build(value, builder);
  return (machine) => {
    const thrown = run(machine);
    machine.place = { from, to };
    if (typeof thrown !== 'string') {
      return fail(machine, 'EXPRESSION_TYPE', `throw takes a text, and this is of the type ${kindOf(thrown)}.`);
    }
    const message = shownText(thrown, machine);
    return fail(machine, 'EXPRESSION_FAILED', message.slice(0, LONGEST_MESSAGE));
  };
}
