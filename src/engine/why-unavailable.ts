// The reasons for which a node cannot do what it is asked, as its callers are told.

import { type NodeRow, type PartitionRow } from '../ports/partitions.ts';
import { StoreUnreachableError } from '../ports/store-unreachable-error.ts';
import { UnavailableError } from './unavailable-error.ts';

/** Another node owns the partition; says where it is, if it lives. */
export function notOwner(
  rows: readonly PartitionRow[],
  nodes: readonly NodeRow[],
  partition: number,
): UnavailableError {
  const owner = rows.find((row) => row.partition === partition)?.owner;
  const address = nodes.find((node) => node.incarnation === owner)?.address;
  return new UnavailableError(
    'NOT_OWNER',
    address === undefined
      ? 'This server stands by, and the one that makes changes is gone; one of them takes over within seconds. Try again.'
      : `This server stands by. Changes are made at ${address}.`,
    { retryAfterMs: 1_000, ...(address === undefined ? {} : { ownerAddress: address }) },
  );
}

/** The store does not answer. What was asked may have happened, or may yet happen. */
export function storeUnavailable(): UnavailableError {
  return new UnavailableError(
    'STORE_UNAVAILABLE',
    'MongoDB does not answer. Nothing that was acknowledged is lost; what was asked now may yet happen. ' +
      'Try again when it answers, with the same idempotency key.',
    { retryAfterMs: 2_000 },
  );
}

/** What the caller is told of an error that says "not now"; undefined for any other. */
export function unavailableOf(error: unknown): UnavailableError | undefined {
  if (error instanceof UnavailableError) return error;
  return error instanceof StoreUnreachableError ? storeUnavailable() : undefined;
}
