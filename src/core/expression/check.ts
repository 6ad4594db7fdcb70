// The static check: names and types of an expression before it is ever evaluated. Every problem is reported, none
// twice. When nothing is reported and all types are known, evaluation meets no name and type faults except by NULL.

import { type Expression } from './compile.ts';
import { type ExpressionFault, type Span, faultAt } from './fault.ts';
import { type Callable, problemOf, returnType } from './library/callable.ts';
import { FUNCTIONS } from './library/functions.ts';
import { methodNames, methodOf } from './library/methods.ts';
import { indexProblem, memberSuggestion, missingMember, missingName } from './members.ts';
import { nearest } from './nearest.ts';
import { conditionProblem, operatorProblem, operatorType } from './operators.ts';
import { constantKey } from './references.ts';
import { type Call, type Link, type Name, type Node, type Operation, type Path } from './syntax.ts';
import { type Type, canStandFor, elementOf, isNumeric, kindOf, kindOfType } from './types.ts';
import { type ValueType } from './value.ts';

/** What is known of the names that an expression may use. */
export interface Names {
  /**
   * The type of a name; `unknown` for one whose type is not known or whose members are names in turn, such as `steps`;
   * undefined when there is no such name. Members of a `map` are not asked for: they are not known before the run.
   */
  readonly typeOf: (path: readonly string[]) => ValueType | 'unknown' | undefined;
  /** What may follow a path; all root names for the empty path. Only for suggestions. */
  readonly candidates: (path: readonly string[]) => readonly string[];
}

interface Checker {
  readonly names: Names;
  readonly faults: ExpressionFault[];
}

/** Lists what is wrong with an expression's names and types, and with the type of its result if one is expected. */
export function check(expression: Expression, names: Names, expected?: ValueType): readonly ExpressionFault[] {
  const checker: Checker = { names, faults: [] };
  const type = infer(expression.root, checker);
  if (expected !== undefined && !canStandFor(type, expected)) {
    report(checker, faultAt('EXPRESSION_TYPE', `This is a ${type}, but a ${expected} is expected.`, expression.root));
  }
  return checker.faults;
}

function report(checker: Checker, fault: ExpressionFault): 'unknown' {
  checker.faults.push(fault);
  return 'unknown';
}

function reportType(checker: Checker, message: string, span: Span): 'unknown' {
  return report(checker, faultAt('EXPRESSION_TYPE', message, span));
}

function infer(node: Node, checker: Checker): Type {
  switch (node.kind) {
    case 'literal': {
      const kind = kindOf(node.value);
      return kind === 'array' ? 'unknown' : kind;
    }
    case 'name':
      return resolve(node, [], checker).type ?? 'unknown';
    case 'path':
      return inferPath(node, checker);
    case 'call':
      return inferCall(node, checker);
    case 'operation':
      return inferOperation(node, checker);
    case 'logic':
      for (const operand of node.operands) requireCondition(operand, node.operator, checker);
      return 'boolean';
    case 'unary':
      return node.operator === '!'
        ? requireCondition(node.operand, '!', checker)
        : inferNegation(node.operand, checker);
    case 'conditional':
      requireCondition(node.condition, 'The condition of ?:', checker);
      return common(infer(node.yes, checker), infer(node.no, checker));
  }
}

function requireCondition(node: Node, purpose: string, checker: Checker): Type {
  const kind = kindOfType(infer(node, checker));
  if (kind !== 'boolean' && kind !== 'unknown') reportType(checker, conditionProblem(purpose, kind), node);
  return 'boolean';
}

function inferNegation(node: Node, checker: Checker): Type {
  const type = infer(node, checker);
  if (type === 'unknown' || isNumeric(kindOfType(type))) return type;
  return reportType(checker, `- takes a number, not a ${type}.`, node);
}

function common(yes: Type, no: Type): Type {
  if (yes === no || no === 'null') return yes;
  if (yes === 'null') return no;
  return isNumeric(kindOfType(yes)) && isNumeric(kindOfType(no)) ? 'double' : 'unknown';
}

function inferOperation(node: Operation, checker: Checker): Type {
  let type = infer(node.first, checker);
  for (const operand of node.rest) {
    const right = infer(operand.node, checker);
    const result = operatorType(operand.operator, type, right);
    type = result ?? reportType(checker, operatorProblem(operand.operator, type, right), operand);
  }
  return type;
}

function inferCall(node: Call, checker: Checker): Type {
  const types = node.arguments.map((argument) => infer(argument, checker));
  const called = FUNCTIONS.get(node.owner)?.get(node.name);
  if (called === undefined) return 'unknown';
  const problem = problemOf(called, types.map(kindOfType), 0);
  if (problem !== undefined) return reportType(checker, `${node.owner}.${node.name} ${problem}.`, node);
  return returnType(called, types);
}

function inferPath({ target, links }: Path, checker: Checker): Type {
  if (target.kind !== 'name') return follow(infer(target, checker), links, checker);
  const { type, used } = resolve(target, links, checker);
  if (type !== undefined) return follow(type, links.slice(used), checker);
  for (const link of links) inferInside(link, checker);
  return 'unknown';
}

/** Checks what a link contains, and tells the types of its arguments. */
function inferInside(link: Link, checker: Checker): readonly Type[] {
  if (link.kind === 'member') return [];
  return (link.kind === 'index' ? [link.index] : link.arguments).map((node) => infer(node, checker));
}

interface Resolved {
  /** Undefined when there is no such name, which is then reported. */
  readonly type: Type | undefined;
  /** How many of the links belong to the name. */
  readonly used: number;
}

/** Finds the longest part of a path that is a name. */
function resolve(target: Name, links: readonly Link[], checker: Checker): Resolved {
  let path: readonly string[] = [target.name];
  let type = checker.names.typeOf(path);
  let used = 0;
  if (type === undefined) reportUnknownRoot(target, checker);
  for (const [position, link] of links.entries()) {
    const key = constantKey(target, link, position);
    if (type !== 'unknown' || key === undefined) break;
    type = checker.names.typeOf([...path, key]);
    if (type === undefined) reportUnknownMember(path, key, { from: target.from, to: link.to }, checker);
    path = [...path, key];
    used += 1;
  }
  return { type, used };
}

function reportUnknownRoot({ name, from, to }: Name, checker: Checker): void {
  const missing = missingName(name);
  const near = nearest(name, [...checker.names.candidates([]), ...FUNCTIONS.keys()]);
  report(checker, faultAt(missing.code, missing.message, { from, to }, near));
}

const MOST_LISTED = 10;

function reportUnknownMember(path: readonly string[], key: string, span: Span, checker: Checker): void {
  const missing = missingMember('map', key);
  const known = checker.names.candidates(path);
  const listed = known.length > 0 && known.length <= MOST_LISTED ? ` It has ${known.join(', ')}.` : '';
  const isForbidden = missing.code === 'EXPRESSION_FORBIDDEN';
  const message = isForbidden ? missing.message : `There is no ${key} in ${pathText(path)}.${listed}`;
  // `steps.a-b` reads as a subtraction: what was meant is the name with the dash.
  const near = known.find((name) => name.startsWith(`${key}-`)) ?? nearest(key, known);
  report(checker, faultAt(missing.code, message, span, near === undefined ? near : pathText([...path, near])));
}

/** Writes a path as an author would: `steps['a-b'].rows`. */
function pathText(path: readonly string[]): string {
  const [root = '', ...keys] = path;
  return root + keys.map((key) => (/^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `['${key}']`)).join('');
}

function follow(start: Type, links: readonly Link[], checker: Checker): Type {
  let type = start;
  for (const link of links) type = followLink(type, link, checker);
  return type;
}

function followLink(type: Type, link: Link, checker: Checker): Type {
  switch (link.kind) {
    case 'member':
      return followMember(type, link.name, link, checker);
    case 'index':
      return followIndex(type, inferInside(link, checker)[0] ?? 'unknown', link, checker);
    case 'method':
      return followMethod([type, ...inferInside(link, checker)], link.name, link, checker);
  }
}

function followMember(type: Type, name: string, span: Span, checker: Checker): Type {
  const kind = kindOfType(type);
  if (kind === 'unknown' || kind === 'map') return elementOf(type);
  if (kind === 'array' && name === 'length') return 'long';
  const missing = missingMember(kind, name);
  const suggestion = memberSuggestion(kind, name, methodNames(kind));
  return report(checker, faultAt(missing.code, missing.message, span, suggestion));
}

function followIndex(type: Type, index: Type, span: Span, checker: Checker): Type {
  const kind = kindOfType(type);
  if (kind === 'unknown' || (index === 'unknown' && (kind === 'array' || kind === 'map'))) return elementOf(type);
  const isRight = (kind === 'array' && index === 'long') || (kind === 'map' && index === 'string');
  return isRight ? elementOf(type) : reportType(checker, indexProblem(kind, index), span);
}

function followMethod(types: readonly Type[], name: string, span: Span, checker: Checker): Type {
  const kind = kindOfType(types[0] ?? 'unknown');
  if (kind === 'unknown') return followUnknownMethod(name, span, checker);
  const method: Callable | undefined = methodOf(kind, name);
  if (method === undefined) {
    const missing = missingMember(kind, name);
    return report(checker, faultAt(missing.code, missing.message, span, nearest(name, methodNames(kind))));
  }
  const problem = problemOf(method, types.map(kindOfType), 1);
  return problem === undefined ? returnType(method, types) : reportType(checker, `${name} ${problem}.`, span);
}

function followUnknownMethod(name: string, span: Span, checker: Checker): Type {
  if (methodNames().includes(name)) return 'unknown';
  const missing = missingMember('value', name);
  const message = missing.code === 'EXPRESSION_NAME' ? `No value has a method ${name}.` : missing.message;
  return report(checker, faultAt(missing.code, message, span, nearest(name, methodNames())));
}
