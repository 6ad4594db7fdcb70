// Recursive descent over the tokens of expressions, one function a construct, binary operators by precedence.
// Guarantees: any string gives a tree or a fault; no tree is deeper than the cursor's limit.

import {
  type Cursor,
  advance,
  expect,
  expectName,
  forbidden,
  isSymbol,
  nested,
  peek,
  readList,
  shown,
  syntax,
  take,
  unknown,
} from './cursor.ts';
import { type Span, faultAt, raise } from './fault.ts';
import { LONG_LIMIT, tooLarge } from './numerals.ts';
import { isAtClass, parseClass, parseNew } from './parse-class.ts';
import { type Link, type Literal, type Node, type Operand, type Operator } from './syntax.ts';
import { REFUSED_WORDS, STATEMENT_WORDS } from './words.ts';

const LEVELS: readonly (readonly Operator[])[] = [
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const COMPOUND: ReadonlyMap<string, Operator> = new Map([
  ['+=', '+'],
  ['-=', '-'],
  ['*=', '*'],
  ['/=', '/'],
  ['%=', '%'],
]);

/** Reads an expression, or an assignment: what a statement may be. */
export function parseAssignment(cursor: Cursor): Node {
  return nested(cursor, () => {
    const target = parseExpression(cursor);
    const { token } = cursor;
    const operator = COMPOUND.get(token.text);
    if (token.kind !== 'symbol' || (operator === undefined && token.text !== '=')) return target;
    if (!isPlace(target)) {
      const message = 'Only a variable or an element of an array can be assigned to. To compare, write ==.';
      return syntax(message, token, token.text === '=' ? '==' : undefined);
    }
    advance(cursor);
    const value = parseAssignment(cursor);
    const assignment = { kind: 'assignment', target, value, from: target.from, to: value.to } as const;
    return operator === undefined ? assignment : { ...assignment, operator };
  });
}

function isPlace(node: Node): node is Extract<Node, { readonly kind: 'name' | 'path' }> {
  if (node.kind === 'name') return node.name !== 'params';
  return node.kind === 'path' && node.links.at(-1)?.kind === 'index' && !isOfParams(node);
}

function isOfParams(node: Extract<Node, { readonly kind: 'path' }>): boolean {
  return node.target.kind === 'name' && node.target.name === 'params' && node.links.length === 1;
}

/** Reads an expression without assignments. */
export function parseExpression(cursor: Cursor): Node {
  return nested(cursor, () => {
    const condition = parseLogic(cursor, '||');
    if (!take(cursor, '?')) return condition;
    const yes = parseExpression(cursor);
    expect(cursor, ':', 'after the first choice of a ? b : c');
    const no = parseExpression(cursor);
    return { kind: 'conditional', condition, yes, no, from: condition.from, to: no.to };
  });
}

function parseLogic(cursor: Cursor, operator: '||' | '&&'): Node {
  const inner = operator === '||' ? () => parseLogic(cursor, '&&') : () => parseOperation(cursor, 0);
  const first = inner();
  if (!isSymbol(cursor.token, operator)) return first;
  const operands = [first];
  while (take(cursor, operator)) operands.push(inner());
  return { kind: 'logic', operator, operands, from: first.from, to: operands.at(-1)?.to ?? first.to };
}

function parseOperation(cursor: Cursor, level: number): Node {
  const operators = LEVELS[level];
  if (operators === undefined) return parseUnary(cursor);
  const first = parseOperation(cursor, level + 1);
  const rest: Operand[] = [];
  for (;;) {
    const operator = operators.find((candidate) => isSymbol(cursor.token, candidate));
    if (operator === undefined) break;
    const { from, to } = advance(cursor);
    rest.push({ operator, node: parseOperation(cursor, level + 1), from, to });
  }
  const last = rest.at(-1);
  return last === undefined ? first : { kind: 'operation', first, rest, from: first.from, to: last.node.to };
}

function parseUnary(cursor: Cursor): Node {
  const isNot = isSymbol(cursor.token, '!');
  if (!isNot && !isSymbol(cursor.token, '-')) return parsePath(cursor);
  const { from } = advance(cursor);
  if (!isNot && cursor.token.kind === 'literal' && cursor.token.value === LONG_LIMIT) {
    const token = advance(cursor);
    return { kind: 'literal', value: -LONG_LIMIT, from, to: token.to };
  }
  return nested(cursor, () => {
    const operand = parseUnary(cursor);
    return { kind: 'unary', operator: isNot ? '!' : '-', operand, from, to: operand.to };
  });
}

function parsePath(cursor: Cursor): Node {
  const target = parsePrimary(cursor);
  const links: Link[] = [];
  for (;;) {
    const link = parseLink(cursor);
    if (link === undefined) break;
    links.push(link);
  }
  const last = links.at(-1);
  return last === undefined ? target : { kind: 'path', target, links, from: target.from, to: last.to };
}

function parseLink(cursor: Cursor): Link | undefined {
  const { from } = cursor.token;
  if (isSymbol(cursor.token, '(')) {
    const message = 'A value cannot be called; only methods of values and functions of known classes can.';
    return raise(faultAt('EXPRESSION_FORBIDDEN', message, cursor.token));
  }
  if (take(cursor, '[')) {
    const index = parseExpression(cursor);
    return { kind: 'index', index, from, to: expect(cursor, ']', 'after the index').to };
  }
  if (!take(cursor, '.')) return undefined;
  const word = expectName(cursor, 'after the dot');
  if (!isSymbol(cursor.token, '(')) return { kind: 'member', name: word.text, from: word.from, to: word.to };
  advance(cursor);
  const passed = readList(cursor, ')', parseExpression);
  return { kind: 'method', name: word.text, arguments: passed.nodes, from: word.from, to: passed.to };
}

function parsePrimary(cursor: Cursor): Node {
  const { token } = cursor;
  if (token.kind === 'literal') return parseLiteral(cursor);
  if (token.kind === 'name') return parseName(cursor);
  if (take(cursor, '(')) {
    const inner = parseExpression(cursor);
    expect(cursor, ')', 'to close the bracket');
    return inner;
  }
  return syntax(`Expected a value, found ${shown(token)}.`, token);
}

function parseLiteral(cursor: Cursor): Literal {
  const { value, from, to } = advance(cursor);
  return value === LONG_LIMIT ? tooLarge({ from, to }) : { kind: 'literal', value, from, to };
}

function parseName(cursor: Cursor): Node {
  refuseWord(cursor);
  if (cursor.token.text === 'new') return parseNew(cursor, parseExpression);
  if (isAtClass(cursor)) return parseClass(cursor, parseExpression);
  const { text, from, to } = advance(cursor);
  const constant = CONSTANTS.get(text);
  if (constant !== undefined) return { kind: 'literal', value: constant, from, to };
  return isSymbol(cursor.token, '(') ? refuseFunction(text, { from, to }) : { kind: 'name', name: text, from, to };
}

function refuseFunction(name: string, span: Span): never {
  return unknown(name, `There is no function ${name}; functions belong to a class, as in Math.min(a, b).`, span);
}

function refuseWord(cursor: Cursor): void {
  const { text } = cursor.token;
  if (REFUSED_WORDS.has(text) || (text === 'import' && isSymbol(peek(cursor), '('))) forbidden(text, cursor.token);
  if (STATEMENT_WORDS.has(text)) syntax(`${text} begins a statement, and a value is expected here.`, cursor.token);
}
