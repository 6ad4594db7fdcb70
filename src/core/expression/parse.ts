// From text to a program: statements, one function a construct. The last statement needs no semicolon at the end of
// the text. Guarantees: any string gives a tree or a fault; no tree is deeper than the cursor's limit.

import {
  type Cursor,
  advance,
  cursorOf,
  expect,
  expectName,
  forbidden,
  isAtEnd,
  isSymbol,
  isWord,
  nested,
  peek,
  shown,
  syntax,
  take,
  unknown,
} from './cursor.ts';
import { DECLARABLE, type DeclaredType, isDeclarable } from './declared.ts';
import { nearest } from './nearest.ts';
import { parseAssignment, parseExpression } from './parse-expression.ts';
import { parseItems, refuseGenerics, refuseMore } from './parse-class.ts';
import { type Block, type Declaration, type Statement, type Variable } from './statements.ts';
import { type Node } from './syntax.ts';
import { FOREIGN_STATEMENTS, HOST_NAMES, REFUSED_WORDS, STATEMENT_WORDS } from './words.ts';

/** Parses a program, which may be one expression; raises what is wrong. */
export function parse(source: string): Block {
  const cursor = cursorOf(source);
  const statements: Statement[] = [];
  while (!isAtEnd(cursor)) parseInto(statements, cursor);
  if (statements.length === 0) syntax('The expression is empty.', { from: 0, to: source.length });
  return blockOf(statements, { from: 0, to: source.length });
}

/** A program of one expression stands where the expression does. */
function blockOf(statements: readonly Statement[], whole: { readonly from: number; readonly to: number }): Block {
  const [only] = statements;
  const { from, to } = statements.length === 1 && only?.kind === 'evaluation' ? only : whole;
  return { kind: 'block', statements, from, to };
}

/** Reads a statement; an empty one or an import leaves nothing. */
function parseInto(statements: Statement[], cursor: Cursor): void {
  if (take(cursor, ';')) return;
  if (isWord(cursor.token, 'import') && !isSymbol(peek(cursor), '(')) skipImport(cursor);
  else statements.push(parseStatement(cursor));
}

function skipImport(cursor: Cursor): void {
  advance(cursor);
  expectName(cursor, 'after import');
  while (take(cursor, '.')) if (!take(cursor, '*')) expectName(cursor, 'after the dot');
  endStatement(cursor);
}

function endStatement(cursor: Cursor): void {
  if (take(cursor, ';') || isAtEnd(cursor)) return;
  const { token } = cursor;
  if (token.kind === 'name' && REFUSED_WORDS.has(token.text)) forbidden(token.text, token);
  if (token.text === '++' || token.text === '--') {
    const fixed = token.text === '++' ? '+= 1' : '-= 1';
    syntax(`${token.text} is not part of the language; write ${fixed}.`, token, fixed);
  }
  syntax(`Expected an operator, ; or the end of the expression, found ${shown(token)}.`, token);
}

const READERS: ReadonlyMap<string, (cursor: Cursor) => Statement> = new Map([
  ['if', parseIf],
  ['while', parseWhile],
  ['for', parseFor],
  ['break', parseJump],
  ['continue', parseJump],
  ['return', parseResult],
  ['throw', parseResult],
]);

function parseStatement(cursor: Cursor): Statement {
  return nested(cursor, () => {
    const { token } = cursor;
    if (isSymbol(token, '{')) return parseBlock(cursor);
    if (token.kind === 'name') {
      const read = READERS.get(token.text);
      if (read !== undefined) return read(cursor);
      if (FOREIGN_STATEMENTS.has(token.text)) syntax(`${token.text} is not part of the language.`, token);
    }
    const statement = parseSimple(cursor);
    endStatement(cursor);
    return statement;
  });
}

/** Reads a declaration, an assignment or an expression: what may also stand in the head of `for`. */
function parseSimple(cursor: Cursor): Statement {
  if (cursor.token.kind === 'name' && isDeclaration(cursor)) return parseDeclaration(cursor);
  const node = parseAssignment(cursor);
  return { kind: 'evaluation', node, from: node.from, to: node.to };
}

function isDeclaration(cursor: Cursor): boolean {
  const { token } = cursor;
  const next = peek(cursor);
  if (!isDeclarable(token.text)) return next.kind === 'name' && refuseDeclaration(cursor);
  if (isSymbol(next, '<') && token.text.endsWith('Map')) refuseGenerics({ ...cursor, token: next });
  return next.kind === 'name' || isSymbol(next, '[');
}

/** Two names in a row that are no declaration are nothing at all. */
function refuseDeclaration(cursor: Cursor): false {
  const { token } = cursor;
  const next = peek(cursor);
  if (['new', 'true', 'false', 'null'].includes(token.text)) return false;
  for (const word of [token, next]) {
    if (REFUSED_WORDS.has(word.text) || HOST_NAMES.has(word.text)) forbidden(word.text, word);
  }
  const afterNext = peek({ ...cursor, token: next });
  if (!isSymbol(afterNext, '=')) return false;
  return unknown(token.text, `There is no type ${token.text}.`, token, nearest(token.text, DECLARABLE));
}

function parseDeclaration(cursor: Cursor): Declaration {
  const { text: item, from } = advance(cursor);
  const isArray = take(cursor, '[');
  if (isArray) expect(cursor, ']', 'after [ in a type');
  if (isArray && isSymbol(cursor.token, '[')) refuseMore(cursor);
  const type = { item, isArray };
  const variables: Variable[] = [];
  do variables.push(parseVariable(cursor, type));
  while (take(cursor, ','));
  const last = variables.at(-1);
  return { kind: 'declaration', type, variables, from, to: last?.value?.to ?? last?.to ?? from };
}

function parseVariable(cursor: Cursor, type: DeclaredType): Variable {
  const { text: name, from, to } = expectName(cursor, 'of a variable');
  if (REFUSED_WORDS.has(name)) forbidden(name, { from, to });
  if (RESERVED.has(name)) syntax(`${name} cannot be the name of a variable.`, { from, to });
  if (!take(cursor, '=')) return { name, from, to };
  const isItems = type.isArray && isSymbol(cursor.token, '{');
  const value = isItems
    ? parseItems(cursor, parseExpression, { item: type.item, from: cursor.token.from })
    : parseAssignment(cursor);
  return { name, value, from, to };
}

const RESERVED: ReadonlySet<string> = new Set(['params', 'new', 'true', 'false', 'null', ...STATEMENT_WORDS]);

function parseBlock(cursor: Cursor): Block {
  const { from } = advance(cursor);
  const statements: Statement[] = [];
  while (!isSymbol(cursor.token, '}')) {
    if (isAtEnd(cursor)) syntax('This { is not closed; add }.', { from, to: from + 1 });
    parseInto(statements, cursor);
  }
  return { kind: 'block', statements, from, to: advance(cursor).to };
}

function parseBody(cursor: Cursor): Statement {
  const { token } = cursor;
  if (take(cursor, ';')) return { kind: 'block', statements: [], from: token.from, to: token.to };
  return parseStatement(cursor);
}

/** Reads the body of a loop. */
function parseRound(cursor: Cursor): Statement {
  cursor.loops += 1;
  const body = parseBody(cursor);
  cursor.loops -= 1;
  return body;
}

function parseCondition(cursor: Cursor, word: string): Node {
  expect(cursor, '(', `after ${word}`);
  const condition = parseExpression(cursor);
  if (isSymbol(cursor.token, '=')) syntax('A condition compares with ==.', cursor.token, '==');
  expect(cursor, ')', 'after the condition');
  return condition;
}

function parseIf(cursor: Cursor): Statement {
  const { from } = advance(cursor);
  const condition = parseCondition(cursor, 'if');
  const yes = parseBody(cursor);
  if (!isWord(cursor.token, 'else')) return { kind: 'if', condition, yes, from, to: yes.to };
  advance(cursor);
  const no = parseBody(cursor);
  return { kind: 'if', condition, yes, no, from, to: no.to };
}

function parseWhile(cursor: Cursor): Statement {
  const { from } = advance(cursor);
  const condition = parseCondition(cursor, 'while');
  const body = parseRound(cursor);
  return { kind: 'loop', condition, body, from, to: body.to };
}

function parseFor(cursor: Cursor): Statement {
  const { from } = advance(cursor);
  expect(cursor, '(', 'after for');
  const init = isSymbol(cursor.token, ';') ? undefined : parseSimple(cursor);
  expect(cursor, ';', 'after the first part of for');
  const condition = isSymbol(cursor.token, ';') ? undefined : parseExpression(cursor);
  expect(cursor, ';', 'after the condition of for');
  const update = isSymbol(cursor.token, ')') ? undefined : parseAssignment(cursor);
  if (isSymbol(cursor.token, '++') || isSymbol(cursor.token, '--')) endStatement(cursor);
  expect(cursor, ')', 'after the head of for');
  const body = parseRound(cursor);
  return {
    kind: 'loop',
    ...(init === undefined ? {} : { init }),
    ...(condition === undefined ? {} : { condition }),
    ...(update === undefined ? {} : { update }),
    body,
    from,
    to: body.to,
  };
}

function parseJump(cursor: Cursor): Statement {
  const { text, from, to } = advance(cursor);
  if (cursor.loops === 0) syntax(`There is no loop here for ${text} to act on.`, { from, to });
  endStatement(cursor);
  return { kind: text === 'break' ? 'break' : 'continue', from, to };
}

function parseResult(cursor: Cursor): Statement {
  const { text, from } = advance(cursor);
  const value = parseExpression(cursor);
  endStatement(cursor);
  return { kind: text === 'return' ? 'return' : 'throw', value, from, to: value.to };
}
