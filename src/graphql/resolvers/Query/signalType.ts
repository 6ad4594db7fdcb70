// `Query.signalType`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { triggerOf } from '../../present/trigger.ts';

/** Resolves a signal name. */
export const signalType: Required<QueryResolvers>['signalType'] = async (_parent, { name }, { engine }) => {
  const found = await engine.signalType(name);
  if (found === undefined) return null;
  return { name: found.state.name, published: found.state.sequence, listeners: found.listeners.map(triggerOf) };
};
