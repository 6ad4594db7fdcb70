// A workflow's queue: hands out run numbers and admits runs as the strategy allows.
// Bounded: what waits is kept as ranges of numbers, so a million queued runs are one row.

import { type Instant } from '../time.ts';

/** A run in the queue. */
export interface QueuedRun {
  readonly number: number;
  readonly attempt: number;
}

/** Neighbouring runs that wait, all of the same attempt. */
export interface WaitingRange {
  readonly from: number;
  readonly to: number;
  readonly attempt: number;
}

/** A queue's state. */
export interface QueueState {
  readonly kind: 'queue';
  readonly workflowId: string;
  /** The number of the last run; 0 before the first. */
  readonly last: number;
  /** How many runs may go on at once, from the active version. */
  readonly limit: number;
  readonly running: readonly QueuedRun[];
  /** First in, first out. */
  readonly waiting: readonly WaitingRange[];
  /** Newest attempt of the runs that were restarted; all others have 1. */
  readonly restarted: readonly QueuedRun[];
}

/** An event of a queue. */
export type QueueEvent =
  | { readonly type: 'QueueLimited'; readonly workflowId: string; readonly limit: number }
  | { readonly type: 'RunQueued'; readonly number: number; readonly attempt: number }
  | { readonly type: 'RunAdmitted'; readonly number: number; readonly attempt: number }
  /** The run ended, or was stopped while it waited. */
  | { readonly type: 'RunLeft'; readonly number: number; readonly attempt: number };

/** The state after an event; `undefined` before the first. */
export function evolveQueue(state: QueueState | undefined, event: QueueEvent, at: Instant): QueueState {
  if (event.type === 'QueueLimited') {
    return state === undefined
      ? {
          kind: 'queue',
          workflowId: event.workflowId,
          last: 0,
          limit: event.limit,
          running: [],
          waiting: [],
          restarted: [],
        }
      : { ...state, limit: event.limit };
  }
  if (state === undefined) throw new Error(`${event.type} in a queue that is not there (at ${String(at)})`);
  const run = { number: event.number, attempt: event.attempt };
  switch (event.type) {
    case 'RunQueued':
      return {
        ...state,
        last: Math.max(state.last, run.number),
        waiting: enqueue(state.waiting, run),
        restarted: run.attempt === 1 ? state.restarted : [...without(state.restarted, run.number), run],
      };
    case 'RunAdmitted':
      return { ...state, waiting: remove(state.waiting, run), running: [...state.running, run] };
    case 'RunLeft':
      return {
        ...state,
        waiting: remove(state.waiting, run),
        running: state.running.filter((other) => !isSame(other, run)),
      };
  }
}

/** The runs that may start now, in order. */
export function admissible(state: QueueState): readonly QueuedRun[] {
  let room = state.limit - state.running.length;
  const admitted: QueuedRun[] = [];
  for (const range of state.waiting) {
    for (let number = range.from; number <= range.to && room > 0; number++, room--) {
      admitted.push({ number, attempt: range.attempt });
    }
    if (room <= 0) break;
  }
  return admitted;
}

/** How many runs wait before this one; undefined if it does not wait. */
export function positionOf(state: QueueState, run: QueuedRun): number | undefined {
  let before = 0;
  for (const range of state.waiting) {
    if (contains(range, run)) return before + (run.number - range.from);
    before += range.to - range.from + 1;
  }
  return undefined;
}

/** The newest attempt of a run; undefined if there was never one of that number. */
export function newestAttempt(state: QueueState, number: number): number | undefined {
  if (number > state.last) return undefined;
  return state.restarted.find((run) => run.number === number)?.attempt ?? 1;
}

function enqueue(waiting: readonly WaitingRange[], run: QueuedRun): readonly WaitingRange[] {
  const end = waiting.at(-1);
  if (end?.attempt === run.attempt && end.to + 1 === run.number) {
    return [...waiting.slice(0, -1), { ...end, to: run.number }];
  }
  return [...waiting, { from: run.number, to: run.number, attempt: run.attempt }];
}

function remove(waiting: readonly WaitingRange[], run: QueuedRun): readonly WaitingRange[] {
  const place = waiting.findIndex((range) => contains(range, run));
  const range = waiting[place];
  if (range === undefined) return waiting;
  const parts = [
    { ...range, to: run.number - 1 },
    { ...range, from: run.number + 1 },
  ].filter((part) => part.from <= part.to);
  return [...waiting.slice(0, place), ...parts, ...waiting.slice(place + 1)];
}

function contains(range: WaitingRange, run: QueuedRun): boolean {
  return range.attempt === run.attempt && range.from <= run.number && run.number <= range.to;
}

function isSame(one: QueuedRun, other: QueuedRun): boolean {
  return one.number === other.number && one.attempt === other.attempt;
}

function without(runs: readonly QueuedRun[], number: number): readonly QueuedRun[] {
  return runs.filter((run) => run.number !== number);
}
