// Java's number literals: decimal, hexadecimal and octal integers (LONG, 64 bit) and floating point (DOUBLE).

import { type Span, faultAt, raise } from './fault.ts';

/** A number literal's value and place. */
interface Numeral extends Span {
  readonly value: bigint | number;
}

const INTEGER_PARTS = /(0[xX][0-9A-Fa-f]+|[0-9]+)[lL]?/y;
const FLOAT_PARTS = /(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eEfFdD]))(?:[eE][+-]?[0-9]+)?[fFdD]?/y;
const WORD = /[A-Za-z_$0-9.]*/y;

/** One more than the largest LONG: allowed only as the operand of a unary minus, as in Java. */
export const LONG_LIMIT = 2n ** 63n;

/** Reads the number that begins at the offset. */
export function readNumber(source: string, from: number): Numeral {
  const isHex = /0[xX]/.test(source.slice(from, from + 2));
  const float = isHex ? undefined : matchAt(FLOAT_PARTS, source, from);
  const digits = float ?? matchAt(INTEGER_PARTS, source, from) ?? '';
  const word = matchAt(WORD, source, from) ?? '';
  const to = from + Math.max(digits.length, 1);
  if (digits === '' || wordGoesOn(source, to)) return refuse(word, { from, to: from + word.length });
  const value = float === undefined ? integer(digits, { from, to }) : double(digits, { from, to });
  return { value, from, to };
}

function matchAt(pattern: RegExp, source: string, from: number): string | undefined {
  pattern.lastIndex = from;
  return pattern.exec(source)?.[0];
}

function wordGoesOn(source: string, at: number): boolean {
  return /[A-Za-z_$0-9]/.test(source.charAt(at));
}

function integer(digits: string, span: Span): bigint {
  const plain = digits.replace(/[lL]$/, '');
  if (/^0[xX]/.test(plain)) return hexadecimal(plain, span);
  if (!/^0[0-9]/.test(plain)) return inRange(BigInt(plain), span);
  if (/[89]/.test(plain)) {
    const message = `${plain} begins with 0 and so is an octal number, which has no digit 8 or 9.`;
    return raise(faultAt('EXPRESSION_SYNTAX', message, span, plain.replace(/^0+/, '')));
  }
  return inRange(BigInt(`0o${plain.slice(1)}`), span);
}

function hexadecimal(digits: string, span: Span): bigint {
  const value = BigInt(digits);
  return value >= 2n * LONG_LIMIT ? tooLarge(span) : BigInt.asIntN(64, value);
}

function inRange(value: bigint, span: Span): bigint {
  return value > LONG_LIMIT ? tooLarge(span) : value;
}

/** Refuses an integer that 64 bits cannot hold. */
export function tooLarge(span: Span): never {
  return raise(faultAt('EXPRESSION_SYNTAX', 'This whole number does not fit into 64 bits.', span));
}

function double(digits: string, span: Span): number {
  const value = Number(digits.replace(/[fFdD]$/, ''));
  if (Number.isFinite(value)) return value;
  return raise(faultAt('EXPRESSION_SYNTAX', 'This number is too large for a double.', span));
}

function refuse(word: string, span: Span): never {
  return raise(faultAt('EXPRESSION_SYNTAX', `${word} is not a number.`, span));
}
