// Recursive descent over the tokens of one expression, one function a construct, binary operators by precedence.
// Guarantees: any string gives a tree or a fault; no tree is deeper than DEPTH brackets.

import { type Span, faultAt, raise } from './fault.ts';
import { FUNCTIONS } from './library/functions.ts';
import { nearest } from './nearest.ts';
import { LONG_LIMIT, tooLarge } from './numerals.ts';
import { type Link, type Literal, type Node, type Operand, type Operator } from './syntax.ts';
import { type Token, readToken } from './tokens.ts';
import { DECLARABLE_CLASSES, HOST_NAMES, REFUSED_WORDS, STATEMENT_WORDS } from './words.ts';

/** How deep brackets, arguments, unary operators and nested conditions may go. */
const DEPTH = 128;

interface Parser {
  readonly source: string;
  token: Token;
  depth: number;
}

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
const ASSIGNMENTS = new Set(['=', '+=', '-=', '*=', '/=', '%=', '++', '--']);

/** Parses one expression with an optional leading `return` and an optional trailing `;`; raises what is wrong. */
export function parse(source: string): Node {
  const parser: Parser = { source, token: readToken(source, 0), depth: 0 };
  if (isAtEnd(parser)) syntax('The expression is empty.', { from: 0, to: source.length });
  if (parser.token.kind === 'name' && parser.token.text === 'return') advance(parser);
  refuseStatement(parser);
  const root = parseConditional(parser);
  while (isSymbol(parser, ';')) advance(parser);
  if (!isAtEnd(parser)) refuseRest(parser, root);
  return root;
}

function advance(parser: Parser): Token {
  const token = parser.token;
  parser.token = readToken(parser.source, token.to);
  return token;
}

function isAtEnd(parser: Parser): boolean {
  return parser.token.kind === 'end';
}

function isSymbol(parser: Parser, text: string): boolean {
  return parser.token.kind === 'symbol' && parser.token.text === text;
}

/** Takes the symbol if it is next. */
function take(parser: Parser, text: string): boolean {
  if (!isSymbol(parser, text)) return false;
  advance(parser);
  return true;
}

function expect(parser: Parser, text: string, purpose: string): Token {
  if (isSymbol(parser, text)) return advance(parser);
  return syntax(`Expected ${text} ${purpose}, found ${shown(parser.token)}.`, parser.token);
}

function shown(token: Token): string {
  if (token.kind === 'end') return 'the end of the expression';
  return token.kind === 'literal' ? 'a value' : token.text;
}

function syntax(message: string, span: Span, suggestion?: string): never {
  return raise(faultAt('EXPRESSION_SYNTAX', message, span, suggestion));
}

/** Guards every way in which the grammar contains itself. */
function nested<T>(parser: Parser, work: () => T): T {
  parser.depth += 1;
  if (parser.depth > DEPTH) {
    const message = `The expression is nested deeper than ${String(DEPTH)} levels; split it over several parameters.`;
    return raise(faultAt('EXPRESSION_LIMIT', message, parser.token));
  }
  const result = work();
  parser.depth -= 1;
  return result;
}

function parseConditional(parser: Parser): Node {
  return nested(parser, () => {
    const condition = parseLogic(parser, '||');
    if (!take(parser, '?')) return condition;
    const yes = parseConditional(parser);
    expect(parser, ':', 'after the first choice of a ? b : c');
    const no = parseConditional(parser);
    return { kind: 'conditional', condition, yes, no, from: condition.from, to: no.to };
  });
}

function parseLogic(parser: Parser, operator: '||' | '&&'): Node {
  const inner = operator === '||' ? () => parseLogic(parser, '&&') : () => parseOperation(parser, 0);
  const first = inner();
  if (!isSymbol(parser, operator)) return first;
  const operands = [first];
  while (take(parser, operator)) operands.push(inner());
  return { kind: 'logic', operator, operands, from: first.from, to: operands.at(-1)?.to ?? first.to };
}

function parseOperation(parser: Parser, level: number): Node {
  const operators = LEVELS[level];
  if (operators === undefined) return parseUnary(parser);
  const first = parseOperation(parser, level + 1);
  const rest: Operand[] = [];
  for (;;) {
    const operator = operators.find((candidate) => isSymbol(parser, candidate));
    if (operator === undefined) break;
    const { from, to } = advance(parser);
    rest.push({ operator, node: parseOperation(parser, level + 1), from, to });
  }
  const last = rest.at(-1);
  return last === undefined ? first : { kind: 'operation', first, rest, from: first.from, to: last.node.to };
}

function parseUnary(parser: Parser): Node {
  const isNot = isSymbol(parser, '!');
  if (!isNot && !isSymbol(parser, '-')) return parsePath(parser);
  const { from } = advance(parser);
  if (!isNot && parser.token.kind === 'literal' && parser.token.value === LONG_LIMIT) {
    const token = advance(parser);
    return { kind: 'literal', value: -LONG_LIMIT, from, to: token.to };
  }
  return nested(parser, () => {
    const operand = parseUnary(parser);
    return { kind: 'unary', operator: isNot ? '!' : '-', operand, from, to: operand.to };
  });
}

function parsePath(parser: Parser): Node {
  const target = parsePrimary(parser);
  const links: Link[] = [];
  for (;;) {
    const link = parseLink(parser);
    if (link === undefined) break;
    links.push(link);
  }
  const last = links.at(-1);
  return last === undefined ? target : { kind: 'path', target, links, from: target.from, to: last.to };
}

function parseLink(parser: Parser): Link | undefined {
  const { from } = parser.token;
  if (isSymbol(parser, '(')) {
    const message = 'A value cannot be called; only methods of values and functions of known classes can.';
    return raise(faultAt('EXPRESSION_FORBIDDEN', message, parser.token));
  }
  if (take(parser, '[')) {
    const index = parseConditional(parser);
    return { kind: 'index', index, from, to: expect(parser, ']', 'after the index').to };
  }
  if (!take(parser, '.')) return undefined;
  const word = expectName(parser, 'after the dot');
  if (!isSymbol(parser, '(')) return { kind: 'member', name: word.text, from: word.from, to: word.to };
  const passed = parseArguments(parser);
  return { kind: 'method', name: word.text, arguments: passed.nodes, from: word.from, to: passed.to };
}

function expectName(parser: Parser, purpose: string): Token {
  if (parser.token.kind === 'name') return advance(parser);
  return syntax(`Expected a name ${purpose}, found ${shown(parser.token)}.`, parser.token);
}

function parseArguments(parser: Parser): { readonly nodes: readonly Node[]; readonly to: number } {
  expect(parser, '(', 'before the arguments');
  const nodes: Node[] = [];
  if (!isSymbol(parser, ')')) {
    do nodes.push(parseConditional(parser));
    while (take(parser, ','));
  }
  return { nodes, to: expect(parser, ')', 'after the arguments').to };
}

function parsePrimary(parser: Parser): Node {
  const { token } = parser;
  if (token.kind === 'literal') return parseLiteral(parser);
  if (token.kind === 'name') return parseName(parser);
  if (take(parser, '(')) {
    const inner = parseConditional(parser);
    expect(parser, ')', 'to close the bracket');
    return inner;
  }
  if (isSymbol(parser, '{')) return statements(token);
  return syntax(`Expected a value, found ${shown(token)}.`, token);
}

function parseLiteral(parser: Parser): Literal {
  const { value, from, to } = advance(parser);
  return value === LONG_LIMIT ? tooLarge({ from, to }) : { kind: 'literal', value, from, to };
}

function parseName(parser: Parser): Node {
  refuseWord(parser);
  const { text, from, to } = advance(parser);
  const constant = CONSTANTS.get(text);
  if (constant !== undefined) return { kind: 'literal', value: constant, from, to };
  if (isSymbol(parser, '(')) return refuseFunction(text, { from, to });
  return FUNCTIONS.has(text) && isSymbol(parser, '.')
    ? parseCall(parser, text, from)
    : { kind: 'name', name: text, from, to };
}

/** `Math.min(…)`: a class's name counts as the class only when a call follows, so parameters may bear such names. */
function parseCall(parser: Parser, owner: string, from: number): Node {
  const functions = FUNCTIONS.get(owner) ?? new Map<string, unknown>();
  advance(parser);
  const { text: name, to } = expectName(parser, 'after the dot');
  if (!isSymbol(parser, '(')) {
    return raise(faultAt('EXPRESSION_NAME', `The class ${owner} has no field ${name}, only functions.`, { from, to }));
  }
  if (!functions.has(name)) {
    const near = nearest(name, [...functions.keys()]);
    const message = `The class ${owner} has no function ${name}.`;
    return raise(faultAt('EXPRESSION_NAME', message, { from, to }, near === undefined ? near : `${owner}.${near}`));
  }
  const passed = parseArguments(parser);
  return { kind: 'call', owner, name, arguments: passed.nodes, from, to: passed.to };
}

function refuseFunction(name: string, span: Span): never {
  if (HOST_NAMES.has(name)) {
    return raise(faultAt('EXPRESSION_FORBIDDEN', `${name} is not part of the language.`, span));
  }
  const message = `There is no function ${name}; functions belong to a class, as in Math.min(a, b).`;
  return raise(faultAt('EXPRESSION_NAME', message, span));
}

function refuseWord(parser: Parser): void {
  const { text } = parser.token;
  const next = readToken(parser.source, parser.token.to);
  if (REFUSED_WORDS.has(text) || (text === 'import' && next.text === '(')) {
    raise(faultAt('EXPRESSION_FORBIDDEN', `${text} is not part of the language.`, parser.token));
  }
  if (text === 'new') refuseNew(parser.token, next);
  if (text === 'return' || STATEMENT_WORDS.has(text)) statements(parser.token);
}

function refuseNew(token: Token, next: Token): never {
  const span = { from: token.from, to: next.to };
  if (HOST_NAMES.has(next.text)) {
    return raise(faultAt('EXPRESSION_FORBIDDEN', `new ${next.text} is not part of the language.`, span));
  }
  return syntax('Making objects and arrays with new is not supported yet here.', span);
}

function refuseStatement(parser: Parser): void {
  const { token } = parser;
  if (token.kind !== 'name' || !DECLARABLE_CLASSES.has(token.text)) return;
  if (readToken(parser.source, token.to).kind === 'name') statements(token);
}

function refuseRest(parser: Parser, root: Node): never {
  const { token } = parser;
  if (root.kind === 'name' && HOST_NAMES.has(root.name)) {
    return raise(faultAt('EXPRESSION_FORBIDDEN', `${root.name} is not part of the language.`, root));
  }
  if (token.kind === 'name' && REFUSED_WORDS.has(token.text)) {
    return raise(faultAt('EXPRESSION_FORBIDDEN', `${token.text} is not part of the language.`, token));
  }
  if (token.text === '=') return syntax('Statements are not supported yet here. To compare, write ==.', token, '==');
  const hasEnded = /;\s*$/.test(parser.source.slice(0, token.from));
  if (hasEnded || ASSIGNMENTS.has(token.text) || STATEMENT_WORDS.has(token.text)) return statements(token);
  return syntax(`Expected an operator or the end of the expression, found ${shown(token)}.`, token);
}

function statements(span: Span): never {
  return syntax('Statements are not supported yet here; write one expression, for a choice a ? b : c.', span);
}
