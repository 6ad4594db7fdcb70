// One action on many runs: what it would touch, and what came of it.

import { type RunRow } from '../core/partition/summary.ts';
import { type RestartPoint } from '../core/run/restart-from.ts';
import { type RunStatus } from '../core/run/state.ts';
import { type EntityId } from '../core/ids.ts';
import { type RunsFilter } from './filters.ts';

/** What can be done to many runs at once. `UNBLOCK` is for the workflows of the runs. */
export type BulkAction = 'STOP' | 'KILL' | 'PAUSE' | 'RESUME' | 'RESTART' | 'UNBLOCK';

/** What is to be done to which runs. */
export interface BulkWish {
  readonly action: BulkAction;
  readonly filter: RunsFilter;
  /** For `RESTART`; absent: from the beginning. */
  readonly from?: Extract<RestartPoint, { readonly kind: 'INCOMPLETE' }>;
}

/** What an action on many runs would come to; nothing has been done. */
export interface BulkPreview {
  /** Names exactly these runs and this action. */
  readonly token: string;
  readonly action: BulkAction;
  /** How many runs match; counting stops at 10,000. */
  readonly matching: number;
  /** How many runs, or workflows, the token names: the newest. */
  readonly covered: number;
  readonly byStatus: readonly { readonly status: RunStatus; readonly count: number }[];
  /** Some of the runs, the newest first. */
  readonly sample: readonly { readonly id: EntityId; readonly row: RunRow }[];
  /** How many will be refused as they stand now, and why. */
  readonly refusals: readonly { readonly status: RunStatus; readonly count: number; readonly text: string }[];
}

/** What came of the action on one run, or on one workflow. */
export interface BulkResult {
  /** The run, or the workflow. */
  readonly id: EntityId;
  readonly ok: boolean;
  /** Why not. */
  readonly message?: string;
  readonly hint?: string;
}

/** What came of an action on many runs. */
export interface BulkOutcome {
  readonly action: BulkAction;
  readonly results: readonly BulkResult[];
  /** Runs of the preview that did not match any more, and were left alone. */
  readonly gone: readonly EntityId[];
  /** Runs that match only since the preview: they were left alone. */
  readonly joined: number;
}
