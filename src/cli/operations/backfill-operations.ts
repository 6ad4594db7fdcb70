// The GraphQL documents about backfills that the command line sends, with the shapes of their answers.

import { type Operation, type Payload } from './operations.ts';

/** A backfill as the command line shows it. */
export interface BackfillView {
  readonly id: string;
  readonly workflowId: string;
  readonly version: number;
  readonly status: string;
  readonly hash: string;
  readonly text: string;
  readonly redo: string;
  readonly concurrency: number;
  readonly stopAfterFailures: number | null;
  readonly estimatedMs: number | null;
  readonly total: number;
  readonly verdicts: readonly { readonly verdict: string; readonly count: number }[];
  readonly counts: readonly { readonly status: string; readonly count: number }[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly url: string;
}

/** One line of a backfill. */
export interface BackfillLineView {
  readonly index: number;
  readonly scheduledFor: string | null;
  readonly params: Readonly<Record<string, unknown>> | null;
  readonly verdict: string;
  readonly text: string;
  readonly status: string | null;
  readonly runId: string | null;
}

/** A line that would come to something else now. */
export interface BackfillDifferenceView {
  readonly scheduledFor: string | null;
  readonly params: Readonly<Record<string, unknown>> | null;
  readonly text: string;
}

/** What a wish about a backfill came to. */
export interface BackfillAnswer extends Payload {
  readonly backfill: BackfillView | null;
}

/** What applying came to. */
export interface ApplyBackfillAnswer extends BackfillAnswer {
  readonly differences: readonly BackfillDifferenceView[];
  readonly newHash: string | null;
  readonly newVersion: number | null;
}

/** A change of a backfill. */
export interface BackfillChangeView {
  readonly cursor: string;
  readonly kind: string;
  readonly backfill: BackfillView | null;
}

type WithInput = Readonly<{ input: Readonly<Record<string, unknown>> }>;

const ERROR = 'fragment ErrorFields on UserError { code message path hint docs }';
const BACKFILL =
  'fragment BackfillFields on Backfill { id workflowId version status hash text redo concurrency stopAfterFailures estimatedMs total verdicts { verdict count } counts { status count } createdAt expiresAt url }';
const LINES = 'lines(first: $first) { nodes { index scheduledFor params verdict text status runId } }';

/** Plans. */
export const PLAN_BACKFILL: Operation<{ readonly planBackfill: BackfillAnswer }, WithInput> = {
  text: `mutation PlanBackfill($input: PlanBackfillInput!) { planBackfill(input: $input) { backfill { ...BackfillFields } errors { ...ErrorFields } } } ${BACKFILL} ${ERROR}`,
};

/** Applies. */
export const APPLY_BACKFILL: Operation<{ readonly applyBackfill: ApplyBackfillAnswer }, WithInput> = {
  text: `mutation ApplyBackfill($input: ApplyBackfillInput!) { applyBackfill(input: $input) { backfill { ...BackfillFields } differences { scheduledFor params text } newHash newVersion errors { ...ErrorFields } } } ${BACKFILL} ${ERROR}`,
};

function holding<Name extends string>(name: Name): Operation<Readonly<Record<Name, BackfillAnswer>>, WithInput> {
  return {
    text: `mutation Hold($input: HoldBackfillInput!) { ${name}(input: $input) { backfill { ...BackfillFields } errors { ...ErrorFields } } } ${BACKFILL} ${ERROR}`,
  };
}

/** Pauses. */
export const PAUSE_BACKFILL = holding('pauseBackfill');
/** Resumes. */
export const RESUME_BACKFILL = holding('resumeBackfill');
/** Cancels. */
export const CANCEL_BACKFILL = holding('cancelBackfill');
/** Retries what failed. */
export const RETRY_BACKFILL = holding('retryBackfill');

/** One backfill with its first lines. */
export const BACKFILL_BY_ID: Operation<
  {
    readonly backfill: (BackfillView & { readonly lines: { readonly nodes: readonly BackfillLineView[] } }) | null;
  },
  { readonly id: string; readonly first: number }
> = {
  text: `query Backfill($id: ID!, $first: Int!) { backfill(id: $id) { ...BackfillFields ${LINES} } } ${BACKFILL}`,
};

/** The newest backfills. */
export const BACKFILLS: Operation<
  { readonly backfills: { readonly nodes: readonly BackfillView[] } },
  { readonly first: number; readonly filter: { readonly workflowId?: string } }
> = {
  text: `query Backfills($first: Int, $filter: BackfillFilter) { backfills(first: $first, filter: $filter) { nodes { ...BackfillFields } } } ${BACKFILL}`,
};

/** A backfill live. */
export const BACKFILL_CHANGES: Operation<
  { readonly backfillChanges: BackfillChangeView },
  { readonly backfillId: string; readonly after?: string }
> = {
  text: `subscription BackfillChanges($backfillId: ID!, $after: ChangeCursor) { backfillChanges(backfillId: $backfillId, after: $after) { cursor kind backfill { ...BackfillFields } } } ${BACKFILL}`,
};
