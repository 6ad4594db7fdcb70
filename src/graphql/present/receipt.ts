// What every payload of a mutation says beside the entity: the commit, whether it is a repeat, and all that is wrong.

import { type Cursor } from '../../core/partition/cursor.ts';
import { type Answer } from '../../engine/answer.ts';
import { type PayloadError, userErrorOf } from './user-error.ts';

/** The common part of payloads. */
export interface Receipt {
  readonly cursor: Cursor | null;
  readonly replayed: boolean;
  readonly errors: readonly PayloadError[];
}

/** The common part of the payload for an answer. */
export function receiptOf(answer: Answer<unknown>): Receipt {
  return answer.ok
    ? { cursor: answer.cursor, replayed: answer.replayed, errors: [] }
    : { cursor: null, replayed: false, errors: answer.refusals.map(userErrorOf) };
}
