// A backfill in a list: all of it but its lines, which are kept apart.

import { type BackfillState, type BackfillStatus } from '../../backfill/backfill.ts';
import { type Instant } from '../../time.ts';

/** A backfill in a list. */
export interface BackfillRow {
  readonly collection: 'backfills';
  readonly at: Instant;
  readonly workflowId: string;
  readonly status: BackfillStatus;
  /** The whole backfill. */
  readonly backfill: BackfillState;
}

/** The row of a backfill. */
export function backfillRow(state: BackfillState): BackfillRow {
  return {
    collection: 'backfills',
    at: state.createdAt,
    workflowId: state.workflowId,
    status: state.status,
    backfill: state,
  };
}
