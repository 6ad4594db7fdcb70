// The GraphQL documents for looking after many runs and workflows. A test holds them against schema.graphql.

import { type Operation } from './operation.ts';
import { type UserError } from './shapes.ts';

/** One thing that somebody did. */
export interface AuditLine {
  readonly id: string;
  readonly at: string;
  readonly text: string;
  readonly reason: string | null;
}

/** What somebody did to one thing. */
export const AUDIT: Operation<
  { readonly audit: { readonly nodes: readonly AuditLine[]; readonly pageInfo: { readonly hasNextPage: boolean } } },
  { readonly first: number; readonly about: string }
> = {
  text: `query Audit($first: Int!, $about: ID!) { audit(first: $first, filter: { about: $about }) { nodes { id at text reason } pageInfo { hasNextPage } } }`,
};

/** Deletes a workflow. */
export const DELETE_WORKFLOW: Operation<
  { readonly deleteWorkflow: { readonly errors: readonly UserError[] } },
  { readonly input: { readonly workflowId: string; readonly stopRuns: boolean } }
> = {
  text: `mutation DeleteWorkflow($input: DeleteWorkflowInput!) { deleteWorkflow(input: $input) { workflow { id } errors { code message path hint } } }`,
};

/** How a step stands in one of two runs. */
export interface Standing {
  readonly status: string;
  readonly durationMs: number | null;
  readonly tries: number;
}

/** A value that differs. */
export interface Difference {
  readonly name: string;
  readonly a: unknown;
  readonly b: unknown;
}

/** Two runs side by side. */
export interface Comparison {
  readonly a: ComparedRun;
  readonly b: ComparedRun;
  readonly params: readonly Difference[];
  readonly outputs: readonly Difference[];
  readonly steps: readonly {
    readonly stepId: string;
    readonly isSame: boolean;
    readonly a: Standing | null;
    readonly b: Standing | null;
  }[];
  readonly definition: readonly {
    readonly kind: string;
    readonly subject: string;
    readonly name: string;
    readonly details: readonly string[];
  }[];
}

/** One of two runs. */
export interface ComparedRun {
  readonly id: string;
  readonly url: string;
  readonly status: string;
  readonly version: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

const RUN = 'id url status version startedAt endedAt';
const STANDING = 'status durationMs tries';

/** Compares two runs. */
export const COMPARE: Operation<
  { readonly compareRuns: Comparison | null },
  { readonly a: string; readonly b: string }
> = {
  text: `query CompareRuns($a: ID!, $b: ID!) { compareRuns(a: $a, b: $b) { a { ${RUN} } b { ${RUN} } params { name a b } outputs { name a b } steps { stepId isSame a { ${STANDING} } b { ${STANDING} } } definition { kind subject name details } } }`,
};
