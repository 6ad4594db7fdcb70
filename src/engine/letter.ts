// A command on its way through a partition, and what its sender is told in the end.

import { type Command, type Outcome } from '../core/partition/command.ts';
import { type Place } from '../core/partition/cursor.ts';
import { type Refusal } from '../core/refusal.ts';

/** What a sender is told, once everything it rests on is durable. */
export type Reply =
  | {
      readonly kind: 'COMMITTED';
      readonly outcome: Outcome | undefined;
      readonly place: Place;
      /** The outcome of an earlier command with the same key. */
      readonly replayed: boolean;
    }
  | { readonly kind: 'REFUSED'; readonly refusals: readonly Refusal[]; readonly place: Place };

/** A command with the way back to its sender. */
export interface Letter {
  readonly command: Command;
  readonly answer: (reply: Reply) => void;
  readonly fail: (error: Error) => void;
}
