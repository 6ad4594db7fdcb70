// Publications that a signal's contract refused. They rest here until somebody publishes them again or lets them go: also where
// nobody reads an answer, nothing is lost without a word. Bounded: the oldest make room.

import { type ContractFault } from '../definition/contract/faults.ts';
import { type Entry, type Json } from '../json.ts';
import { type Instant } from '../time.ts';

/** One refused publication. */
export interface RefusedPublication {
  /** A ULID. */
  readonly id: string;
  readonly params: readonly Entry[];
  readonly payload?: Json;
  /** When the fact happened, as its publisher said. */
  readonly occurredAt?: Instant;
  readonly by: string;
  /** The version of the contract that refused it last, and why. */
  readonly version: number;
  readonly faults: readonly ContractFault[];
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** How often the same came from the same publisher. */
  readonly times: number;
  /** Characters of its JSON. */
  readonly size: number;
}

/** The refused publications of a signal name, oldest first. */
export interface SignalQuarantineState {
  readonly kind: 'signalQuarantine';
  readonly name: string;
  readonly refused: readonly RefusedPublication[];
  /** How many had to make room and are gone. */
  readonly dropped: number;
}

/** An event of the refused publications of a name. */
export type SignalQuarantineEvent =
  | {
      readonly type: 'PublicationRefused';
      readonly name: string;
      readonly publication: Omit<RefusedPublication, 'firstAt' | 'lastAt' | 'times'>;
      /** Those that make room for it. */
      readonly dropped: readonly string[];
    }
  | {
      readonly type: 'PublicationRefusedAgain';
      readonly name: string;
      readonly id: string;
      readonly version: number;
      readonly faults: readonly ContractFault[];
    }
  /** It was published after all, or somebody let it go. */
  | { readonly type: 'PublicationRepublished'; readonly name: string; readonly id: string; readonly by: string }
  | { readonly type: 'PublicationDismissed'; readonly name: string; readonly id: string; readonly by: string };

/** How many are kept, and how many characters they may have together. */
export const mostRefused = { publications: 100, characters: 1_000_000 };

/** The state after an event; `undefined` before the first. */
export function evolveSignalQuarantine(
  state: SignalQuarantineState | undefined,
  event: SignalQuarantineEvent,
  at: Instant,
): SignalQuarantineState {
  const known = state ?? { kind: 'signalQuarantine', name: event.name, refused: [], dropped: 0 };
  switch (event.type) {
    case 'PublicationRefused': {
      const kept = known.refused.filter(({ id }) => !event.dropped.includes(id));
      const publication = { ...event.publication, firstAt: at, lastAt: at, times: 1 };
      return { ...known, refused: [...kept, publication], dropped: known.dropped + event.dropped.length };
    }
    case 'PublicationRefusedAgain': {
      const { id, version, faults } = event;
      const refused = known.refused.map((one) =>
        one.id === id ? { ...one, version, faults, lastAt: at, times: one.times + 1 } : one,
      );
      return { ...known, refused };
    }
    case 'PublicationRepublished':
    case 'PublicationDismissed':
      return { ...known, refused: known.refused.filter(({ id }) => id !== event.id) };
  }
}
