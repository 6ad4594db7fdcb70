// The GraphQL documents for looking after many workflows and runs, with the shapes of their answers.

import { type Operation, type Payload, type RunView } from './operations.ts';

/** A line of the audit. */
export interface AuditView {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly operation: string;
  readonly reason: string | null;
  readonly about: readonly string[];
  readonly text: string;
}

/** What an action on many runs would come to. */
export interface BulkPreviewView {
  readonly token: string;
  readonly matching: number;
  readonly covered: number;
  readonly byStatus: readonly { readonly status: string; readonly count: number }[];
  readonly sample: readonly { readonly id: string; readonly status: string }[];
  readonly refusals: readonly { readonly status: string; readonly count: number; readonly text: string }[];
}

/** What came of an action on many runs. */
export interface BulkOutcomeView extends Payload {
  readonly results: readonly {
    readonly id: string;
    readonly ok: boolean;
    readonly message: string | null;
    readonly hint: string | null;
  }[];
  readonly gone: readonly string[];
  readonly joined: number;
}

/** How a step stands in one of two runs. */
export interface StandingView {
  readonly status: string;
  readonly durationMs: number | null;
  readonly tries: number;
}

/** A value that differs between two runs. */
export interface DifferenceView {
  readonly name: string;
  readonly a: unknown;
  readonly b: unknown;
}

/** Two runs side by side. */
export interface ComparisonView {
  readonly a: Pick<RunView, 'id' | 'status' | 'version'>;
  readonly b: Pick<RunView, 'id' | 'status' | 'version'>;
  readonly params: readonly DifferenceView[];
  readonly outputs: readonly DifferenceView[];
  readonly steps: readonly {
    readonly stepId: string;
    readonly isSame: boolean;
    readonly a: StandingView | null;
    readonly b: StandingView | null;
  }[];
  readonly definition: readonly {
    readonly kind: string;
    readonly subject: string;
    readonly name: string;
    readonly details: readonly string[];
  }[];
}

/** What belongs to a workflow and to no version of it. */
export interface PropertiesView {
  readonly workflowId: string;
  readonly owner: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly description: string | null;
  readonly snapshots: readonly { readonly number: number }[];
}

type WithInput = Readonly<{ input: Readonly<Record<string, unknown>> }>;

const ERROR = `errors { code message path hint docs }`;

/** Who did what. */
export const AUDIT: Operation<
  { readonly audit: { readonly nodes: readonly AuditView[]; readonly pageInfo: { readonly hasNextPage: boolean } } },
  { readonly first: number; readonly filter: object }
> = {
  text: `query Audit($first: Int, $filter: AuditFilter) { audit(first: $first, filter: $filter) { nodes { id at actor operation reason about text } pageInfo { hasNextPage } } }`,
};

/** What an action would do to all runs that match. */
export const PREVIEW_BULK: Operation<{ readonly previewBulk: BulkPreviewView }, WithInput> = {
  text: `query PreviewBulk($input: BulkInput!) { previewBulk(input: $input) { token matching covered byStatus { status count } sample { id status } refusals { status count text } } }`,
};

/** Does what a preview showed. */
export const APPLY_BULK: Operation<{ readonly applyBulk: BulkOutcomeView }, WithInput> = {
  text: `mutation ApplyBulk($input: ApplyBulkInput!) { applyBulk(input: $input) { results { id ok message hint } gone joined ${ERROR} } }`,
};

/** Two runs side by side. */
export const COMPARE: Operation<
  { readonly compareRuns: ComparisonView | null },
  { readonly a: string; readonly b: string }
> = {
  text: `query CompareRuns($a: ID!, $b: ID!) { compareRuns(a: $a, b: $b) { a { id status version } b { id status version } params { name a b } outputs { name a b } steps { stepId isSame a { status durationMs tries } b { status durationMs tries } } definition { kind subject name details } } }`,
};

/** Changes what belongs to a workflow and to no version of it. */
export const UPDATE_WORKFLOW: Operation<
  { readonly updateWorkflow: Payload & { readonly workflow: PropertiesView | null } },
  WithInput
> = {
  text: `mutation UpdateWorkflow($input: UpdateWorkflowInput!) { updateWorkflow(input: $input) { workflow { workflowId owner labels description snapshots { number } } ${ERROR} } }`,
};

/** Deletes a workflow. */
export const DELETE_WORKFLOW: Operation<
  { readonly deleteWorkflow: Payload & { readonly workflow: { readonly workflowId: string } | null } },
  WithInput
> = {
  text: `mutation DeleteWorkflow($input: DeleteWorkflowInput!) { deleteWorkflow(input: $input) { workflow { workflowId } ${ERROR} } }`,
};
