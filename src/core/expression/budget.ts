// What one evaluation may use, what it has used so far, and the place it is at. Work is charged before it is done
// wherever its size can exceed that of its inputs, so a limit is met before the memory or the time is spent.

import { type Context, type Fuel } from './context.ts';
import { type ExpressionCode, type Span, faultAt, raise } from './fault.ts';

/** Enough for every honest condition; at worst about half a second. */
export const DEFAULT_FUEL: Fuel = { steps: 1_000_000, memory: 32_000_000 };

/** How many elements an array or a map made by an expression may have: as many as a loop may have iterations. */
export const LONGEST_ARRAY = 100_001;

/** The mutable account of one evaluation. */
export interface Budget {
  readonly fuel: Fuel;
  readonly context: Context;
  stepsLeft: number;
  memoryLeft: number;
  /** What is being evaluated: where a fault is shown. */
  place: Span;
}

/** How many times one loop may go round. */
export const MOST_ROUNDS = 100_001;

/** How deep arrays and maps may lie in one another. */
export const DEEPEST = 128;

/** Ends the evaluation with a fault at the current place. */
export function fail(budget: Budget, code: ExpressionCode, message: string): never {
  return raise(faultAt(code, message, budget.place));
}

/** Charges work. */
export function spend(budget: Budget, steps: number): void {
  budget.stepsLeft -= steps;
  if (budget.stepsLeft < 0) exhausted(budget);
}

const CHARACTER_BYTES = 2;
const CHARACTERS_A_STEP = 64;
const ELEMENT_BYTES = 8;
const ENTRY_BYTES = 64;

/** Charges a text that is about to be made, or was made from inputs no smaller. */
export function spendText(budget: Budget, length: number): void {
  budget.memoryLeft -= length * CHARACTER_BYTES;
  if (budget.memoryLeft < 0) exhausted(budget);
  spend(budget, Math.ceil(length / CHARACTERS_A_STEP));
}

/** Charges the comparison of two texts, of which one has so many characters. */
export function spendComparison(budget: Budget, length: number): void {
  spend(budget, Math.ceil(length / CHARACTERS_A_STEP));
}

const COMPARISONS_A_STEP = 500;

/** Charges the search for a part in a text: at worst, every place in the text is compared with all of the part. */
export function spendSearch(budget: Budget, length: number, part: number): void {
  spend(budget, 1 + Math.ceil((length * (1 + part)) / COMPARISONS_A_STEP));
}

/** Charges the elements of an array that is about to be made. */
export function spendElements(budget: Budget, length: number): void {
  if (length > LONGEST_ARRAY) {
    fail(budget, 'EXPRESSION_LIMIT', `This would make an array of over ${String(LONGEST_ARRAY)} elements.`);
  }
  budget.memoryLeft -= length * ELEMENT_BYTES;
  if (budget.memoryLeft < 0) exhausted(budget);
  spend(budget, length);
}

/** Charges an entry that is about to be put into a map, which then has so many. */
export function spendEntry(budget: Budget, key: string, size: number): void {
  if (size > LONGEST_ARRAY) {
    fail(budget, 'EXPRESSION_LIMIT', `This would make a map of over ${String(LONGEST_ARRAY)} entries.`);
  }
  budget.memoryLeft -= ENTRY_BYTES + key.length * CHARACTER_BYTES;
  if (budget.memoryLeft < 0) exhausted(budget);
  spend(budget, 1);
}

function exhausted(budget: Budget): never {
  const { fuel, stepsLeft, memoryLeft } = budget;
  const steps = `${String(fuel.steps - Math.max(stepsLeft, 0))} of ${String(fuel.steps)} steps`;
  const memory = `${String(fuel.memory - Math.max(memoryLeft, 0))} of ${String(fuel.memory)} bytes`;
  return fail(budget, 'EXPRESSION_LIMIT', `The expression does too much: it used ${steps} and ${memory}.`);
}
