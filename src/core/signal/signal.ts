// A signal: a named fact with parameters, published once and kept. And its name: who listens, and how many there were.

import { type Clause } from '../definition/model.ts';
import { type EntityId } from '../ids.ts';
import { type Entry, type Json } from '../json.ts';
import { type Instant } from '../time.ts';

/** A signal name's state: it numbers its signals and knows which partitions listen. */
export interface SignalTypeState {
  readonly kind: 'signalType';
  readonly name: string;
  /** The number of the last signal of this name; 0 before the first. */
  readonly sequence: number;
  /** Partitions with triggers that listen. */
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
}

/** What one trigger made of one signal. */
export type TriggerVerdict =
  | { readonly trigger: EntityId; readonly verdict: 'STARTED'; readonly run: EntityId }
  /** The clause that decided, and the value that it met. */
  | { readonly trigger: EntityId; readonly verdict: 'UNMET'; readonly clause: Clause; readonly actual: Json }
  | { readonly trigger: EntityId; readonly verdict: 'PAUSED' }
  /** It matched, but the run could not be made: a parameter did not fit. */
  | { readonly trigger: EntityId; readonly verdict: 'REFUSED'; readonly message: string };

/** An event of a signal name. */
export type SignalTypeEvent =
  | { readonly type: 'SignalNumbered'; readonly name: string; readonly sequence: number }
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
      readonly type: 'VerdictsReceived';
      readonly partition: number;
      readonly verdicts: readonly TriggerVerdict[];
      readonly more: number;
    };

/** How many verdicts of a signal are kept one by one. */
export const keptVerdicts = 100;

/** The state after an event; `undefined` before the first. */
export function evolveSignalType(state: SignalTypeState | undefined, event: SignalTypeEvent): SignalTypeState {
  const known = state ?? { kind: 'signalType', name: event.name, sequence: 0, interest: [] };
  switch (event.type) {
    case 'SignalNumbered':
      return { ...known, sequence: event.sequence };
    case 'InterestAdded':
      return { ...known, interest: [...known.interest, event.partition].sort((a, b) => a - b) };
    case 'InterestEnded':
      return { ...known, interest: known.interest.filter((partition) => partition !== event.partition) };
  }
}

/** The state after an event; `undefined` before the first. */
export function evolveSignal(state: SignalState | undefined, event: SignalEvent, at: Instant): SignalState {
  if (event.type === 'SignalPublished') {
    const { type: _, ...fact } = event;
    return { kind: 'signal', ...fact, publishedAt: at, verdicts: [], more: 0 };
  }
  if (state === undefined) throw new Error('verdicts on a signal that was never published');
  const verdicts = [...state.verdicts, ...event.verdicts];
  return {
    ...state,
    awaited: state.awaited.filter((partition) => partition !== event.partition),
    verdicts: verdicts.slice(0, keptVerdicts),
    more: state.more + event.more + Math.max(0, verdicts.length - keptVerdicts),
  };
}
