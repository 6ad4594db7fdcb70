// Which waiting requests can be granted now, and how each of them stands. The same function decides and explains.
//
// 1. All or nothing: a request is granted when everything it asks for is free.
// 2. Where a pool is too full for a request, nobody behind it takes from that pool; what it asks of other pools is set aside
//    for it meanwhile. So a large request is never starved by small ones, and a step held up in one pool holds up nobody who
//    wants others.
// 3. A request that could not be granted even if nobody held anything waits without holding anybody up.
// 4. Nothing is set aside for one that waits for what a loop or a workflow step holds: that comes back only when others are done,
//    who may need just what would be set aside.

import { type PermitRequest, type PermitWant, poolOf, type PoolsState, type WaitingRequest } from './pools.ts';

/** How a waiting request stands. */
export type Standing =
  | { readonly kind: 'GRANTED' }
  /** These pools are too full for it, or others come first. */
  | { readonly kind: 'FULL'; readonly pools: readonly string[] }
  /** It asks for more than there is, or of a pool that is not there. */
  | { readonly kind: 'IMPOSSIBLE'; readonly pool: string; readonly size?: number };

/** The requests that can be granted, in their order. */
export function grantable(state: PoolsState): readonly WaitingRequest[] {
  return standings(state).flatMap(([request, { kind }]) => (kind === 'GRANTED' ? [request] : []));
}

/** How each waiting request stands, in their order. */
export function standings(state: PoolsState): readonly (readonly [WaitingRequest, Standing])[] {
  if (state.waiting.length === 0) return [];
  const walk: Walk = {
    taken: takenFrom(state.held),
    closed: new Set(),
    outer: new Set(state.held.flatMap(({ isOuter, wants }) => (isOuter === true ? wants.map(({ pool }) => pool) : []))),
    sizes: new Map(state.pools.map(({ id, size }) => [id, size])),
  };
  return state.waiting.map((request) => [request, judged(request, walk)] as const);
}

/** How many permits of a pool are held. */
export function heldOf({ held }: PoolsState, pool: string): number {
  return takenFrom(held).get(pool) ?? 0;
}

/** The size of what a want asks for: that of its pool, or the limit that it brings along; a tag without a pool has none. */
export function sizeFor(state: PoolsState, want: PermitWant): number | undefined {
  return sizeOf(want, poolOf(state, want.pool)?.size);
}

/** A pool that there is says more than the limit of a tag. */
function sizeOf({ limit, isTag }: PermitWant, size: number | undefined): number | undefined {
  return isTag === true ? (size ?? limit) : (limit ?? size);
}

interface Walk {
  /** Held, or set aside for those further ahead. */
  readonly taken: Map<string, number>;
  /** Pools from which nobody further back may take. */
  readonly closed: Set<string>;
  /** Pools of which something is held that stands for other steps. */
  readonly outer: Set<string>;
  readonly sizes: ReadonlyMap<string, number>;
}

function judged({ wants, isOuter }: PermitRequest, { taken, closed, outer, sizes }: Walk): Standing {
  const limited = wants.map((want) => {
    const { pool, weight, isTag } = want;
    const size = sizeOf(want, sizes.get(pool)) ?? (isTag === true ? Infinity : undefined);
    return { pool, weight, size };
  });
  const beyond = limited.find(({ size, weight }) => size === undefined || size < weight);
  if (beyond !== undefined) {
    const { pool, size } = beyond;
    return { kind: 'IMPOSSIBLE', pool, ...(size === undefined ? {} : { size }) };
  }
  const behind = limited.filter(({ pool }) => closed.has(pool));
  if (behind.length > 0) return { kind: 'FULL', pools: behind.map(({ pool }) => pool) };
  const full = limited.filter(({ pool, weight, size = 0 }) => (taken.get(pool) ?? 0) + weight > size);
  const names = new Set(full.map(({ pool }) => pool));
  for (const pool of names) closed.add(pool);
  const isGranted = names.size === 0;
  if (isGranted || !full.some(({ pool }) => outer.has(pool))) take(taken, limited, names);
  if (isGranted && isOuter === true) for (const { pool } of wants) outer.add(pool);
  return isGranted ? { kind: 'GRANTED' } : { kind: 'FULL', pools: [...names] };
}

/** Takes all that is wanted, but of those pools. */
function take(taken: Map<string, number>, wants: readonly PermitWant[], but: ReadonlySet<string>): void {
  for (const { pool, weight } of wants) {
    if (!but.has(pool)) taken.set(pool, (taken.get(pool) ?? 0) + weight);
  }
}

function takenFrom(held: readonly PermitRequest[]): Map<string, number> {
  const taken = new Map<string, number>();
  for (const { wants } of held) {
    for (const { pool, weight } of wants) taken.set(pool, (taken.get(pool) ?? 0) + weight);
  }
  return taken;
}
