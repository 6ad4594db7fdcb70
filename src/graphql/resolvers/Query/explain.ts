// `Query.explain`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { parsePublicId } from '../../parse/public-id.ts';
import { wanted } from '../../parse/wanted.ts';

/** Resolves why something is where it is. */
export const explain: Required<QueryResolvers>['explain'] = (_parent, { id }, { engine }) => {
  wanted(parsePublicId(id));
  return engine.explain(id);
};
