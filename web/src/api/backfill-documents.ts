// Every GraphQL document about backfills that the page sends. A test holds them against schema.graphql.

import { type Operation } from './operation.ts';
import { type UserError } from './shapes.ts';

/** A backfill in a list. */
export interface BackfillLine {
  readonly id: string;
  readonly number: number;
  readonly workflowId: string;
  readonly version: number;
  readonly status: string;
  readonly text: string;
  readonly total: number;
  readonly verdicts: readonly { readonly verdict: string; readonly count: number }[];
  readonly counts: readonly { readonly status: string; readonly count: number }[];
  readonly actor: string;
  readonly createdAt: string;
  readonly url: string;
}

/** A backfill on its own page. */
export interface BackfillState extends BackfillLine {
  readonly hash: string;
  readonly redo: string;
  readonly concurrency: number;
  readonly stopAfterFailures: number | null;
  readonly expiresAt: string;
  readonly appliedAt: string | null;
  readonly endedAt: string | null;
  readonly allowedActions: readonly string[];
  readonly explanation: { readonly summary: string } | null;
}

/** One line of a backfill. */
export interface BackfillEntry {
  readonly index: number;
  readonly scheduledFor: string | null;
  readonly params: Readonly<Record<string, unknown>> | null;
  readonly verdict: string;
  readonly text: string;
  readonly status: string | null;
  readonly seenRunId: string | null;
  readonly runId: string | null;
  readonly message: string | null;
}

/** A line that would come to something else now. */
export interface BackfillDifference {
  readonly scheduledFor: string | null;
  readonly params: Readonly<Record<string, unknown>> | null;
  readonly text: string;
}

/** A change of a backfill. */
export interface BackfillFrame {
  readonly cursor: string;
  readonly kind: 'SNAPSHOT' | 'COMMIT' | 'HEARTBEAT' | 'LAGGED';
  readonly backfill: BackfillState | null;
}

type Problem = Pick<UserError, 'code' | 'message' | 'hint'>;
interface HoldInput {
  readonly input: { readonly backfillId: string };
}

const LINE =
  'id number workflowId version status text total verdicts { verdict count } counts { status count } actor createdAt url';
const BACKFILL = `${LINE} hash redo concurrency stopAfterFailures expiresAt appliedAt endedAt allowedActions explanation { summary }`;
const ERRORS = 'errors { code message hint }';

/** The backfills of a workflow, the newest first. */
export const BACKFILLS: Operation<
  { readonly backfills: { readonly nodes: readonly BackfillLine[] } },
  { readonly first: number; readonly filter: { readonly workflowId: string } }
> = {
  text: `query Backfills($first: Int!, $filter: BackfillFilter) { backfills(first: $first, filter: $filter) { nodes { ${LINE} } } }`,
};

/** One backfill with a page of its lines. */
export const BACKFILL_PICTURE: Operation<
  {
    readonly backfill:
      | (BackfillState & {
          readonly lines: {
            readonly nodes: readonly BackfillEntry[];
            readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          };
        })
      | null;
  },
  { readonly id: string; readonly after?: string }
> = {
  text: `query BackfillPicture($id: ID!, $after: String) { backfill(id: $id) { ${BACKFILL} lines(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { index scheduledFor params verdict text status seenRunId runId message } } } }`,
};

/** One backfill live. */
export const BACKFILL_CHANGES: { readonly text: string } = {
  text: `subscription BackfillChanges($backfillId: ID!, $after: ChangeCursor) { backfillChanges(backfillId: $backfillId, after: $after) { cursor kind backfill { ${BACKFILL} } } }`,
};

/** Starts what a plan says. */
export const APPLY_BACKFILL: Operation<
  {
    readonly applyBackfill: {
      readonly errors: readonly Problem[];
      readonly newHash: string | null;
      readonly differences: readonly BackfillDifference[];
    };
  },
  { readonly input: { readonly backfillId: string; readonly hash: string } }
> = {
  text: `mutation ApplyBackfill($input: ApplyBackfillInput!) { applyBackfill(input: $input) { newHash differences { scheduledFor params text } ${ERRORS} } }`,
};

function holding<Name extends string>(
  name: Name,
): Operation<Readonly<Record<Name, { readonly errors: readonly Problem[] }>>, HoldInput> {
  return { text: `mutation HoldBackfill($input: HoldBackfillInput!) { ${name}(input: $input) { ${ERRORS} } }` };
}

/** No more lines begin. */
export const PAUSE_BACKFILL = holding('pauseBackfill');
/** Lines begin again. */
export const RESUME_BACKFILL = holding('resumeBackfill');
/** Ends it for good. */
export const CANCEL_BACKFILL = holding('cancelBackfill');
/** What failed begins again. */
export const RETRY_BACKFILL = holding('retryBackfill');
