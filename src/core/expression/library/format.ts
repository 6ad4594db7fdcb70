// `String.format`: Java's %s %d %x %X %o %f %e %b %n %% with width, precision, argument index and the flags - 0 + , and space.

import { type Budget, fail, spendText } from '../budget.ts';
import { shownText } from '../measure.ts';
import { isNumber, kindOf } from '../types.ts';
import { type Thing } from '../thing.ts';
import { withArticle } from './callable.ts';
import { fixed, scientific } from './decimals.ts';

const WIDEST = 10_000;
const FINEST = 100;

interface Directive {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly conversion: string;
}

const DIRECTIVE = /%(?:(\d{1,4})\$)?([-0+, ]*)(\d{0,6})(?:\.(\d{1,4}))?([a-zA-Z%])/y;

/** Formats the values by the pattern as Java does; a directive that does not fit its value is a fault. */
export function formatted(pattern: string, values: readonly Thing[], budget: Budget): string {
  const pieces: string[] = [];
  let next = 0;
  let at = 0;
  while (at < pattern.length) {
    const percent = pattern.indexOf('%', at);
    pieces.push(pattern.slice(at, percent === -1 ? pattern.length : percent));
    if (percent === -1) break;
    DIRECTIVE.lastIndex = percent;
    const match = DIRECTIVE.exec(pattern) ?? unknown(pattern.slice(percent, percent + 8), budget);
    const directive = readDirective(match, budget);
    const position = match[1] === undefined ? next : Number(match[1]) - 1;
    if (match[1] === undefined && !'n%'.includes(directive.conversion)) next += 1;
    pieces.push(convert(directive, match[0], values[position], budget));
    at = DIRECTIVE.lastIndex;
  }
  spendText(budget, pattern.length);
  return pieces.join('');
}

function unknown(directive: string, budget: Budget): never {
  const known = '%s %d %x %X %o %f %e %b %n %%';
  return fail(budget, 'EXPRESSION_FAILED', `The format ${directive} is unknown; known are ${known}.`);
}

function readDirective(match: RegExpExecArray, budget: Budget): Directive {
  const [, , flags = '', width = '', precision, conversion = ''] = match;
  if (Number(width) > WIDEST || Number(precision ?? 0) > FINEST) {
    return fail(budget, 'EXPRESSION_LIMIT', `The format ${match[0]} is too wide.`);
  }
  return {
    flags,
    width: Number(width),
    precision: precision === undefined ? undefined : Number(precision),
    conversion,
  };
}

function convert(directive: Directive, written: string, value: Thing | undefined, budget: Budget): string {
  if (directive.conversion === 'n') return '\n';
  if (directive.conversion === '%') return padded('%', directive, budget);
  if (value === undefined) return fail(budget, 'EXPRESSION_FAILED', `The format ${written} has no argument.`);
  switch (directive.conversion) {
    case 's':
      return padded(shown(value, directive, budget), directive, budget);
    case 'S':
      return padded(shown(value, directive, budget).toUpperCase(), directive, budget);
    case 'b':
      return padded(String(typeof value === 'boolean' ? value : value !== null), directive, budget);
    default:
      return value === null ? padded('null', directive, budget) : convertNumber(directive, written, value, budget);
  }
}

function shown(value: Thing, directive: Directive, budget: Budget): string {
  return shownText(value, budget).slice(0, directive.precision);
}

const RADIX: ReadonlyMap<string, number> = new Map([
  ['x', 16],
  ['X', 16],
  ['o', 8],
]);

function convertNumber(directive: Directive, written: string, value: Thing, budget: Budget): string {
  const { conversion, precision = 6 } = directive;
  const isFractional = conversion === 'f' || conversion === 'e';
  if (!isFractional && conversion !== 'd' && !RADIX.has(conversion)) return unknown(written, budget);
  if (isFractional && isNumber(value)) {
    return signed((conversion === 'f' ? fixed : scientific)(Number(value), precision), directive, budget);
  }
  if (!isFractional && typeof value === 'bigint') return convertWhole(directive, value, budget);
  const wanted = isFractional ? 'a number' : 'a whole number';
  return fail(budget, 'EXPRESSION_TYPE', `The format ${written} takes ${wanted}, not ${withArticle(kindOf(value))}.`);
}

function convertWhole(directive: Directive, value: bigint, budget: Budget): string {
  const radix = RADIX.get(directive.conversion);
  if (radix === undefined) return signed(value.toString(), directive, budget);
  const digits = BigInt.asUintN(64, value).toString(radix);
  return padded(directive.conversion === 'X' ? digits.toUpperCase() : digits, directive, budget);
}

function signed(digits: string, directive: Directive, budget: Budget): string {
  const isNegative = digits.startsWith('-');
  const plain = isNegative ? digits.slice(1) : digits;
  const grouped = directive.flags.includes(',') ? plain.replace(/^\d+/, grouping) : plain;
  const positive = directive.flags.includes('+') ? '+' : directive.flags.includes(' ') ? ' ' : '';
  const sign = isNegative ? '-' : positive;
  const zeros = directive.flags.includes('0') ? Math.max(0, directive.width - sign.length - grouped.length) : 0;
  return padded(`${sign}${'0'.repeat(zeros)}${grouped}`, directive, budget);
}

function grouping(digits: string): string {
  return digits.replace(/\d(?=(?:\d{3})+$)/g, '$&,');
}

function padded(part: string, directive: Directive, budget: Budget): string {
  spendText(budget, Math.max(part.length, directive.width));
  return directive.flags.includes('-') ? part.padEnd(directive.width) : part.padStart(directive.width);
}
