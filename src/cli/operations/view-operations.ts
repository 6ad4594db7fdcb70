// The GraphQL documents for views over everything that is nested in a run, with the shapes of their answers.

import { type Operation } from './operations.ts';

/** A step in one of the iterations of the loops around it. */
export interface FlattenedView {
  readonly id: string;
  readonly runId: string;
  readonly indexes: readonly number[];
  readonly loopParams: Readonly<Record<string, unknown>>;
  readonly status: string;
  readonly attempts: number;
  readonly keptFrom: number | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

/** How many steps have a status. */
interface CountView {
  readonly status: string;
  readonly count: number;
}

/** A run with the steps that are nested in its loops. */
export interface NestedView {
  readonly id: string;
  readonly rollup: {
    readonly total: number;
    readonly counts: readonly CountView[];
    readonly attention: readonly { readonly id: string; readonly status: string }[];
  };
  readonly steps: {
    readonly nodes: readonly {
      readonly id: string;
      readonly stepId: string;
      readonly nestedSteps: readonly {
        readonly stepId: string;
        readonly loops: readonly string[];
        readonly loopParams: readonly string[];
      }[];
    }[];
  };
}

/** What is nested in a run. */
export const NESTED: Operation<{ readonly run: NestedView | null }, { readonly id: string }> = {
  text: `query Nested($id: ID!) { run(id: $id) { id rollup { total counts { status count } attention { id status } } steps(first: 100) { nodes { id stepId nestedSteps { stepId loops loopParams } } } } }`,
};

/** A page of a step in its iterations. */
export const FLATTENED: Operation<
  {
    readonly step: {
      readonly flattened: {
        readonly totalCount: number | null;
        readonly nodes: readonly FlattenedView[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      } | null;
    } | null;
  },
  {
    readonly id: string;
    readonly step: string;
    readonly first: number;
    readonly after?: string;
    readonly filter: { readonly statuses?: readonly string[]; readonly loopParams?: Readonly<Record<string, unknown>> };
  }
> = {
  text: `query Flattened($id: ID!, $step: String!, $first: Int!, $after: String, $filter: FlattenedFilter) { step(id: $id) { id flattened(step: $step, first: $first, after: $after, filter: $filter) { totalCount pageInfo { hasNextPage endCursor } nodes { id runId indexes loopParams status attempts keptFrom startedAt endedAt } } } }`,
};
