// `Mutation.release`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { loadNode } from '../../load-node.ts';
import { idAt } from '../../parse/both.ts';
import { parsePublicId } from '../../parse/public-id.ts';
import { findReleasable } from '../../parse/releasable.ts';
import { receiptOf } from '../../present/receipt.ts';

/** Lets an entity take part again that was set aside. */
export const release: Required<MutationResolvers>['release'] = async (_parent, { input }, context) => {
  const id = idAt(['id'], parsePublicId(input.id));
  const read = id.ok ? await findReleasable(context.engine, id.value) : id;
  const answer = await change(context, input, {
    read,
    perform: (entity, caller) => context.engine.release(entity, caller),
  });
  return { ...receiptOf(answer), node: answer.ok && id.ok ? await loadNode(context, id.value) : null };
};
