// A bucket: what waits for one key of a trigger that joins or folds signals. It forgets nothing: what was put in leaves it by
// starting a run, or as expired with a reason. Bounded: beyond the limit nothing more is put in, and the publisher is told.

import { type EntityId } from '../ids.ts';
import { type Entry, type Json } from '../json.ts';
import { type Instant, type Milliseconds } from '../time.ts';

/** A signal that waits. */
export interface Candidate {
  /** Where it came in among those of its bucket: the older, the smaller. */
  readonly arrival: number;
  readonly signal: EntityId;
  readonly name: string;
  readonly sequence: number;
  readonly params: readonly Entry[];
  readonly occurredAt: Instant;
  readonly arrivedAt: Instant;
  /** The slots of the trigger that it may fill, by index. For a sequence: the one that it has filled. */
  readonly slots: readonly number[];
  /** For a sequence: the arrival of the signal that began it. */
  readonly row?: number;
  /** It would have been part of a run that was refused: it is left out until the trigger begins a new round. */
  readonly stuck?: Stuck;
}

/** A run that was refused. */
export interface Stuck {
  readonly at: Instant;
  readonly message: string;
  /** The trigger's round in which that was. */
  readonly round: number;
}

/** How far apart those may lie that join, and how long late ones are waited for. */
export interface Window {
  readonly within: Milliseconds;
  readonly late: Milliseconds;
}

/** A bucket's state. */
export interface BucketState {
  readonly kind: 'bucket';
  readonly workflowId: string;
  /** The trigger by its name within the workflow. */
  readonly trigger: string;
  /** The values that its signals share, in the order of `joinOn` or `by`. */
  readonly key: readonly Json[];
  /** That of the trigger: a bucket of an earlier one counts as empty, its signals as expired. */
  readonly generation: number;
  /** Oldest first. */
  readonly candidates: readonly Candidate[];
  /** How many have ever come in. */
  readonly arrivals: number;
  /** How many characters the candidates have. */
  readonly weight: number;
  /** Since when something waits in it. */
  readonly since: Instant;
  readonly window?: Window;
  /** Where signals are folded: when what waits starts its run. It means nothing while nothing waits. */
  readonly due?: Instant;
  /** Where signals are folded: when the last run was started on them. */
  readonly takenAt?: Instant;
  /** It was due while its trigger was paused: when that is looked at again. */
  readonly putOff?: Instant;
}

/** An event of a bucket. */
export type BucketEvent =
  | {
      readonly type: 'BucketFilled';
      readonly workflowId: string;
      readonly trigger: string;
      readonly key: readonly Json[];
      readonly generation: number;
      readonly candidate: Omit<Candidate, 'arrival' | 'arrivedAt'>;
      readonly window?: Window;
      /** Where signals are folded: when what waits now starts its run. */
      readonly due?: Instant;
    }
  /** These, by arrival, started a run. */
  | { readonly type: 'BucketTaken'; readonly arrivals: readonly number[]; readonly run: EntityId }
  /** These would have started a run, which was refused. */
  | {
      readonly type: 'BucketStuck';
      readonly arrivals: readonly number[];
      readonly message: string;
      readonly round: number;
    }
  /** It was due and its trigger was paused. */
  | { readonly type: 'BucketPutOff'; readonly until: Instant }
  /** A run on these was not wanted. */
  | { readonly type: 'BucketRejected'; readonly arrivals: readonly number[] }
  /** Nothing can join these any more. `window`: the trigger's, where it has changed. */
  | { readonly type: 'BucketExpired'; readonly arrivals: readonly number[]; readonly window?: Window };

/** How many signals a bucket holds. */
export const mostCandidates = 1_000;

/** How many characters the signals of a bucket may have, all together. */
export const mostWeight = 256_000;

/** The state after an event; `undefined` before the first. */
export function evolveBucket(state: BucketState | undefined, event: BucketEvent, at: Instant): BucketState {
  if (event.type === 'BucketFilled') return filled(state, event, at);
  if (state === undefined) throw new Error(`${event.type} on a bucket that was never filled`);
  switch (event.type) {
    case 'BucketRejected':
      return without(state, event.arrivals);
    case 'BucketTaken': {
      const rest = without(state, event.arrivals);
      return state.due === undefined ? rest : { ...rest, takenAt: at };
    }
    case 'BucketPutOff':
      return { ...state, putOff: event.until };
    case 'BucketStuck': {
      const stuck: Stuck = { at, message: event.message, round: event.round };
      const touched = new Set(event.arrivals);
      const candidates = state.candidates.map((one) => (touched.has(one.arrival) ? { ...one, stuck } : one));
      return { ...state, candidates };
    }
    case 'BucketExpired': {
      const rest = without(state, event.arrivals);
      return event.window === undefined ? rest : { ...rest, window: event.window };
    }
  }
}

/** How many characters a signal takes in a bucket. */
export function weightOf(params: readonly Entry[]): number {
  return JSON.stringify(params).length + 100;
}

/** When a bucket has to be looked at again: its first candidate that nothing can join any more. */
export function bucketWake({ candidates, window }: BucketState): Instant | undefined {
  if (window === undefined || candidates.length === 0) return undefined;
  return candidates.reduce((earliest, one) => Math.min(earliest, expiryOf(one, window)), Number.MAX_SAFE_INTEGER);
}

/** The moment from which on nothing can join a signal that happened then. */
export function expiryOf({ occurredAt }: Pick<Candidate, 'occurredAt'>, { within, late }: Window): Instant {
  return occurredAt + within + late;
}

function filled(
  state: BucketState | undefined,
  event: Extract<BucketEvent, { type: 'BucketFilled' }>,
  at: Instant,
): BucketState {
  const { workflowId, trigger, key, generation, window } = event;
  const known = state?.generation === generation ? state : undefined;
  const arrival = (state?.arrivals ?? 0) + 1;
  const candidate = { ...event.candidate, arrival, arrivedAt: at };
  return {
    kind: 'bucket',
    workflowId,
    trigger,
    key,
    generation,
    candidates: [...(known?.candidates ?? []), candidate],
    arrivals: arrival,
    weight: (known?.weight ?? 0) + weightOf(candidate.params),
    since: known === undefined || known.candidates.length === 0 ? at : known.since,
    ...(window === undefined ? {} : { window }),
    ...timesOf(known, event.due),
  };
}

/** Where signals are folded: when their run is due, and the start that it must not come too soon after. */
function timesOf(known: BucketState | undefined, due: Instant | undefined): Pick<BucketState, 'due' | 'takenAt'> {
  if (due === undefined) return {};
  return known?.takenAt === undefined ? { due } : { due, takenAt: known.takenAt };
}

function without(state: BucketState, arrivals: readonly number[]): BucketState {
  const gone = new Set(arrivals);
  const candidates = state.candidates.filter(({ arrival }) => !gone.has(arrival));
  const weight = candidates.reduce((sum, { params }) => sum + weightOf(params), 0);
  return { ...state, candidates, weight, since: candidates[0]?.arrivedAt ?? state.since };
}
