// What can be asked about backfills.

import { type BackfillPlan } from '../../backfill/backfill.ts';
import { type PlannedLine } from '../../backfill/lines.ts';
import { type EntityId } from '../../ids.ts';

/** A plan with its lines. */
export interface WholePlan {
  readonly plan: BackfillPlan;
  readonly lines: readonly PlannedLine[];
}

/** A wish about a backfill. */
export type BackfillCommand =
  | { readonly type: 'PlanBackfill'; readonly workflowId: string; readonly whole: WholePlan }
  | {
      readonly type: 'ApplyBackfill';
      readonly workflowId: string;
      readonly backfill: EntityId;
      /** The plan as it was made again just now; it takes the place of the one that was kept. */
      readonly whole: WholePlan;
      /** The number of the workflow's last run when the plan was made again: newer ones are looked at once more. */
      readonly seenRuns: number;
    }
  | {
      readonly type: 'PauseBackfill' | 'ResumeBackfill' | 'CancelBackfill' | 'RetryBackfill';
      readonly workflowId: string;
      readonly backfill: EntityId;
    };
