// Who asks the engine for something, and what it answers.

import { type Cursor } from '../core/partition/cursor.ts';
import { type Refusal } from '../core/refusal.ts';

/** Who asks, and how a repeat is recognised. */
export interface Caller {
  readonly actor: string;
  readonly idempotencyKey?: string;
  readonly reason?: string;
}

/** What a wish came to: the outcome with its place in the log, or everything that is wrong with it. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T; readonly cursor: Cursor; readonly replayed: boolean }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };
