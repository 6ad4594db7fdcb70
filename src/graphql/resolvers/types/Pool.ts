// Fields of `Pool` that are lists.

import { queueOf, weightIn } from '../../../core/pool/places.ts';
import { type PermitPlace } from '../../../core/pool/pools.ts';
import { type PoolResolvers } from '../../generated/resolvers.ts';
import { shortPage } from '../../lists/short-list.ts';
import { holderOf, waiterOf } from '../../present/pool.ts';

const idOf = ({ run, step, ask }: PermitPlace): string => `${run} ${String(step)} ${String(ask)}`;

/** Resolves who holds permits of a pool and who waits. */
export const Pool: PoolResolvers = {
  holders: ({ ledger, name }, page) => {
    const all = ledger.held.filter((holding) => weightIn(holding, name) > 0);
    return shortPage(all, page, { list: `holders ${name}`, idOf, show: (one) => holderOf(one, name) });
  },
  queue: (pool, page) => {
    const all = queueOf(pool.ledger, pool.name);
    return shortPage(all, page, {
      list: `queue ${pool.name}`,
      idOf,
      show: (one, index) => waiterOf(pool, one, index),
    });
  },
};
