// The record of up to a thousand iterations of a loop: how each ended and what its steps gave. So a loop of a hundred thousand
// iterations has a small state, and what its iterations gave can be read a thousand at a time.

import { type Entry } from '../json.ts';
import { type RunEnd } from './state.ts';

/** How many iterations one record holds. */
export const ITERATIONS_A_RECORD = 1_000;

/** One record. */
export interface IterationsState {
  readonly kind: 'iterations';
  /** The loop's try, see `loopBook`. */
  readonly book: string;
  /** The index of the first. */
  readonly from: number;
  /** By index from `from`; a hole is an iteration that has not ended. */
  readonly entries: readonly (IterationEntry | null)[];
}

/** One iteration that has ended. */
export interface IterationEntry {
  readonly status: RunEnd;
  /** What its steps gave, by the step's index in the loop; steps that gave nothing are left out. */
  readonly outputs?: readonly { readonly step: number; readonly values: readonly Entry[] }[];
  /** What its steps came to, see `writeTally`. */
  readonly leaves?: string;
  /** The book of the try in which it ran, where a later try kept it. */
  readonly keptFrom?: string;
}

/** An event of a record. */
export type IterationsEvent =
  | {
      readonly type: 'IterationRecorded';
      readonly book: string;
      readonly index: number;
      readonly entry: IterationEntry;
    }
  /** The iteration begins again: how it had ended no longer holds. */
  | { readonly type: 'IterationErased'; readonly book: string; readonly index: number }
  /** A later try of the loop keeps what had succeeded. Entries from the first of the record, holes for the others. */
  | {
      readonly type: 'IterationsKept';
      readonly book: string;
      readonly from: number;
      readonly entries: readonly (IterationEntry | null)[];
    };

/** The state after an event; `undefined` before the first. */
export function evolveIterations(state: IterationsState | undefined, event: IterationsEvent): IterationsState {
  if (event.type === 'IterationsKept') {
    return { kind: 'iterations', book: event.book, from: event.from, entries: event.entries };
  }
  const from = chunkOf(event.index) * ITERATIONS_A_RECORD;
  const before = state?.entries ?? [];
  const place = event.index - from;
  const entry = event.type === 'IterationErased' ? null : event.entry;
  const padded = place < before.length ? before : [...before, ...Array<null>(place + 1 - before.length).fill(null)];
  return { kind: 'iterations', book: event.book, from, entries: padded.with(place, entry) };
}

/** The record that holds an iteration. */
export function chunkOf(index: number): number {
  return Math.floor(index / ITERATIONS_A_RECORD);
}

/** How many records there are for so many iterations. */
export function chunksOf(total: number): number {
  return Math.ceil(total / ITERATIONS_A_RECORD);
}
