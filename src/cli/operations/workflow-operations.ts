// The GraphQL documents about lists of workflows.

import { type Operation } from './operations.ts';

/** A workflow in a list. */
export interface WorkflowView {
  readonly id: string;
  readonly workflowId: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly activeVersion: number | null;
  readonly triggersPaused: boolean;
  readonly triggers: readonly {
    readonly kind: string;
    readonly text: string;
    readonly paused: boolean;
    readonly nextFire: string | null;
  }[];
  readonly runs: {
    readonly nodes: readonly {
      readonly id: string;
      readonly status: string;
      readonly createdAt: string;
      readonly startedAt: string | null;
      readonly endedAt: string | null;
    }[];
  };
}

/** A page of workflows, each with its last run. */
export const WORKFLOWS: Operation<
  {
    readonly workflows: {
      readonly nodes: readonly WorkflowView[];
      readonly pageInfo: { readonly hasNextPage: boolean };
    };
  },
  { readonly first: number; readonly filter: Readonly<Record<string, unknown>>; readonly orderBy: string }
> = {
  text: `query Workflows($first: Int, $filter: WorkflowFilter, $orderBy: WorkflowOrder) { workflows(first: $first, filter: $filter, orderBy: $orderBy) { nodes { id workflowId name owner labels activeVersion triggersPaused triggers { kind text paused nextFire } runs(first: 1) { nodes { id status createdAt startedAt endedAt } } } pageInfo { hasNextPage } } }`,
};

/** The names of the workflows to which something happened last. */
export const WORKFLOW_IDS: Operation<
  { readonly workflows: { readonly nodes: readonly { readonly workflowId: string }[] } },
  Readonly<Record<string, never>>
> = { text: `query WorkflowIds { workflows(first: 100, orderBy: ACTIVE_LAST_FIRST) { nodes { workflowId } } }` };
