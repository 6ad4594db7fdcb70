// `Query.signalType`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { signalTypeOf } from '../../present/signal-type.ts';

/** Resolves a signal name. */
export const signalType: Required<QueryResolvers>['signalType'] = async (_parent, { name }, { engine }) => {
  const found = await engine.signalType(name);
  return found === undefined ? null : signalTypeOf(found.state);
};
