// Pools, who holds their permits and who waits, as the schema shows them.

import { type EntityId, runPlaceOf } from '../../core/ids.ts';
import { heldOf } from '../../core/pool/grants.ts';
import { meanHold, queueOf, queuePlace, weightIn } from '../../core/pool/places.ts';
import { type Holding, type Pool as PoolState, type PoolsState, type WaitingRequest } from '../../core/pool/pools.ts';
import { type StepPermits as StepPermitsState } from '../../core/run/step-permits.ts';
import { type Instant } from '../../core/time.ts';
import { type Permit, type Pool, type StepPermits } from '../generated/schema.ts';
import { runOfEntity, stepId } from './public-id.ts';

/** What the fields of `Pool` are resolved from. */
export interface PoolSource extends Omit<Pool, '__typename' | 'holders' | 'queue'> {
  readonly ledger: PoolsState;
  readonly now: Instant;
}

/** What the fields of `Permit` are resolved from. */
export interface PermitSource extends Omit<Permit, '__typename' | 'step'> {
  readonly run: EntityId;
  readonly stepIdInRun: string;
}

/** A pool. */
export function poolSource({ ledger, now }: Pick<PoolSource, 'ledger' | 'now'>, pool: PoolState): PoolSource {
  return {
    ledger,
    now,
    id: `pool:${pool.id}`,
    name: pool.id,
    description: pool.description,
    size: pool.size,
    held: heldOf(ledger, pool.id),
    waiting: queueOf(ledger, pool.id).length,
    version: pool.version,
    appliedBy: pool.by,
    appliedAt: pool.appliedAt,
    meanHoldMs: meanHold(ledger, pool.id),
  };
}

/** A step that holds permits of a pool. */
export function holderOf(holding: Holding, pool: string): PermitSource {
  return permitOf(holding, pool);
}

/** A step that waits for permits of a pool, at a place in its queue. */
export function waiterOf({ ledger, name, now }: PoolSource, request: WaitingRequest, index: number): PermitSource {
  const wait = queuePlace(ledger, request)?.wait;
  return { ...permitOf(request, name), position: index + 1, estimatedAt: wait === undefined ? null : now + wait };
}

/** What a step needs of pools, while it waits for it or has it. */
export function stepPermitsOf(
  { ledger, now }: Pick<PoolSource, 'ledger' | 'now'>,
  permits: StepPermitsState,
  { run, step }: { readonly run: EntityId; readonly step: number },
): StepPermits {
  const place = queuePlace(ledger, { run, step, ask: permits.ask });
  return {
    wants: permits.wants.map(({ pool, weight, isTag }) => ({ pool, weight, isTag: isTag === true })),
    priority: permits.priority,
    since: permits.since,
    grantedAt: permits.granted,
    waitsFor: place?.pool,
    position: place?.position,
    estimatedAt: place?.wait === undefined ? null : now + place.wait,
  };
}

function permitOf(request: Holding | WaitingRequest, pool: string): PermitSource {
  const { run, stepId: id, priority, since } = request;
  return {
    run,
    stepIdInRun: id,
    stepId: stepId({ ...runPlaceOf(run), newest: true }, id),
    runId: runOfEntity(run),
    weight: weightIn(request, pool),
    priority,
    since,
  };
}
