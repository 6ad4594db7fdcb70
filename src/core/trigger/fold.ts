// Folding: when what waits in a bucket starts its one run. Pure: the bucket keeps the answer, so that it survives a take-over.

import { type SignalFold } from '../definition/trigger-model.ts';
import { type Instant } from '../time.ts';
import { type BucketState, type Candidate, mostCandidates, mostWeight, weightOf } from './bucket.ts';

/** What a bucket that folds knows when one more signal comes. */
export interface Folded {
  /** Those that wait already and take part, the oldest first. */
  readonly waiting: readonly Candidate[];
  /** When it last started a run, in the trigger's generation. */
  readonly takenAt?: Instant;
}

/** When the run of those that wait and of one that comes now starts, if no other comes before. */
export function dueAfter(fold: SignalFold, { waiting, takenAt }: Folded, now: Instant): Instant {
  if (fold.kind === 'throttle') return takenAt === undefined ? now : Math.max(now, takenAt + fold.every);
  const first = waiting[0]?.arrivedAt ?? now;
  return Math.min(now + fold.quiet, Math.max(now, first + fold.atMost));
}

/** Whether a bucket is so full that its run starts before its time. */
export function isFull(waiting: readonly Candidate[]): boolean {
  return waiting.length >= mostCandidates || weightIn(waiting) >= mostWeight;
}

/** How many characters signals take in a bucket. */
export function weightIn(waiting: readonly Candidate[]): number {
  return waiting.reduce((sum, { params }) => sum + weightOf(params), 0);
}

/** How long a bucket whose time has come waits to be looked at again while its trigger is paused: the longer, the rarer. */
export function putOffUntil(due: Instant, now: Instant): Instant {
  return now + Math.max(shortestPutOff, Math.min(longestPutOff, now - due));
}

/** When a bucket that folds has to be looked at; undefined if nothing in it takes part. */
export function foldWake({ candidates, due, putOff }: BucketState): Instant | undefined {
  if (due === undefined || candidates.every(({ stuck }) => stuck !== undefined)) return undefined;
  return putOff === undefined ? due : Math.max(due, putOff);
}

const shortestPutOff = 60_000;
const longestPutOff = 600_000;
