// What the binary and unary operators do to values, and what types they answer with. LONG wraps at 64 bits as in
// Java, LONG with LONG divides to a LONG, a mix of LONG and DOUBLE is DOUBLE, and division by zero is a fault.

import { type Budget, fail, spendComparison, spendText } from './budget.ts';
import { finite } from './library/numbers.ts';
import { withArticle } from './library/callable.ts';
import { shownText } from './measure.ts';
import { type Operator } from './syntax.ts';
import { text } from './text.ts';
import { type Kind, type Type, isNumber, isNumeric, kindOf, kindOfType } from './types.ts';
import { type Thing } from './thing.ts';

/** Applies an operator to its two sides. */
export type Apply = (left: Thing, right: Thing, budget: Budget) => Thing;

const EQUALITIES: ReadonlySet<Operator> = new Set(['==', '!=']);
const ORDERINGS: ReadonlySet<Operator> = new Set(['<', '<=', '>', '>=']);
const COMPARABLE: ReadonlySet<Kind | 'unknown'> = new Set(['boolean', 'string']);
const STRICT: ReadonlySet<Operator> = new Set(['<', '>']);

/** The binary operators. */
export const OPERATORS: Readonly<Record<Operator, Apply>> = {
  '==': (left, right, budget) => equal(left, right, '==', budget),
  '!=': (left, right, budget) => !equal(left, right, '!=', budget),
  '<': ordering('<', (a, b) => a < b),
  '<=': ordering('<=', (a, b) => a <= b),
  '>': ordering('>', (a, b) => a > b),
  '>=': ordering('>=', (a, b) => a >= b),
  '+': add,
  '-': arithmetic(
    '-',
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  '*': arithmetic(
    '*',
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  '/': divided(
    arithmetic(
      '/',
      (a, b) => a / b,
      (a, b) => a / b,
    ),
  ),
  '%': divided(
    arithmetic(
      '%',
      (a, b) => a % b,
      (a, b) => a % b,
    ),
  ),
};

/** Turns the sign of a number. */
export function negate(value: Thing, budget: Budget): Thing {
  if (typeof value === 'bigint') return BigInt.asIntN(64, -value);
  if (typeof value === 'number') return -value;
  return fail(budget, 'EXPRESSION_TYPE', `- takes a number, not ${withArticle(kindOf(value))}.`);
}

/** Reads a condition: only a BOOLEAN is one. */
export function condition(value: Thing, purpose: string, budget: Budget): boolean {
  if (typeof value === 'boolean') return value;
  return fail(budget, 'EXPRESSION_TYPE', conditionProblem(purpose, kindOf(value)));
}

/** Says that something that has to be a condition is not one. */
export function conditionProblem(purpose: string, kind: string): string {
  return `${purpose} takes a boolean, not ${withArticle(kind)}.`;
}

/** Tells the type that a binary operator answers with; undefined when its sides do not fit it. */
export function operatorType(operator: Operator, left: Type, right: Type): Type | undefined {
  if (operator === '+') return sumType(left, right);
  if (EQUALITIES.has(operator)) return canCompareEqual(left, right) ? 'boolean' : undefined;
  if (ORDERINGS.has(operator)) return canBeOrdered(operator, left, right) ? 'boolean' : undefined;
  return areNumeric(left, right) ? numericType(left, right) : undefined;
}

function canBeOrdered(operator: Operator, left: Type, right: Type): boolean {
  return areNumeric(left, right) || (STRICT.has(operator) && (left === 'null' || right === 'null'));
}

/** Says why an operator cannot be applied, and what the author may have meant. */
export function operatorProblem(operator: Operator, left: string, right: string): string {
  const sides = `${withArticle(left)} and ${withArticle(right)}`;
  const areTexts = left === 'string' && right === 'string';
  const textHint = areTexts && ORDERINGS.has(operator) ? ' Texts are ordered by a.compareTo(b).' : '';
  const areDates = left === 'DateTime' && right === 'DateTime';
  const hint = areDates ? ' Dates are compared by a.isBefore(b), a.isAfter(b) and a.isEqual(b).' : textHint;
  return `${operator} cannot be applied to ${sides}.${hint}`;
}

function sumType(left: Type, right: Type): Type | undefined {
  if (left === 'string' || right === 'string' || left === 'null') return 'string';
  if (left === 'unknown' || right === 'unknown') return 'unknown';
  return areNumeric(left, right) ? numericType(left, right) : undefined;
}

function areNumeric(left: Type, right: Type): boolean {
  return [left, right].every((type) => type === 'unknown' || isNumeric(kindOfType(type)));
}

function numericType(left: Type, right: Type): Type {
  if (left === 'double' || right === 'double') return 'double';
  return left === 'long' && right === 'long' ? 'long' : 'unknown';
}

function canCompareEqual(left: Type, right: Type): boolean {
  const [a, b] = [kindOfType(left), kindOfType(right)];
  if ([a, b].some((kind) => kind === 'null' || kind === 'unknown')) return true;
  return areNumeric(left, right) || (a === b && COMPARABLE.has(a));
}

function mismatch(operator: Operator, left: Thing, right: Thing, budget: Budget): never {
  return fail(budget, 'EXPRESSION_TYPE', operatorProblem(operator, kindOf(left), kindOf(right)));
}

function equal(left: Thing, right: Thing, operator: Operator, budget: Budget): boolean {
  if (left === null || right === null) return left === right;
  if (isNumber(left) && isNumber(right)) {
    return typeof left === typeof right ? left === right : Number(left) === Number(right);
  }
  if (typeof left !== typeof right || typeof left === 'object') return mismatch(operator, left, right, budget);
  if (typeof left === 'string') spendComparison(budget, left.length);
  return left === right;
}

/** NULL is neither less nor greater than anything; whether it is equal or so is a question that has no answer. */
function ordering(operator: Operator, holds: (a: bigint | number, b: bigint | number) => boolean): Apply {
  const isStrict = STRICT.has(operator);
  return (left, right, budget) => {
    if (typeof left === 'bigint' && typeof right === 'bigint') return holds(left, right);
    if (isNumber(left) && isNumber(right)) return holds(Number(left), Number(right));
    if (isStrict && (left === null || right === null)) return false;
    return mismatch(operator, left, right, budget);
  };
}

function add(left: Thing, right: Thing, budget: Budget): Thing {
  if (typeof left === 'bigint' && typeof right === 'bigint') return BigInt.asIntN(64, left + right);
  if (isNumber(left) && isNumber(right)) return finite(Number(left) + Number(right), budget);
  if (typeof left !== 'string' && typeof right !== 'string' && left !== null) return mismatch('+', left, right, budget);
  const [head, tail] = [partText(left, budget), partText(right, budget)];
  spendText(budget, head.length + tail.length);
  return head + tail;
}

function partText(value: Thing, budget: Budget): string {
  return typeof value === 'object' ? shownText(value, budget) : text(value);
}

function arithmetic(
  operator: Operator,
  whole: (a: bigint, b: bigint) => bigint,
  double: (a: number, b: number) => number,
): Apply {
  return (left, right, budget) => {
    if (typeof left === 'bigint' && typeof right === 'bigint') return BigInt.asIntN(64, whole(left, right));
    if (isNumber(left) && isNumber(right)) return finite(double(Number(left), Number(right)), budget);
    return mismatch(operator, left, right, budget);
  };
}

function divided(apply: Apply): Apply {
  return (left, right, budget) => {
    const isZero = right === 0n || right === 0;
    if (isZero && isNumber(left)) return fail(budget, 'EXPRESSION_FAILED', 'Division by zero.');
    return apply(left, right, budget);
  };
}
