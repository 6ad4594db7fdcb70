// A signal: a named fact with parameters, published once and kept. And its name: who listens, and how many there were.

import { type Clause } from '../definition/model.ts';
import { type EntityId } from '../ids.ts';
import { type Entry, type Json } from '../json.ts';
import { type Instant, type Milliseconds } from '../time.ts';
import { type ContractApplied, type Promised, withContract, withPublisher } from './contract.ts';
import { type Shelf } from './shelf.ts';

/** A signal name's state: it numbers its signals and knows which partitions listen. */
export interface SignalTypeState extends Promised {
  readonly kind: 'signalType';
  readonly name: string;
  /** The number of the last signal of this name; 0 before the first. */
  readonly sequence: number;
  /** Its newest signals that are not on a full record yet; absent where none was published since these are kept. */
  readonly recent?: Shelf;
  /** How many full records there are. Absent: none. */
  readonly shelves?: number;
  /** The number of the first signal that the records know of. */
  readonly shelvedFrom?: number;
  /** Partitions with triggers or waiting steps that listen. */
  readonly interest: readonly number[];
}

/** One published signal. */
export interface SignalState {
  readonly kind: 'signal';
  readonly id: EntityId;
  readonly name: string;
  /** From 1, without gaps, in the order of publishing. */
  readonly sequence: number;
  readonly params: readonly Entry[];
  readonly payload?: Json;
  /** When the fact happened, as its publisher says. */
  readonly occurredAt: Instant;
  readonly publishedAt: Instant;
  /** Who or what published it. */
  readonly publishedBy: string;
  /** Partitions that have not yet said what they made of it. */
  readonly awaited: readonly number[];
  readonly verdicts: readonly TriggerVerdict[];
  /** Verdicts beyond the first 100, which are not kept one by one. */
  readonly more: number;
  /** The first hundred steps whose wait it ended, and how many there were. Absent: none. */
  readonly taken?: { readonly steps: readonly string[]; readonly count: number };
}

/** What one trigger made of one signal. */
export type TriggerVerdict =
  | { readonly trigger: EntityId; readonly verdict: 'STARTED'; readonly run: EntityId }
  /** The clause that decided, and the value that it met. */
  | { readonly trigger: EntityId; readonly verdict: 'UNMET'; readonly clause: Clause; readonly actual: Json }
  | { readonly trigger: EntityId; readonly verdict: 'PAUSED' }
  /** The trigger waits for it not to come, and counts anew; `lateBy`: it had been missed, so long. */
  | { readonly trigger: EntityId; readonly verdict: 'HEARD'; readonly lateBy?: Milliseconds }
  /** It waits for other signals to join it, or for the run that it is folded into. */
  | {
      readonly trigger: EntityId;
      readonly verdict: 'PENDING';
      readonly missing: readonly MissingSignal[];
      readonly fold?: FoldedUntil;
    }
  /** It met every demand and was not taken all the same. */
  | { readonly trigger: EntityId; readonly verdict: 'REJECTED'; readonly message: string }
  /** It matched, but the run could not be made: a parameter did not fit. */
  | { readonly trigger: EntityId; readonly verdict: 'REFUSED'; readonly message: string };

/** When the run of a folded signal starts, and with how many that came before it. */
export interface FoldedUntil {
  readonly until: Instant;
  readonly others: number;
  /** How long no other must come for that; it becomes later with each. Absent: it is that time, whatever comes. */
  readonly quiet?: Milliseconds;
}

/** A signal that a join still lacks, and what it must bring. */
export interface MissingSignal {
  readonly name: string;
  /** The parameters on which it joins, with the values that they must have. */
  readonly on: readonly Entry[];
}

/** An event of a signal name. */
export type SignalTypeEvent =
  /** `signal` is its ULID, `by` who published it; absent in logs from before the past of a name was kept. */
  | {
      readonly type: 'SignalNumbered';
      readonly name: string;
      readonly sequence: number;
      readonly signal?: string;
      readonly by?: string;
    }
  | ContractApplied
  /** The newest signals went to a record of their own. */
  | { readonly type: 'ShelfFilled'; readonly name: string }
  | { readonly type: 'InterestAdded'; readonly name: string; readonly partition: number }
  | { readonly type: 'InterestEnded'; readonly name: string; readonly partition: number };

/** An event of one signal. */
export type SignalEvent =
  | {
      readonly type: 'SignalPublished';
      readonly id: EntityId;
      readonly name: string;
      readonly sequence: number;
      readonly params: readonly Entry[];
      readonly payload?: Json;
      readonly occurredAt: Instant;
      readonly publishedBy: string;
      readonly awaited: readonly number[];
    }
  | {
      /** Steps that waited for it have taken it: `step:penguins/12.1/weather`. */
      readonly type: 'SignalTaken';
      readonly steps: readonly string[];
    }
  | {
      readonly type: 'VerdictsReceived';
      readonly partition: number;
      readonly verdicts: readonly TriggerVerdict[];
      readonly more: number;
    };

/** How many verdicts of a signal are kept one by one. */
export const keptVerdicts = 100;

/** The state after an event; `undefined` before the first. */
export function evolveSignalType(
  state: SignalTypeState | undefined,
  event: SignalTypeEvent,
  at: Instant,
): SignalTypeState {
  const known = state ?? { kind: 'signalType', name: event.name, sequence: 0, interest: [] };
  switch (event.type) {
    case 'SignalNumbered':
      return {
        ...known,
        sequence: event.sequence,
        ...shelved(known, event, at),
        ...withPublisher(known, event.by, at),
      };
    case 'ContractApplied':
      return withContract(known, event, at);
    case 'ShelfFilled': {
      const { recent: _, ...rest } = known;
      return { ...rest, shelves: (known.shelves ?? 0) + 1 };
    }
    case 'InterestAdded':
      return { ...known, interest: [...known.interest, event.partition].sort((a, b) => a - b) };
    case 'InterestEnded':
      return { ...known, interest: known.interest.filter((partition) => partition !== event.partition) };
  }
}

function shelved(
  { recent, shelvedFrom }: SignalTypeState,
  { signal, sequence }: Extract<SignalTypeEvent, { type: 'SignalNumbered' }>,
  at: Instant,
): Pick<SignalTypeState, 'recent' | 'shelvedFrom'> {
  if (signal === undefined) return {};
  return {
    recent: { from: recent?.from ?? sequence, signals: [...(recent?.signals ?? []), { id: signal, at }] },
    shelvedFrom: shelvedFrom ?? sequence,
  };
}

/** The state after an event; `undefined` before the first. */
export function evolveSignal(state: SignalState | undefined, event: SignalEvent, at: Instant): SignalState {
  if (event.type === 'SignalPublished') {
    const { type: _, ...fact } = event;
    return { kind: 'signal', ...fact, publishedAt: at, verdicts: [], more: 0 };
  }
  if (state === undefined) throw new Error('verdicts on a signal that was never published');
  if (event.type === 'SignalTaken') {
    const { steps = [], count = 0 } = state.taken ?? {};
    const taken = { steps: [...steps, ...event.steps].slice(0, keptVerdicts), count: count + event.steps.length };
    return { ...state, taken };
  }
  const verdicts = [...state.verdicts, ...event.verdicts];
  return {
    ...state,
    awaited: state.awaited.filter((partition) => partition !== event.partition),
    verdicts: verdicts.slice(0, keptVerdicts),
    more: state.more + event.more + Math.max(0, verdicts.length - keptVerdicts),
  };
}
