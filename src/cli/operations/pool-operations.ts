// The GraphQL operations about pools.

import { type Operation, type Payload } from './operations.ts';

const ERROR = `fragment ErrorFields on UserError { code message path hint docs ... on DefinitionError { line column rule suggestion } }`;

type WithInput = Readonly<{ input: Readonly<Record<string, unknown>> }>;

/** A pool in a list. */
export interface PoolView {
  readonly name: string;
  readonly description: string | null;
  readonly size: number;
  readonly held: number;
  readonly waiting: number;
}

/** A step that holds permits of a pool, or waits for some. */
export interface PermitView {
  readonly stepId: string;
  readonly weight: number;
  readonly priority: number;
  readonly since: string;
  readonly position: number | null;
  readonly estimatedAt: string | null;
}

/** A page of such steps. */
export interface PermitPageView {
  readonly totalCount: number;
  readonly nodes: readonly PermitView[];
}

const POOL = 'fragment PoolFields on Pool { name description size held waiting }';
const PERMIT =
  'fragment PermitFields on PermitConnection { totalCount nodes { stepId weight priority since position estimatedAt } }';

/** A page of pools. */
export interface PoolPageView {
  readonly nodes: readonly PoolView[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** All pools, a page at a time. */
export const POOLS: Operation<{ readonly pools: PoolPageView }, { readonly after: string | null }> = {
  text: `query Pools($after: String) { pools(first: 100, after: $after) { nodes { ...PoolFields } pageInfo { hasNextPage endCursor } } } ${POOL}`,
};

/** One pool with those who hold and those who wait. */
export const POOL_DETAILS: Operation<
  { readonly pool: (PoolView & { readonly holders: PermitPageView; readonly queue: PermitPageView }) | null },
  { readonly id: string }
> = {
  text: `query Pool($id: ID!) { pool(id: $id) { ...PoolFields holders(first: 20) { ...PermitFields } queue(first: 20) { ...PermitFields } } } ${POOL} ${PERMIT}`,
};

/** Applies a pool. */
export const APPLY_POOL: Operation<
  { readonly applyPool: Payload & { readonly unchanged: boolean; readonly pool: PoolView | null } },
  WithInput
> = {
  text: `mutation ApplyPool($input: ApplyPoolInput!) { applyPool(input: $input) { unchanged pool { ...PoolFields } errors { ...ErrorFields } } } ${POOL} ${ERROR}`,
};

/** Deletes a pool. */
export const DELETE_POOL: Operation<{ readonly deletePool: Payload & { readonly id: string | null } }, WithInput> = {
  text: `mutation DeletePool($input: DeletePoolInput!) { deletePool(input: $input) { id errors { ...ErrorFields } } } ${ERROR}`,
};
