// `/graphql` over HTTP: POST with JSON, GET for queries with a header that no foreign page can send.

import { type ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Context, createContext, type Surroundings } from '../graphql/context.ts';

/** How long a request may be: a definition goes up with its files. */
export const GRAPHQL_BODY_LIMIT = 16 * 1024 * 1024;

/** Adds the route. */
export function serveGraphql(app: FastifyInstance, apollo: ApolloServer<Context>, surroundings: Surroundings): void {
  const handle = fastifyApolloHandler(apollo, {
    context: async (request) => createContext(surroundings, request.actor, request.id),
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    bodyLimit: GRAPHQL_BODY_LIMIT,
    handler: async function answer(request, reply) {
      const body: unknown = await handle.call(this, request, reply);
      return typeof body === 'string' && reply.statusCode >= 400 ? withRequestId(body, request.id) : body;
    },
  });
}

/** Whether a person looks at `/graphql` with a browser. */
export function wantsPage(request: FastifyRequest): boolean {
  const isPage = request.method === 'GET' && /^\/graphql(?:$|\?)/.test(request.url);
  return isPage && (request.headers.accept ?? '').includes('text/html') && !request.url.includes('query=');
}

/** What Apollo refuses before a request has a context bears no id of it. */
function withRequestId(body: string, requestId: string): string {
  const result = JSON.parse(body) as { errors?: { extensions?: Record<string, unknown> }[] };
  for (const error of result.errors ?? []) error.extensions = { ...error.extensions, requestId };
  return JSON.stringify(result);
}
