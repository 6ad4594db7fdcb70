// Reads one token of the expression language at a given offset: names, Java numbers, strings in single or double
// quotes, symbols; white space and comments are skipped. Anything else is a fault under the offending characters.

import { type Span, faultAt, raise } from './fault.ts';
import { readNumber } from './numerals.ts';
import { readString } from './quoted.ts';
import { type Value } from './value.ts';

/** A token and where it stands. `text` is the name or the symbol; a literal carries its value. */
export interface Token extends Span {
  readonly kind: 'name' | 'literal' | 'symbol' | 'end';
  readonly text: string;
  readonly value: Value;
}

const SYMBOLS = '|| && == != <= >= += -= *= /= %= ++ -- => ( ) [ ] { } . , ; ? : ! < > + - * / % ='.split(' ');
const BIT_SYMBOLS = new Set(['&', '|', '^', '~']);
const NAME_START = /[A-Za-z_$]/;
const NAME = /[A-Za-z_$0-9]*/y;
const DIGIT = /[0-9]/;
const SPACE = /[ \t\r\n\f]/;

/** Reads the token at or after the offset; `end` once only white space and comments are left. */
export function readToken(source: string, offset: number): Token {
  const from = skipSpace(source, offset);
  const char = source.charAt(from);
  if (char === '') return { kind: 'end', text: '', value: null, from, to: from };
  if (NAME_START.test(char)) return nameToken(source, from);
  if (DIGIT.test(char) || (char === '.' && DIGIT.test(source.charAt(from + 1)))) {
    return { kind: 'literal', text: '', ...readNumber(source, from) };
  }
  if (char === '"' || char === "'") return { kind: 'literal', text: '', ...readString(source, from) };
  const symbol = SYMBOLS.find((candidate) => source.startsWith(candidate, from));
  if (symbol === undefined) return refuseCharacter(source, from);
  const to = from + symbol.length;
  if (symbol === '=>') {
    return raise(faultAt('EXPRESSION_FORBIDDEN', 'Functions (=>) are not part of the language.', { from, to }));
  }
  return { kind: 'symbol', text: symbol, value: null, from, to };
}

function skipSpace(source: string, offset: number): number {
  let at = offset;
  for (;;) {
    if (SPACE.test(source.charAt(at))) at += 1;
    else if (source.startsWith('//', at)) at = endOfLine(source, at);
    else if (source.startsWith('/*', at)) at = endOfComment(source, at);
    else return at;
  }
}

function endOfLine(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  return end === -1 ? source.length : end;
}

function endOfComment(source: string, at: number): number {
  const end = source.indexOf('*/', at + 2);
  if (end !== -1) return end + 2;
  return raise(faultAt('EXPRESSION_SYNTAX', 'This comment is not closed; add */.', { from: at, to: at + 2 }));
}

function nameToken(source: string, from: number): Token {
  NAME.lastIndex = from;
  const text = NAME.exec(source)?.[0] ?? '';
  return { kind: 'name', text, value: null, from, to: from + text.length };
}

function refuseCharacter(source: string, from: number): never {
  const point = source.codePointAt(from) ?? 0;
  const char = String.fromCodePoint(point);
  const span = { from, to: from + char.length };
  if (char === '`') {
    const message = 'Template literals (backticks) are not part of the language; write the text in quotes.';
    return raise(faultAt('EXPRESSION_FORBIDDEN', message, span));
  }
  if (BIT_SYMBOLS.has(char)) {
    const message = `The bit operator ${char} is not part of the language; conditions are joined with && and ||.`;
    return raise(faultAt('EXPRESSION_SYNTAX', message, span));
  }
  const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  const shown = point > 0x20 && point < 0x7f ? `${char} (${code})` : code;
  return raise(faultAt('EXPRESSION_SYNTAX', `The character ${shown} has no meaning here.`, span));
}
