// `Mutation.applyPool`

import { success } from '../../../core/result.ts';
import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { parseDefinitionInput } from '../../parse/definition-input.ts';
import { poolSource } from '../../present/pool.ts';
import { receiptOf } from '../../present/receipt.ts';

/** Applies a pool. */
export const applyPool: Required<MutationResolvers>['applyPool'] = async (_parent, { input }, context) => {
  const read = parseDefinitionInput(input);
  const expectedVersion = input.expectedVersion ?? undefined;
  const answer = await change(context, input, {
    read: read.ok
      ? success({ source: read.value.source, ...(expectedVersion === undefined ? {} : { expectedVersion }) })
      : read,
    perform: (definition, caller) => context.engine.applyPool(definition, caller),
  });
  const receipt = receiptOf(answer);
  if (!answer.ok) return { ...receipt, pool: null, unchanged: false };
  const { pool, changed } = answer.value;
  return { ...receipt, pool: poolSource(answer.value, pool), unchanged: !changed };
};
