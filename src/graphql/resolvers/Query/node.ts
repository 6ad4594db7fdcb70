// `Query.node`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { loadNode } from '../../load-node.ts';
import { parsePublicId } from '../../parse/public-id.ts';
import { wanted } from '../../parse/wanted.ts';

/** Resolves anything with a global id. */
export const node: Required<QueryResolvers>['node'] = (_parent, { id }, context) =>
  loadNode(context, wanted(parsePublicId(id)));
