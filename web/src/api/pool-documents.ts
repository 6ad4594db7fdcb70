// The GraphQL documents about pools.

import { type Operation } from './operation.ts';

const PERMITS = 'totalCount nodes { stepId weight since position estimatedAt }';

/** A step that holds permits of a pool, or waits for some. */
export interface PermitLine {
  readonly stepId: string;
  readonly weight: number;
  readonly since: string;
  readonly position: number | null;
  readonly estimatedAt: string | null;
}

/** Some of such steps, and how many there are. */
export interface PermitLines {
  readonly totalCount: number;
  readonly nodes: readonly PermitLine[];
}

/** A pool with those who hold and those who wait. */
export interface PoolState {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly size: number;
  readonly held: number;
  readonly waiting: number;
  readonly holders: PermitLines;
  readonly queue: PermitLines;
}

/** All pools. */
export const POOLS: Operation<
  { readonly pools: { readonly totalCount: number; readonly nodes: readonly PoolState[] } },
  { readonly first: number }
> = {
  text: `query Pools($first: Int!) { pools(first: $first) { totalCount nodes { id name description size held waiting holders(first: 10) { ${PERMITS} } queue(first: 10) { ${PERMITS} } } } }`,
};
