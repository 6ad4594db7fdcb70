// Text literals in single or double quotes with Java's escapes, and the way back: text as such a literal.

import { type Span, faultAt, raise } from './fault.ts';

/** A text literal's value and place. */
interface Quoted extends Span {
  readonly value: string;
}

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['f', '\f'],
  ['r', '\r'],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
]);
const OCTAL = /[0-3][0-7]{0,2}|[4-7][0-7]?/y;
const UNICODE = /u+([0-9A-Fa-f]{4})/y;

/** Reads the literal whose opening quote is at the offset. */
export function readString(source: string, from: number): Quoted {
  const quote = source.charAt(from);
  const parts: string[] = [];
  let at = from + 1;
  for (;;) {
    const char = source.charAt(at);
    if (char === quote) return { value: parts.join(''), from, to: at + 1 };
    if (char === '' || char === '\n') return unclosed(quote, { from, to: at });
    const piece = char === '\\' ? readEscape(source, at) : { value: char, from: at, to: at + 1 };
    parts.push(piece.value);
    at = piece.to;
  }
}

function readEscape(source: string, from: number): Quoted {
  const simple = SIMPLE.get(source.charAt(from + 1));
  if (simple !== undefined) return { value: simple, from, to: from + 2 };
  OCTAL.lastIndex = from + 1;
  const octal = OCTAL.exec(source)?.[0];
  if (octal !== undefined) {
    return { value: String.fromCharCode(parseInt(octal, 8)), from, to: from + 1 + octal.length };
  }
  UNICODE.lastIndex = from + 1;
  const unicode = UNICODE.exec(source);
  if (unicode !== null) {
    return { value: String.fromCharCode(parseInt(unicode[1] ?? '', 16)), from, to: UNICODE.lastIndex };
  }
  const message = 'This escape is unknown. Known are \\b \\t \\n \\f \\r \\" \\\' \\\\, octal and \\uXXXX.';
  return raise(faultAt('EXPRESSION_SYNTAX', message, { from, to: Math.min(from + 2, source.length) }, '\\\\'));
}

function unclosed(quote: string, span: Span): never {
  return raise(faultAt('EXPRESSION_SYNTAX', `This text is not closed; add ${quote} where it ends.`, span));
}

const ESCAPES = new Map(Array.from(SIMPLE, ([letter, char]) => [char, `\\${letter}`] as const));

/** Escapes a text as inside a Java literal in double quotes: pure ASCII, on one line. */
export function escaped(text: string): string {
  return text.replace(/[^ !#-&(-[\]-~]/g, (char) => {
    if (char === "'") return char;
    return ESCAPES.get(char) ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}
