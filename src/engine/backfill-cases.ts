// What the engine offers about backfills.

import { type BackfillPlan, type BackfillState, type BackfillStatus, type Redo } from '../core/backfill/backfill.ts';
import { type BackfillLine } from '../core/backfill/lines.ts';
import { type LineDifference } from '../core/backfill/plan-lines.ts';
import { type TimeTrigger } from '../core/definition/model.ts';
import { type EntityId } from '../core/ids.ts';
import { type Entry } from '../core/json.ts';
import { type Cursor } from '../core/partition/cursor.ts';
import { type BackfillRow } from '../core/partition/backfill/backfill-row.ts';
import { type Quarantinable } from '../core/quarantine.ts';
import { type Refusal } from '../core/refusal.ts';
import { type Instant } from '../core/time.ts';
import { type Answer, type Caller } from './answer.ts';
import { type Page, type PageRequest } from './page.ts';

/** What runs are wanted for: the times of a schedule between two days or instants, or keys that are given. */
export type WishedLines =
  | {
      readonly kind: 'TICKS';
      /** A day of the schedule's zone, or a time. */
      readonly from: string | Instant;
      readonly to: string | Instant;
      /** By its name within the workflow. Absent, and no schedule: the only time trigger that there is. */
      readonly trigger?: string;
      readonly schedule?: TimeTrigger;
    }
  | { readonly kind: 'KEYS'; readonly keys: readonly (readonly Entry[])[] };

/** A backfill that somebody thinks of. */
export interface BackfillWish {
  readonly workflowId: string;
  /** The active one if not given. */
  readonly version?: number;
  readonly lines: WishedLines;
  readonly params: readonly Entry[];
  readonly redo: Redo;
  readonly order: BackfillPlan['order'];
  readonly concurrency: number;
  readonly stopAfterFailures?: number;
}

/** A backfill with its id. */
export interface BackfillView {
  readonly id: EntityId;
  readonly state: BackfillState & Quarantinable;
  readonly cursor: Cursor;
}

/** How a plan differs from what it would be now. */
export interface MovedPlan {
  /** Of the plan as it would be now: applying with it means to agree to the differences. */
  readonly hash: string;
  readonly version: number;
  readonly differences: readonly LineDifference[];
}

/** What can be done to a backfill that was applied, or is not wanted any more. */
export type BackfillHold = 'PauseBackfill' | 'ResumeBackfill' | 'CancelBackfill' | 'RetryBackfill';

/** Which backfills to list. */
export interface BackfillsFilter {
  readonly workflowId?: string;
  readonly status?: readonly BackfillStatus[];
}

/** The use cases of backfills. */
export interface BackfillCases {
  /** Works out and keeps what a backfill would do; starts nothing. */
  planBackfill(wish: BackfillWish, caller: Caller): Promise<Answer<BackfillView>>;
  /** Starts what a plan says, if that is still what it would say now; or answers how it differs. */
  applyBackfill(
    input: { readonly backfill: EntityId; readonly hash: string },
    caller: Caller,
  ): Promise<
    | Extract<Answer<BackfillView>, { readonly ok: true }>
    | { readonly ok: false; readonly refusals: readonly Refusal[]; readonly moved?: MovedPlan }
  >;
  holdBackfill(type: BackfillHold, backfill: EntityId, caller: Caller): Promise<Answer<BackfillView>>;
  backfill(id: EntityId): Promise<BackfillView | undefined>;
  /** Lines of a backfill in their order, from one on (counted from 0). */
  backfillLines(
    id: EntityId,
    from: number,
    count: number,
  ): Promise<readonly { readonly index: number; readonly line: BackfillLine }[]>;
  backfills(page: PageRequest, filter: BackfillsFilter): Promise<Page<BackfillRow>>;
  countBackfills(filter: BackfillsFilter): Promise<number>;
}
