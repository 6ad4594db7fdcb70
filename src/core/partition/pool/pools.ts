// Pools as people apply and delete them.

import { type EntityId, poolsEntity } from '../../ids.ts';
import { heldOf } from '../../pool/grants.ts';
import { NO_POOLS, poolOf, type PoolsState } from '../../pool/pools.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { type CommandBody, type Outcome } from '../command.ts';
import { grantPermits } from './permits.ts';
import { type Turn } from '../turn.ts';

/** How many pools there may be. */
const MOST_POOLS = 1000;

/** Takes an `ApplyPool` command. The same content changes nothing; a smaller size drains. */
export function applyPool(
  turn: Turn,
  { pool, size, description, expectedVersion }: Extract<CommandBody, { type: 'ApplyPool' }>,
  actor: string,
): Result<Outcome, readonly Refusal[]> {
  const state = turn.read('pools', poolsEntity()) ?? NO_POOLS;
  const before = poolOf(state, pool);
  const version = before?.version ?? 0;
  const refusal = applyRefusal(state, pool, expectedVersion);
  if (refusal !== undefined) return failed([refusal]);
  const changed = before?.size !== size || before.description !== description;
  if (changed) {
    turn.emit(poolsEntity(), {
      type: 'PoolApplied',
      pool,
      size,
      ...(description === undefined ? {} : { description }),
      by: actor,
    });
    grantPermits(turn);
  }
  return success({ type: 'PoolApplied', pool, version: changed ? version + 1 : version, changed });
}

/** Takes a `DeletePool` command. What is held or waited for stays. */
export function deletePool(turn: Turn, id: string, actor: string): Result<EntityId, readonly Refusal[]> {
  const state = turn.read('pools', poolsEntity()) ?? NO_POOLS;
  if (poolOf(state, id) === undefined) return failed([unknownPool(id)]);
  const refusal = inUse(state, id);
  if (refusal !== undefined) return failed([refusal]);
  turn.emit(poolsEntity(), { type: 'PoolDeleted', pool: id, by: actor });
  return success(poolsEntity());
}

function applyRefusal(state: PoolsState, id: string, expectedVersion: number | undefined): Refusal | undefined {
  const before = poolOf(state, id);
  const version = before?.version ?? 0;
  if (expectedVersion !== undefined && expectedVersion !== version) return conflict(id, expectedVersion, version);
  return before === undefined && state.pools.length >= MOST_POOLS ? tooMany() : undefined;
}

function unknownPool(id: string): Refusal {
  return {
    code: 'NOT_FOUND',
    message: `There is no pool "${id}".`,
    path: ['id'],
    hint: 'See which there are: downbeat pools.',
  };
}

function inUse(state: PoolsState, id: string): Refusal | undefined {
  const held = heldOf(state, id);
  const waiting = state.waiting.filter(({ wants }) => wants.some(({ pool }) => pool === id)).length;
  if (held + waiting === 0) return undefined;
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `The pool "${id}" is in use: ${String(held)} of its permits are held, and ${String(waiting)} steps wait for some.`,
    path: ['id'],
    hint: 'Wait for them or stop their runs; or apply it with size: 0, and nothing more begins.',
    status: 'IN_USE',
    allowed: [],
  };
}

function conflict(id: string, expected: number, version: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    message:
      version === 0
        ? `The pool "${id}" does not exist yet, so its version is not ${String(expected)}.`
        : `The pool "${id}" has version ${String(version)}, not ${String(expected)}: someone applied another meanwhile.`,
    path: ['expectedVersion'],
    hint: 'Look at what changed, then apply again with the current version as `expectedVersion`.',
    currentVersion: version,
  };
}

function tooMany(): Refusal {
  return {
    code: 'LIMIT_EXCEEDED',
    message: `There are ${String(MOST_POOLS)} pools already, and that is the most there can be.`,
    path: ['id'],
    hint: 'Delete those that nobody needs: downbeat pools delete <id>.',
  };
}
