// A place in the text that moves from token to token, and what every part of the parser does with it.

import { type Span, faultAt, raise } from './fault.ts';
import { type Node } from './syntax.ts';
import { type Token, readToken } from './tokens.ts';
import { HOST_NAMES } from './words.ts';

/** How deep brackets, arguments, unary operators, choices and statements may lie in one another. */
const DEPTH = 128;

/** The parser's only state. */
export interface Cursor {
  readonly source: string;
  token: Token;
  depth: number;
  /** How many loops the statement at hand is in. */
  loops: number;
}

/** How one part of the parser reads what another part knows about. */
export type Read = (cursor: Cursor) => Node;

/** A cursor at the beginning of a text. */
export function cursorOf(source: string): Cursor {
  return { source, token: readToken(source, 0), depth: 0, loops: 0 };
}

/** Moves on, and gives the token that was passed. */
export function advance(cursor: Cursor): Token {
  const token = cursor.token;
  cursor.token = readToken(cursor.source, token.to);
  return token;
}

/** The token after the current one. */
export function peek(cursor: Cursor): Token {
  return readToken(cursor.source, cursor.token.to);
}

/** Tells whether nothing is left. */
export function isAtEnd(cursor: Cursor): boolean {
  return cursor.token.kind === 'end';
}

/** Tells whether a token is this symbol. */
export function isSymbol(token: Token, text: string): boolean {
  return token.kind === 'symbol' && token.text === text;
}

/** Tells whether a token is this word. */
export function isWord(token: Token, text: string): boolean {
  return token.kind === 'name' && token.text === text;
}

/** Takes the symbol if it is next. */
export function take(cursor: Cursor, text: string): boolean {
  if (!isSymbol(cursor.token, text)) return false;
  advance(cursor);
  return true;
}

/** Takes a symbol that has to be next. */
export function expect(cursor: Cursor, text: string, purpose: string): Token {
  if (isSymbol(cursor.token, text)) return advance(cursor);
  return syntax(`Expected ${text} ${purpose}, found ${shown(cursor.token)}.`, cursor.token);
}

/** Takes a name that has to be next. */
export function expectName(cursor: Cursor, purpose: string): Token {
  if (cursor.token.kind === 'name') return advance(cursor);
  return syntax(`Expected a name ${purpose}, found ${shown(cursor.token)}.`, cursor.token);
}

/** Names a token within a sentence. */
export function shown(token: Token): string {
  if (token.kind === 'end') return 'the end of the expression';
  return token.kind === 'literal' ? 'a value' : token.text;
}

/** Refuses the text as no expression of the language. */
export function syntax(message: string, span: Span, suggestion?: string): never {
  return raise(faultAt('EXPRESSION_SYNTAX', message, span, suggestion));
}

/** Refuses what reaches for the machine. */
export function forbidden(what: string, span: Span): never {
  return raise(faultAt('EXPRESSION_FORBIDDEN', `${what} is not part of the language.`, span));
}

/** Refuses a class or function that there is not. */
export function unknown(name: string, message: string, span: Span, suggestion?: string): never {
  return HOST_NAMES.has(name) ? forbidden(name, span) : raise(faultAt('EXPRESSION_NAME', message, span, suggestion));
}

/** Guards every way in which the grammar contains itself. */
export function nested<T>(cursor: Cursor, work: () => T): T {
  cursor.depth += 1;
  if (cursor.depth > DEPTH) {
    const message = `The expression is nested deeper than ${String(DEPTH)} levels; split it over several parameters.`;
    return raise(faultAt('EXPRESSION_LIMIT', message, cursor.token));
  }
  const result = work();
  cursor.depth -= 1;
  return result;
}

/** Reads `a, b, c` up to the closing symbol, which it takes. */
export function readList(cursor: Cursor, close: string, read: Read): { readonly nodes: Node[]; readonly to: number } {
  const nodes: Node[] = [];
  if (!isSymbol(cursor.token, close)) {
    do nodes.push(read(cursor));
    while (take(cursor, ','));
  }
  return { nodes, to: expect(cursor, close, close === ')' ? 'after the arguments' : 'after the items').to };
}
