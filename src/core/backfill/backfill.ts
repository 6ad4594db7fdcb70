// A backfill: a plan with one line for each run that is wanted, and how far its runs are once it was applied. The lines
// themselves are records of a thousand each (lines.ts). A book for each workflow numbers its backfills, one of which goes on.

import { type TimeTrigger } from '../definition/model.ts';
import { type EntityId } from '../ids.ts';
import { type Entry } from '../json.ts';
import { type Instant, type Milliseconds } from '../time.ts';
import { isBad, type LineStatus, type LineVerdict } from './lines.ts';

/** Which lines get a run: those without one, also those whose run failed, or all. */
export type Redo = 'MISSING' | 'FAILED' | 'ALL';

/** Where a backfill is, or how it ended. */
export type BackfillStatus = 'PLANNED' | 'RUNNING' | 'PAUSED' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'EXPIRED';

/** What the lines stand for: times of a schedule, or parameters that were given for each. */
export type BackfillSource =
  | {
      readonly kind: 'TICKS';
      /** The trigger whose times they are. Absent: a schedule that was given with the plan. */
      readonly trigger?: string;
      readonly schedule: TimeTrigger;
      readonly from: Instant;
      readonly to: Instant;
    }
  | { readonly kind: 'KEYS' };

/** What a plan says beside its lines. */
export interface BackfillPlan {
  readonly version: number;
  /** Someone named the version. Absent: it was the active one, and if another is by the time of applying, the plan is out of date. */
  readonly pinned?: true;
  readonly source: BackfillSource;
  /** Of every run. */
  readonly params: readonly Entry[];
  readonly redo: Redo;
  /** The lines stand in this order. */
  readonly order: 'OLDEST_FIRST' | 'NEWEST_FIRST';
  /** How many of its runs wait or go on at once. */
  readonly concurrency: number;
  /** It pauses by itself after so many failures. Absent: it goes on. */
  readonly stopAfterFailures?: number;
  /** How long it may take, going by the last runs that succeeded. Absent: there are none. */
  readonly estimate?: Milliseconds;
  /** Names this plan with everything it saw. */
  readonly hash: string;
  readonly total: number;
  readonly verdicts: Readonly<Record<LineVerdict, number>>;
}

/** How many lines are where, of those that make a run. */
export type LineCounts = Readonly<Record<'WAITING' | LineStatus, number>>;

/** A run of a backfill that waits or goes on. */
export interface GoingRun {
  readonly line: number;
  readonly number: number;
  readonly attempt: number;
}

/** A backfill's state. */
export interface BackfillState {
  readonly kind: 'backfill';
  readonly workflowId: string;
  /** From 1, by workflow. */
  readonly number: number;
  readonly status: BackfillStatus;
  readonly plan: BackfillPlan;
  readonly actor: string;
  readonly createdAt: Instant;
  /** A plan that is not applied by then cannot be any more. */
  readonly expiresAt: Instant;
  readonly appliedAt?: Instant;
  readonly appliedBy?: string;
  readonly endedAt?: Instant;
  /** Who paused or cancelled it. Absent while PAUSED: its failures did. */
  readonly heldBy?: string;
  readonly counts: LineCounts;
  /** The first line that was not looked at in this round. */
  readonly next: number;
  /** Raised by each retry of what failed. */
  readonly round: number;
  /** Since it was applied, resumed or retried. */
  readonly failures: number;
  readonly going: readonly GoingRun[];
}

/** An event of a backfill. `before` is the line's status before, absent if it had not begun. */
export type BackfillEvent =
  | {
      readonly type: 'BackfillPlanned';
      readonly workflowId: string;
      readonly number: number;
      readonly plan: BackfillPlan;
      readonly actor: string;
      readonly expiresAt: Instant;
    }
  | { readonly type: 'BackfillApplied'; readonly actor: string }
  /** Without an actor its failures were too many. */
  | { readonly type: 'BackfillPaused'; readonly actor?: string }
  | { readonly type: 'BackfillResumed'; readonly actor: string }
  | { readonly type: 'BackfillCancelled'; readonly actor: string }
  /** What failed begins again. */
  | { readonly type: 'BackfillRetried'; readonly actor: string }
  /** The lines before `next` need nothing more in this round. */
  | { readonly type: 'BackfillPassed'; readonly next: number }
  | ({ readonly type: 'BackfillLineStarted'; readonly before?: LineStatus } & GoingRun)
  | ({ readonly type: 'BackfillLineEnded'; readonly status: LineStatus } & GoingRun)
  | { readonly type: 'BackfillLineRefused'; readonly line: number; readonly before?: LineStatus }
  | { readonly type: 'BackfillEnded'; readonly status: 'SUCCEEDED' | 'FAILED' }
  | { readonly type: 'BackfillExpired' };

/** The state after an event; `undefined` before the first. */
export function evolveBackfill(state: BackfillState | undefined, event: BackfillEvent, at: Instant): BackfillState {
  if (event.type === 'BackfillPlanned') return planned(state, event, at);
  if (state === undefined) throw new Error(`${event.type} of a backfill that was never planned`);
  switch (event.type) {
    case 'BackfillApplied':
      return { ...state, status: 'RUNNING', appliedAt: at, appliedBy: event.actor };
    case 'BackfillPaused': {
      const { heldBy: _, ...rest } = state;
      return { ...rest, status: 'PAUSED', ...(event.actor === undefined ? {} : { heldBy: event.actor }) };
    }
    case 'BackfillResumed':
      return goingOn(state);
    case 'BackfillRetried':
      return { ...goingOn(state), next: 0, round: state.round + 1 };
    case 'BackfillCancelled':
      return { ...state, status: 'CANCELLED', heldBy: event.actor, endedAt: at };
    case 'BackfillEnded':
      return { ...state, status: event.status, endedAt: at };
    case 'BackfillExpired':
      return { ...state, status: 'EXPIRED', endedAt: at };
    case 'BackfillPassed':
      return { ...state, next: event.next };
    case 'BackfillLineStarted':
    case 'BackfillLineEnded':
    case 'BackfillLineRefused':
      return evolveProgress(state, event);
  }
}

type ProgressEvent = Extract<
  BackfillEvent,
  { readonly type: 'BackfillLineStarted' | 'BackfillLineEnded' | 'BackfillLineRefused' }
>;

function evolveProgress(state: BackfillState, event: ProgressEvent): BackfillState {
  switch (event.type) {
    case 'BackfillLineStarted': {
      const { line, number, attempt, before } = event;
      return {
        ...state,
        counts: moved(state.counts, before ?? 'WAITING', 'RUNNING'),
        next: Math.max(state.next, line + 1),
        going: [...state.going, { line, number, attempt }],
      };
    }
    case 'BackfillLineEnded':
      return {
        ...state,
        counts: moved(state.counts, 'RUNNING', event.status),
        failures: state.failures + (isFailure(event.status) ? 1 : 0),
        going: state.going.filter((run) => run.line !== event.line),
      };
    case 'BackfillLineRefused':
      return {
        ...state,
        counts: moved(state.counts, event.before ?? 'WAITING', 'REFUSED'),
        next: Math.max(state.next, event.line + 1),
        failures: state.failures + 1,
      };
  }
}

function planned(
  state: BackfillState | undefined,
  { workflowId, number, plan, actor, expiresAt }: Extract<BackfillEvent, { readonly type: 'BackfillPlanned' }>,
  at: Instant,
): BackfillState {
  const { NEW, REDO } = plan.verdicts;
  return {
    kind: 'backfill',
    workflowId,
    number,
    status: 'PLANNED',
    plan,
    actor,
    createdAt: state?.createdAt ?? at,
    expiresAt,
    counts: { WAITING: NEW + REDO, RUNNING: 0, SUCCEEDED: 0, FAILED: 0, STOPPED: 0, TIMED_OUT: 0, REFUSED: 0 },
    next: 0,
    round: 0,
    failures: 0,
    going: [],
  };
}

function goingOn(state: BackfillState): BackfillState {
  const { heldBy: _, endedAt: __, ...rest } = state;
  return { ...rest, status: 'RUNNING', failures: 0 };
}

function moved(counts: LineCounts, from: keyof LineCounts, to: keyof LineCounts): LineCounts {
  const less = { ...counts, [from]: counts[from] - 1 };
  return { ...less, [to]: less[to] + 1 };
}

/** A run that a person stopped says nothing against the others. */
function isFailure(status: LineStatus): boolean {
  return isBad(status) && status !== 'STOPPED';
}

/** How many lines did not come to what was wanted. */
export function badLines({ counts }: Pick<BackfillState, 'counts'>): number {
  return counts.FAILED + counts.TIMED_OUT + counts.STOPPED + counts.REFUSED;
}

/** Whether so many failures came together that it pauses. */
export function isOverBudget({ plan, failures }: BackfillState): boolean {
  return plan.stopAfterFailures !== undefined && failures >= plan.stopAfterFailures;
}

/** Whether every line was looked at in this round and no run of it goes on. */
export function isThrough({ next, going, plan }: BackfillState): boolean {
  return next >= plan.total && going.length === 0;
}

/** What can be done with a backfill now. */
export type BackfillAction = 'APPLY' | 'PAUSE' | 'RESUME' | 'CANCEL' | 'RETRY';

/** The actions that its status allows. */
export function backfillActions(state: Pick<BackfillState, 'status' | 'counts'>): readonly BackfillAction[] {
  const retry: readonly BackfillAction[] = badLines(state) > 0 ? ['RETRY'] : [];
  switch (state.status) {
    case 'PLANNED':
      return ['APPLY', 'CANCEL'];
    case 'RUNNING':
      return ['PAUSE', 'CANCEL', ...retry];
    case 'PAUSED':
      return ['RESUME', 'CANCEL', ...retry];
    case 'FAILED':
      return retry;
    case 'SUCCEEDED':
    case 'CANCELLED':
    case 'EXPIRED':
      return [];
  }
}

/** A workflow's book of backfills. */
export interface BackfillBookState {
  readonly kind: 'backfillBook';
  readonly workflowId: string;
  /** The number of the last one. */
  readonly last: number;
  /** The one that was applied and is not over: there is at most one, so that no two start runs for the same key. */
  readonly active?: EntityId;
}

/** An event of a book. */
export type BackfillBookEvent =
  | { readonly type: 'BackfillNumbered'; readonly workflowId: string; readonly number: number }
  | { readonly type: 'BackfillBegun'; readonly backfill: EntityId }
  | { readonly type: 'BackfillOver' };

/** The state after an event; `undefined` before the first. */
export function evolveBackfillBook(state: BackfillBookState | undefined, event: BackfillBookEvent): BackfillBookState {
  if (event.type === 'BackfillNumbered') {
    const active = state?.active;
    return {
      kind: 'backfillBook',
      workflowId: event.workflowId,
      last: event.number,
      ...(active === undefined ? {} : { active }),
    };
  }
  if (state === undefined) throw new Error(`${event.type} in a book that was never opened`);
  const { active: _, ...rest } = state;
  return event.type === 'BackfillBegun' ? { ...rest, active: event.backfill } : rest;
}
