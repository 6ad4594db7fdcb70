// Time and chance, as the context of the evaluation gives them.

import { type Budget, fail } from '../budget.ts';

/** The time that the evaluation is given. */
export function nowOf(budget: Budget): number {
  const { now } = budget.context;
  return (
    now ?? fail(budget, 'EXPRESSION_FAILED', 'There is no time here: this expression is evaluated without a clock.')
  );
}

/** Draws 32 random bits. */
export function drawn(budget: Budget): number {
  const { random } = budget.context;
  if (random === undefined) {
    return fail(budget, 'EXPRESSION_FAILED', 'There is no chance here: this expression is evaluated without one.');
  }
  return random() >>> 0;
}
