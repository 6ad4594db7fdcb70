// `Query.pools`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { shortPage } from '../../lists/short-list.ts';
import { poolSource } from '../../present/pool.ts';

/** Resolves a page of pools. */
export const pools: Required<QueryResolvers>['pools'] = async (_parent, page, { engine }) => {
  const read = await engine.pools();
  return shortPage(read.ledger.pools, page, {
    list: 'pools',
    idOf: ({ id }) => id,
    show: (one) => poolSource(read, one),
  });
};
