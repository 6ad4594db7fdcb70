// `Query.planSignalType`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { userErrorOf } from '../../present/user-error.ts';

/** Resolves what applying a contract would come to. */
export const planSignalType: Required<QueryResolvers>['planSignalType'] = async (_parent, { source }, { engine }) => {
  const planned = await engine.planSignalType(source);
  if (planned.ok) return { ...planned.value, errors: [] };
  return { name: null, version: null, unchanged: false, refuses: [], errors: planned.failure.map(userErrorOf) };
};
