// `Query.pool`

import { poolOf } from '../../../core/pool/pools.ts';
import { type QueryResolvers } from '../../generated/resolvers.ts';
import { poolSource } from '../../present/pool.ts';

/** Resolves a pool by its id. */
export const pool: Required<QueryResolvers>['pool'] = async (_parent, { id }, { engine }) => {
  const read = await engine.pools();
  const found = poolOf(read.ledger, id.replace(/^pool:/u, ''));
  return found === undefined ? null : poolSource(read, found);
};
