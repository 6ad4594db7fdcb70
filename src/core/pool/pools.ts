// The ledger of permits: pools and their sizes, who holds permits, who waits for some. One entity for all of a fleet, so that
// everything a step asks for is granted in one commit or not at all.
//
// 1. `held <= size` for every pool, but while a pool that was made smaller drains.
// 2. Whoever asked once returns once, whether it held or still waited: nothing leaks, and nothing expires.

import { type EntityId } from '../ids.ts';
import { type Instant, type Milliseconds } from '../time.ts';

/** Permits of one pool. */
export interface PermitWant {
  /** A pool by its id; or a limit that a workflow brings along, whose name has a colon in it. */
  readonly pool: string;
  /** How many, at least 1. */
  readonly weight: number;
  /** The limit that the asker brings along; for a tag, as long as there is no such pool. Absent: the size of the pool. */
  readonly limit?: number;
  /** It is free as long as there is no such pool. */
  readonly isTag?: true;
}

/** Who asks: a step of a run, and how often it has asked so far. */
export interface PermitPlace {
  readonly run: EntityId;
  readonly step: number;
  readonly ask: number;
}

/** A wish for permits of several pools, all or nothing. */
export interface PermitRequest extends PermitPlace {
  readonly stepId: string;
  readonly wants: readonly PermitWant[];
  /** From 0 to 100; the greater comes first. */
  readonly priority: number;
  /** It stands for other steps, and returns what it has only when those are done. */
  readonly isOuter?: true;
}

/** A request that waits. */
export interface WaitingRequest extends PermitRequest {
  readonly since: Instant;
}

/** A request that was granted. */
export interface Holding extends PermitRequest {
  /** When it was granted. */
  readonly since: Instant;
}

/** A pool as applied. */
export interface Pool {
  readonly id: string;
  /** How many permits there are; 0 lets nothing begin. */
  readonly size: number;
  readonly description?: string;
  /** Who applied it last, and when. */
  readonly by: string;
  readonly appliedAt: Instant;
  /** How often it was applied with another content. */
  readonly version: number;
  /** How long the last 20 holders held, oldest first. */
  readonly holds: readonly Milliseconds[];
}

/** The ledger's state. */
export interface PoolsState {
  readonly kind: 'pools';
  /** By id, in order. */
  readonly pools: readonly Pool[];
  /** In the order of their grants. */
  readonly held: readonly Holding[];
  /** In the order in which they come next: by priority, then by arrival. */
  readonly waiting: readonly WaitingRequest[];
}

/** An event of the ledger. */
export type PoolsEvent =
  | {
      readonly type: 'PoolApplied';
      readonly pool: string;
      readonly size: number;
      readonly description?: string;
      readonly by: string;
    }
  | { readonly type: 'PoolDeleted'; readonly pool: string; readonly by: string }
  | { readonly type: 'PermitsAsked'; readonly request: PermitRequest }
  | { readonly type: 'PermitsGranted'; readonly place: PermitPlace }
  /** It ended, or waits no longer. */
  | { readonly type: 'PermitsReturned'; readonly place: PermitPlace };

/** A ledger in which there is nothing yet. */
export const NO_POOLS: PoolsState = { kind: 'pools', pools: [], held: [], waiting: [] };

const HOLDS_KEPT = 20;

/** The state after an event; `undefined` before the first. */
export function evolvePools(before: PoolsState | undefined, event: PoolsEvent, at: Instant): PoolsState {
  const state = before ?? NO_POOLS;
  switch (event.type) {
    case 'PoolApplied':
      return { ...state, pools: withPool(state.pools, event, at) };
    case 'PoolDeleted':
      return { ...state, pools: state.pools.filter(({ id }) => id !== event.pool) };
    case 'PermitsAsked':
      return { ...state, waiting: ranked(state.waiting, { ...event.request, since: at }) };
    case 'PermitsGranted':
      return granted(state, event.place, at);
    case 'PermitsReturned':
      return returned(state, event.place, at);
  }
}

/** Whether both are the same asking of the same step. */
export function isSamePlace(one: PermitPlace, other: PermitPlace): boolean {
  return one.run === other.run && one.step === other.step && one.ask === other.ask;
}

/** The pool of this id. */
export function poolOf({ pools }: Pick<PoolsState, 'pools'>, id: string): Pool | undefined {
  return pools.find((pool) => pool.id === id);
}

function withPool(
  pools: readonly Pool[],
  { pool: id, size, description, by }: Extract<PoolsEvent, { readonly type: 'PoolApplied' }>,
  at: Instant,
): readonly Pool[] {
  const before = poolOf({ pools }, id);
  const applied: Pool = {
    id,
    size,
    ...(description === undefined ? {} : { description }),
    by,
    appliedAt: at,
    version: (before?.version ?? 0) + 1,
    holds: before?.holds ?? [],
  };
  const others = pools.filter((pool) => pool.id !== id);
  const place = others.findIndex((pool) => pool.id > id);
  return others.toSpliced(place === -1 ? others.length : place, 0, applied);
}

/** Behind all of the same priority. */
function ranked(waiting: readonly WaitingRequest[], request: WaitingRequest): readonly WaitingRequest[] {
  let place = waiting.length;
  while (place > 0 && (waiting[place - 1]?.priority ?? 0) < request.priority) place -= 1;
  return waiting.toSpliced(place, 0, request);
}

function granted(state: PoolsState, place: PermitPlace, at: Instant): PoolsState {
  const request = state.waiting.find((one) => isSamePlace(one, place));
  if (request === undefined) return state;
  return {
    ...state,
    waiting: state.waiting.filter((one) => one !== request),
    held: [...state.held, { ...request, since: at }],
  };
}

function returned(state: PoolsState, place: PermitPlace, at: Instant): PoolsState {
  const holding = state.held.find((one) => isSamePlace(one, place));
  if (holding === undefined) {
    return { ...state, waiting: state.waiting.filter((one) => !isSamePlace(one, place)) };
  }
  const used = new Set(holding.wants.map(({ pool }) => pool));
  return {
    ...state,
    held: state.held.filter((one) => one !== holding),
    pools: state.pools.map((pool) =>
      used.has(pool.id) ? { ...pool, holds: [...pool.holds, at - holding.since].slice(-HOLDS_KEPT) } : pool,
    ),
  };
}
