// Where a request stands in the queues of the pools that it asks for, and when it may come: what is shown to people.

import { type Milliseconds } from '../time.ts';
import { heldOf, type Standing, standings } from './grants.ts';
import { isSamePlace, type PermitPlace, poolOf, type PoolsState, type WaitingRequest } from './pools.ts';

/** A request that waits, as it stands. */
export interface QueuePlace {
  readonly request: WaitingRequest;
  readonly standing: Standing;
  /** The pool that holds it up. */
  readonly pool: string;
  /** Its place in the queue of that pool, from 1. */
  readonly position: number;
  /** How long it may still wait. Absent: nobody can tell. */
  readonly wait?: Milliseconds;
}

/** How a request stands; undefined if it does not wait. */
export function queuePlace(state: PoolsState, place: PermitPlace): QueuePlace | undefined {
  const found = standings(state).find(([request]) => isSamePlace(request, place));
  if (found === undefined) return undefined;
  const [request, standing] = found;
  const pool = blockerOf(standing) ?? request.wants[0]?.pool ?? '';
  const wait = standing.kind === 'IMPOSSIBLE' ? undefined : waitOf(state, request, pool);
  return {
    request,
    standing,
    pool,
    position: queueOf(state, pool).findIndex((one) => isSamePlace(one, place)) + 1,
    ...(wait === undefined ? {} : { wait }),
  };
}

/** Who waits for permits of a pool, in their order. */
export function queueOf({ waiting }: PoolsState, pool: string): readonly WaitingRequest[] {
  return waiting.filter(({ wants }) => wants.some((want) => want.pool === pool));
}

/** How many permits of a pool a request asks for. */
export function weightIn({ wants }: Pick<WaitingRequest, 'wants'>, pool: string): number {
  return wants.find((want) => want.pool === pool)?.weight ?? 0;
}

/** How long the last holders of a pool held on average. Undefined: nobody has returned anything yet. */
export function meanHold(state: PoolsState, pool: string): Milliseconds | undefined {
  const { holds = [] } = poolOf(state, pool) ?? {};
  return holds.length === 0 ? undefined : Math.round(holds.reduce((sum, hold) => sum + hold, 0) / holds.length);
}

/**
 * About how long a request still waits for a pool: with `size` permits that are each held `mean` long, `size / mean` of them come
 * back in a unit of time, and it needs those for all ahead of it and its own that are not free now.
 */
function waitOf(state: PoolsState, request: WaitingRequest, pool: string): Milliseconds | undefined {
  const mean = meanHold(state, pool);
  const { size = 0 } = poolOf(state, pool) ?? {};
  if (mean === undefined || size === 0) return undefined;
  const queue = queueOf(state, pool);
  const until = queue.findIndex((one) => isSamePlace(one, request));
  const wanted = queue.slice(0, until + 1).reduce((sum, one) => sum + weightIn(one, pool), 0);
  const missing = Math.max(0, wanted - Math.max(0, size - heldOf(state, pool)));
  return Math.round((mean * missing) / size);
}

function blockerOf(standing: Standing): string | undefined {
  if (standing.kind === 'IMPOSSIBLE') return standing.pool;
  return standing.kind === 'FULL' ? standing.pools[0] : undefined;
}
