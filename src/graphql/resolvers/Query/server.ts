// `Query.server`

import { type QueryResolvers } from '../../generated/resolvers.ts';

/** Resolves the server that answers. */
export const server: Required<QueryResolvers>['server'] = async (_parent, _args, { engine, version }) => {
  const [server, cursor] = await Promise.all([engine.server(), engine.head()]);
  return { version, cursor, ...server };
};
