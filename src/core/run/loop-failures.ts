// Why a loop cannot begin, or cannot go on.

import { type ExpressionFault } from '../expression/fault.ts';
import { text } from '../expression/text.ts';
import { type Value } from '../expression/value.ts';
import { type Failure } from '../failure.ts';
import { expressionFailure } from './evaluation.ts';
import { MOST_ITERATIONS } from './loop-values.ts';
import { iterationIndexOf, type Within } from './restart-from.ts';

/** The condition of a `while` gave neither true nor false. */
export function noCondition(id: string, value: Value): Failure {
  return expressionFailure(id, {
    code: 'EXPRESSION_TYPE',
    message: `the condition of a \`while\` must be true or false, and this one gave ${text(value)}.`,
  } satisfies Pick<ExpressionFault, 'code' | 'message'>);
}

/** It has more iterations than a loop may have. */
export function tooLong(total: number): Failure {
  return {
    kind: 'USER',
    code: 'LOOP_TOO_LONG',
    message: `The loop would have ${String(total)} iterations, and ${String(MOST_ITERATIONS)} are the most.`,
    hint: 'Split the work over several loops or several runs.',
    retryable: false,
  };
}

/** The round to go back to is not at hand. */
export function roundGone(id: string, { run }: Within): Failure {
  return {
    kind: 'USER',
    code: 'LOOP_CHANGED',
    message: `"${id}" was to go back to the round ${String(iterationIndexOf(run))}, which an error in Downbeat has set aside since.`,
    hint: 'Release it, or go back to another round.',
    retryable: false,
  };
}

/** It would have another number of iterations than the earlier try with which it is to go on. */
export function loopChanged(before: number, now: number): Failure {
  return {
    kind: 'USER',
    code: 'LOOP_CHANGED',
    message: `The loop had ${String(before)} iterations when it was begun and would have ${String(now)} now, so nobody could say which are done already.`,
    hint: 'Restart the run from its beginning.',
    retryable: false,
  };
}
