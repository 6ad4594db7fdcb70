// The receipt of a published signal, the same over GraphQL and REST.

import { type SignalState } from '../../core/signal/signal.ts';
import { type Answer } from '../../engine/answer.ts';
import { type SignalMatch } from '../generated/schema.ts';
import { type Receipt, receiptOf } from './receipt.ts';
import { signalOf, type SignalSource } from './signal.ts';

/** What a publisher is told. */
export interface Publication extends Receipt {
  readonly signal: SignalSource | null;
  /** It had been published before with the same key. */
  readonly duplicate: boolean;
  /** What the triggers made of it within a second. */
  readonly matches: readonly SignalMatch[];
  /** Whether that is all. */
  readonly settled: boolean;
}

/** The receipt for the publication of one signal. */
export function publicationOf(answer: Answer<readonly SignalState[]>): Publication {
  const receipt = receiptOf(answer);
  const state = answer.ok ? answer.value[0] : undefined;
  if (state === undefined) return { ...receipt, signal: null, duplicate: false, matches: [], settled: false };
  const signal = signalOf(state);
  return { ...receipt, signal, duplicate: receipt.replayed, matches: signal.matches, settled: signal.settled };
}
