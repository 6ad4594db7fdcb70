// The types of expressions, inferred before they are ever evaluated. Every problem is reported, none twice.

import { type Checker, report, reportType } from './checker.ts';
import { type Span, faultAt } from './fault.ts';
import { type DeclaredType, isNullable, typeOfDeclared } from './declared.ts';
import { misfitText } from './fitting.ts';
import { callText, problemOf, returnType, withArticle } from './library/callable.ts';
import { FUNCTIONS } from './library/functions.ts';
import { follow, inferInside } from './infer-links.ts';
import { PARAMS_FUNCTIONS } from './library/params.ts';
import { indexProblem, missingMember } from './members.ts';
import { nearest } from './nearest.ts';
import { conditionProblem, operatorProblem, operatorType } from './operators.ts';
import { constantKey } from './references.ts';
import { type Resolved, resolve } from './resolve-name.ts';
import {
  type Assignment,
  type Call,
  type Link,
  type Name,
  type NewArray,
  type Node,
  type Operation,
  type Path,
} from './syntax.ts';
import { type Type, elementOf, isNumeric, kindOf, kindOfType } from './types.ts';

/** Tells the type of an expression, and reports what is wrong inside it. */
export function infer(node: Node, checker: Checker): Type {
  switch (node.kind) {
    case 'literal':
      return kindOf(node.value);
    case 'name':
      return resolve(node, [], checker).type ?? 'unknown';
    case 'path':
      return inferPath(node, checker);
    case 'call':
      return inferCall(node, checker);
    case 'array':
      return inferArray(node, checker);
    case 'assignment':
      return inferAssignment(node, checker);
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

/** Checks that an expression is a condition. */
export function requireCondition(node: Node, purpose: string, checker: Checker): Type {
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
  if (problem !== undefined) return reportType(checker, `${callText(node)} ${problem}.`, node);
  return returnType(called, types);
}

function inferPath({ target, links }: Path, checker: Checker): Type {
  if (target.kind !== 'name') return follow(infer(target, checker), links, checker);
  const asked = inferParams(target, links, checker);
  const { type, used } = asked ?? resolve(target, links, checker);
  if (type !== undefined) return follow(type, links.slice(used), checker);
  for (const link of links) inferInside(link, checker);
  return 'unknown';
}

/** Functions of `params`, whatever they are asked; `params.get('x')` is a name. */
function inferParams(target: Name, links: readonly Link[], checker: Checker): Resolved | undefined {
  const [link] = links;
  const isKnown = target.name === 'params' && checker.names.typeOf(['params']) !== undefined;
  if (!isKnown || link?.kind !== 'method' || constantKey(target, link, 0) !== undefined) return undefined;
  const types = inferInside(link, checker);
  const called = PARAMS_FUNCTIONS.get(link.name);
  if (called === undefined) {
    const near = nearest(link.name, [...PARAMS_FUNCTIONS.keys()]);
    const { code } = missingMember('params', link.name);
    return { type: report(checker, faultAt(code, `params has no function ${link.name}.`, link, near)), used: 1 };
  }
  const problem = problemOf(called, types.map(kindOfType), 0);
  if (problem !== undefined) return { type: reportType(checker, `params.${link.name} ${problem}.`, link), used: 1 };
  return { type: returnType(called, types), used: 1 };
}

function inferArray({ item, length, items }: NewArray, checker: Checker): Type {
  if (length !== undefined) {
    const type = infer(length, checker);
    if (type !== 'long' && type !== 'unknown') {
      reportType(checker, `The length of an array is a long, not ${withArticle(type)}.`, length);
    }
  }
  for (const node of items ?? []) {
    requireFit(infer(node, checker), { name: 'An item of the array', type: { item, isArray: false } }, node, checker);
  }
  return typeOfDeclared({ item, isArray: true });
}

function inferAssignment(node: Assignment, checker: Checker): Type {
  const { target, operator, value } = node;
  const holder = target.kind === 'name' ? undefined : infer(placeOf(target), checker);
  const index = target.kind === 'name' ? undefined : infer(indexOf(target), checker);
  const before =
    target.kind === 'name' && operator !== undefined ? infer(target, checker) : elementOf(holder ?? 'unknown');
  let type = infer(value, checker);
  if (operator !== undefined) {
    const result = operatorType(operator, before, type);
    type = result ?? reportType(checker, operatorProblem(operator, before, type), node);
  }
  if (target.kind === 'name') assignVariable(target, type, node, checker);
  else assignElement([holder ?? 'unknown', index ?? 'unknown', type], node, checker);
  return type;
}

function placeOf(target: Path): Node {
  const links = target.links.slice(0, -1);
  return links.length === 0 ? target.target : { ...target, links, to: links.at(-1)?.to ?? target.to };
}

function indexOf(target: Path): Node {
  const last = target.links.at(-1);
  return last?.kind === 'index' ? last.index : target;
}

function assignVariable(target: Name, type: Type, span: Span, checker: Checker): void {
  const local = checker.program.locals.get(target.name);
  if (local?.type !== undefined) requireFit(type, { name: target.name, type: local.type }, span, checker);
  checker.inferred.set(target.name, type);
}

function assignElement(types: readonly [holder: Type, index: Type, value: Type], span: Span, checker: Checker): void {
  const [holder, index, value] = types;
  const kind = kindOfType(holder);
  if (kind === 'map') {
    reportType(checker, 'A map is changed by put(key, value).', span);
    return;
  }
  if ((kind !== 'array' && kind !== 'unknown') || (index !== 'long' && index !== 'unknown')) {
    reportType(checker, `Only elements of arrays can be assigned to: ${indexProblem(kind, index)}`, span);
    return;
  }
  const element = elementOf(holder);
  if (canBecome(value, element)) return;
  reportType(checker, `An element of this array is a ${element}, which cannot be ${withArticle(value)}.`, span);
}

function canBecome(value: Type, wanted: Type): boolean {
  if (wanted === 'unknown' || value === 'unknown' || value === 'null' || value === wanted) return true;
  return wanted === 'double' && value === 'long';
}

interface Declared {
  readonly name: string;
  readonly type: DeclaredType;
}

/** Checks that a value fits a declared variable. */
export function requireFit(value: Type, { name, type }: Declared, span: Span, checker: Checker): void {
  const wanted = typeOfDeclared(type);
  const isAnyArray =
    kindOfType(wanted) === 'array' && (value === 'array' || (wanted === 'array' && kindOfType(value) === 'array'));
  const isMap = wanted === 'map' && kindOfType(value) === 'map';
  const fits = value === 'null' ? isNullable(type) : isAnyArray || isMap || canBecome(value, wanted);
  if (!fits) reportType(checker, misfitText(name, type, value), span);
}
