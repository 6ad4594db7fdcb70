// A workflow's queue: hands out run numbers and admits runs as the strategy allows.
// Bounded: what waits is kept as ranges of numbers, so a million queued runs are one row.

import { type Instant } from '../time.ts';

/** A run in the queue. */
export interface QueuedRun {
  readonly number: number;
  readonly attempt: number;
  /** It is of a backfill: it starts only when no other run wants its place. Kept for those that go on. */
  readonly behind?: true;
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
  /** What else the strategy of the active version says. Absent: nothing, runs wait in order. */
  readonly strategy?: QueueStrategy;
  /** Failed runs that hold the others up, under `strict-sequential`. Absent: none. */
  readonly blockedBy?: readonly number[];
  readonly running: readonly QueuedRun[];
  /** In the order in which they will start. */
  readonly waiting: readonly WaitingRange[];
  /** Runs of a backfill, which wait behind all others, in the order in which they came. Absent: there were never any. */
  readonly behind?: readonly WaitingRange[];
  /** Newest attempt of the runs that were restarted; all others have 1. */
  readonly restarted: readonly QueuedRun[];
}

/** The strategies that are more than a number of runs at once. */
export type QueueStrategy = 'strict-sequential' | 'first-only' | 'last-only' | 'latest-only';

/** An event of a queue. */
export type QueueEvent =
  | {
      readonly type: 'QueueLimited';
      readonly workflowId: string;
      readonly limit: number;
      readonly strategy?: QueueStrategy;
    }
  | { readonly type: 'RunQueued'; readonly number: number; readonly attempt: number; readonly behind?: true }
  | { readonly type: 'RunAdmitted'; readonly number: number; readonly attempt: number }
  /** The run ended, or was stopped while it waited. */
  | { readonly type: 'RunLeft'; readonly number: number; readonly attempt: number; readonly failed?: true }
  /** Failed runs no longer hold the others up. */
  | { readonly type: 'QueueUnblocked'; readonly actor: string };

/** The state after an event; `undefined` before the first. */
export function evolveQueue(state: QueueState | undefined, event: QueueEvent, at: Instant): QueueState {
  if (event.type === 'QueueLimited') return limited(state ?? emptyQueue(event.workflowId), event);
  if (state === undefined) throw new Error(`${event.type} in a queue that is not there (at ${String(at)})`);
  if (event.type === 'QueueUnblocked') return { ...state, blockedBy: [] };
  const run = { number: event.number, attempt: event.attempt };
  switch (event.type) {
    case 'RunQueued':
      return {
        ...state,
        last: Math.max(state.last, run.number),
        ...joined(state, run, event.behind),
        restarted: run.attempt === 1 ? state.restarted : [...without(state.restarted, run.number), run],
        ...unblockedBy(state, run.number),
      };
    case 'RunAdmitted':
      return { ...state, ...withoutWaiting(state, run), running: [...state.running, asAdmitted(state, run)] };
    case 'RunLeft':
      return {
        ...state,
        ...withoutWaiting(state, run),
        running: state.running.filter((other) => !isSame(other, run)),
        ...(event.failed === true && state.strategy === 'strict-sequential' && !isOfBackfill(state, run)
          ? { blockedBy: [...(state.blockedBy ?? []), run.number] }
          : {}),
      };
  }
}

/** Failed runs hold the others up only as long as the strategy says so. */
function limited(
  { strategy: _, blockedBy, ...before }: QueueState,
  { limit, strategy }: Extract<QueueEvent, { readonly type: 'QueueLimited' }>,
): QueueState {
  return {
    ...before,
    limit,
    ...(strategy === undefined ? {} : { strategy }),
    ...(strategy !== 'strict-sequential' || blockedBy === undefined ? {} : { blockedBy }),
  };
}

function emptyQueue(workflowId: string): QueueState {
  return { kind: 'queue', workflowId, last: 0, limit: 0, running: [], waiting: [], restarted: [] };
}

/** Whether of those that wait only the one that came last will start. */
export function isNewestFirst(strategy: QueueStrategy | undefined): boolean {
  return strategy === 'last-only' || strategy === 'latest-only';
}

/** The run that came last of those that wait. */
export function newestWaiting({ waiting }: QueueState): QueuedRun | undefined {
  const last = waiting.at(-1);
  return last === undefined ? undefined : { number: last.to, attempt: last.attempt };
}

/** Those that will not start because a newer one waits: at most so many of them, the longest waiting first. */
export function overtaken(state: QueueState, most: number): readonly QueuedRun[] {
  if (!isNewestFirst(state.strategy)) return [];
  const runs: QueuedRun[] = [];
  for (const { from, to, attempt } of state.waiting) {
    for (let number = from; number <= to && runs.length <= most; number++) runs.push({ number, attempt });
  }
  return runs.length <= most ? runs.slice(0, -1) : runs.slice(0, most);
}

/** The runs that may start now, in order. */
export function admissible(state: QueueState): readonly QueuedRun[] {
  if ((state.blockedBy ?? []).length > 0) return [];
  let room = state.limit - state.running.length;
  const newest = newestWaiting(state);
  if (isNewestFirst(state.strategy) && newest !== undefined) return room > 0 ? [newest] : [];
  const admitted: QueuedRun[] = [];
  for (const range of inOrder(state)) {
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
  for (const range of inOrder(state)) {
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

/** Whether a run waits behind all that are of no backfill. */
export function waitsBehind({ behind = [] }: QueueState, run: QueuedRun): boolean {
  return behind.some((range) => contains(range, run));
}

function inOrder({ waiting, behind = [] }: QueueState): readonly WaitingRange[] {
  return behind.length === 0 ? waiting : [...waiting, ...behind];
}

function joined(
  { strategy, waiting, behind }: QueueState,
  run: QueuedRun,
  isBehind: true | undefined,
): Pick<QueueState, 'behind'> & Partial<Pick<QueueState, 'waiting'>> {
  if (isBehind === true) return { behind: append(behind ?? [], run) };
  return { waiting: isNewestFirst(strategy) ? append(waiting, run) : enqueue(waiting, run) };
}

function withoutWaiting({ waiting, behind }: QueueState, run: QueuedRun): Pick<QueueState, 'waiting' | 'behind'> {
  return { waiting: remove(waiting, run), ...(behind === undefined ? {} : { behind: remove(behind, run) }) };
}

/** A failed run of a backfill holds nobody up. */
function isOfBackfill({ running }: QueueState, run: QueuedRun): boolean {
  return running.some((one) => isSame(one, run) && one.behind === true);
}

function asAdmitted(state: QueueState, run: QueuedRun): QueuedRun {
  return waitsBehind(state, run) ? { ...run, behind: true } : run;
}

/** By number, so that a run that is started again comes before those that were asked for after it. */
function enqueue(waiting: readonly WaitingRange[], run: QueuedRun): readonly WaitingRange[] {
  const place = waiting.findIndex(({ from }) => from > run.number);
  if (place === -1) return append(waiting, run);
  return [...waiting.slice(0, place), rangeOf(run), ...waiting.slice(place)];
}

function append(waiting: readonly WaitingRange[], run: QueuedRun): readonly WaitingRange[] {
  const end = waiting.at(-1);
  if (end?.attempt === run.attempt && end.to + 1 === run.number) {
    return [...waiting.slice(0, -1), { ...end, to: run.number }];
  }
  return [...waiting, rangeOf(run)];
}

function rangeOf({ number, attempt }: QueuedRun): WaitingRange {
  return { from: number, to: number, attempt };
}

/** A failed run that is started again holds nobody up. */
function unblockedBy({ blockedBy }: QueueState, number: number): Pick<QueueState, 'blockedBy'> {
  return blockedBy === undefined ? {} : { blockedBy: blockedBy.filter((other) => other !== number) };
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
