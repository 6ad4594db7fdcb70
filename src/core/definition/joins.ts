// How joins are written: the words that people and editors see for what the model calls slots.

import { type JoinTrigger } from './model.ts';

/** The key of the list that holds a join's signals. */
export function slotsKey({ kind }: JoinTrigger): string {
  return kind === 'at-least' ? 'of' : kind;
}
