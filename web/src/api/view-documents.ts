// The GraphQL documents for views over everything that is nested in a run.

import { type Operation } from './operation.ts';
import { type JsonObject } from './shapes.ts';

/** How many steps have a status. */
export interface StatusCount {
  readonly status: string;
  readonly count: number;
}

/** A step somewhere in a run. */
export interface LeafStep {
  readonly id: string;
  readonly stepId: string;
  readonly runId: string;
  readonly status: string;
}

/** The leaf steps of a run over everything that is nested in it. */
export interface Rollup {
  readonly total: number;
  readonly counts: readonly StatusCount[];
  readonly attention: readonly LeafStep[];
  readonly isWhole: boolean;
}

/** The fields of a roll-up. */
export const ROLLUP = 'total counts { status count } attention { id stepId runId status } isWhole';

/** A step in one of the iterations of the loops around it. */
export interface FlattenedIteration {
  readonly id: string;
  readonly runId: string;
  readonly indexes: readonly number[];
  readonly loopParams: JsonObject;
  readonly status: string;
  readonly attempts: number;
  readonly keptFrom: number | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

/** A step that is nested in a loop. */
export interface NestedStep {
  readonly stepId: string;
  readonly loops: readonly string[];
  readonly loopParams: readonly string[];
}

/** The steps that are nested in a loop. */
export const NESTED_STEPS: Operation<
  { readonly step: { readonly nestedSteps: readonly NestedStep[] } | null },
  { readonly id: string }
> = { text: `query NestedSteps($id: ID!) { step(id: $id) { id nestedSteps { stepId loops loopParams } } }` };

/** How many iterations have a nested step where, and values of the loops around it to choose from. */
export const FLATTENED_SUMMARY: Operation<
  {
    readonly step: {
      readonly flattened: {
        readonly summary: {
          readonly counts: readonly StatusCount[];
          readonly loopParams: Readonly<Record<string, readonly unknown[]>>;
        };
      } | null;
    } | null;
  },
  { readonly id: string; readonly step: string }
> = {
  text: `query FlattenedSummary($id: ID!, $step: String!) { step(id: $id) { id flattened(step: $step, first: 1) { summary { counts { status count } loopParams } } } }`,
};

/** A page of a nested step in its iterations. */
export const FLATTENED: Operation<
  {
    readonly step: {
      readonly flattened: {
        readonly totalCount: number | null;
        readonly nodes: readonly FlattenedIteration[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      } | null;
    } | null;
  },
  {
    readonly id: string;
    readonly step: string;
    readonly first: number;
    readonly after: string | undefined;
    readonly filter: {
      readonly statuses?: readonly string[];
      readonly loopParams?: Readonly<Record<string, readonly unknown[]>>;
    };
  }
> = {
  text: `query Flattened($id: ID!, $step: String!, $first: Int!, $after: String, $filter: FlattenedFilter) { step(id: $id) { id flattened(step: $step, first: $first, after: $after, filter: $filter) { totalCount pageInfo { hasNextPage endCursor } nodes { id runId indexes loopParams status attempts keptFrom startedAt endedAt } } } }`,
};

/** A run over its restarts. */
export interface AggregatedRun {
  readonly status: string;
  readonly steps: readonly {
    readonly stepId: string;
    readonly status: string;
    readonly runId: string;
    readonly attempt: number;
    readonly startedAt: string | null;
    readonly endedAt: string | null;
  }[];
}

/** Where each step of a run has run. */
export const AGGREGATED: Operation<
  { readonly run: { readonly aggregated: AggregatedRun } | null },
  { readonly id: string }
> = {
  text: `query Aggregated($id: ID!) { run(id: $id) { id aggregated { status steps { stepId status runId attempt startedAt endedAt } } } }`,
};
