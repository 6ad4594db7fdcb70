// How large what is stored may become. MongoDB takes documents of 16 MB; a block is one document, and so is a state.
//
// 1. A commit is full at two megabytes, counted generously: what is left to do goes on in the next one.
// 2. What steps give is turned away before it makes a state larger than there is room for: the step fails, and says why.
// 3. What would be larger all the same is never written: a wish is refused, and whatever else was at work is set aside.

import { megabytes } from '../bytes.ts';
import { type EntityId, kindOf, nameOf } from '../ids.ts';
import { type Refusal } from '../refusal.ts';

/** How many bytes make a commit full. */
export const fullCommitBytes = 2_000_000;

/** How many bytes a commit may have: it cannot be split, and MongoDB takes 16 MB. */
export const mostInCommit = 12_000_000;

/** How many bytes a state may have, whatever made it grow. */
export const mostInState = 12_000_000;

/** Says that a state would become too large. */
export function stateTooLarge(id: EntityId): string {
  return `The ${kindOf(id)} "${nameOf(id)}" would take more than ${megabytes(mostInState)}, which is the most that can be kept of one.`;
}

/** Says that a commit would become too large. */
export function commitTooLarge(): string {
  return `This would write more than ${megabytes(mostInCommit)} at once, which is the most that can be kept together.`;
}

/** The refusal of a wish that would write too much. */
export function tooLarge(message: string): Refusal {
  return {
    code: 'LIMIT_EXCEEDED',
    message,
    path: [],
    hint: 'Ask for less at once, or put what is large into a file and hand over its address.',
  };
}
