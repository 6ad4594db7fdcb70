// The HTTP server: GraphQL over HTTP, WebSocket and SSE, signals, artifacts, health and pages on one port.

import { randomUUID } from 'node:crypto';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { documentJsonSchema } from '../core/definition/json-schema.ts';
import { type Surroundings } from '../graphql/context.ts';
import { createSchema } from '../graphql/schema.ts';
import { createApollo } from './apollo.ts';
import { serveArtifacts } from './artifacts.ts';
import { authenticate, refuseCaller } from './callers.ts';
import { trackConnections } from './connections.ts';
import { serveGraphql, wantsPage } from './graphql-route.ts';
import { everywhere } from './headers.ts';
import { receiveHooks } from './hooks/route.ts';
import { listenErrorOf } from './listen-error.ts';
import { type HttpServerOptions } from './options.ts';
import { servePages } from './pages.ts';
import { sendProblem } from './problem.ts';
import { receiveSignals } from './signals.ts';
import { serveSockets } from './socket-route.ts';
import { serveStream } from './stream-route.ts';
import { problemOf } from './thrown-problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, for the audit. */
    actor: string;
  }
}

/** A server that can be started once, and stopped. */
export interface HttpServer {
  /** Begins to take requests; answers the address, such as `http://127.0.0.1:4000`. */
  listen(): Promise<string>;
  /** Takes no more requests, lets running ones end, and closes streams and sockets. */
  close(): Promise<void>;
}

const BODY_LIMIT = 1024 * 1024;
const REQUEST_TIMEOUT_MS = 10_000;
/** Node enforces neither timeout unless this one is the shorter. */
const HEADERS_TIMEOUT_MS = 5_000;
const TIMEOUT_CHECK_MS = 2_000;
const LONGEST_PARAM = 2_048;

/** Makes the server; nothing listens before `listen`. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { engine, logger, version, now, introspection } = options;
  const published = { schema: createSchema(options.schemaText), introspection };
  const surroundings: Surroundings = { engine, logger, version, now };
  const apollo = createApollo(published, logger);
  await apollo.start();
  const app = createApp(options);
  const connections = trackConnections(app);
  const sockets = serveSockets(app.server, published, surroundings, options);
  const streams = await addDataRoutes(app, options, (data) => {
    serveGraphql(data, apollo, surroundings);
    return serveStream(data, published, surroundings);
  });
  if (options.webhooks !== undefined) await receiveHooks(app, { engine, logger, now, ...options.webhooks });
  addHealthRoutes(app, options);
  await servePages(app, options.webRoot);
  return {
    listen: () =>
      app.listen({ host: options.host, port: options.port }).catch((error: unknown) => {
        throw listenErrorOf(error, options);
      }),
    close: async () => {
      streams.endAll();
      await sockets.close();
      const closed = app.close();
      connections.drain();
      await closed;
      await apollo.stop();
    },
  };
}

function createApp(options: HttpServerOptions): FastifyInstance {
  const app = fastify({
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: LONGEST_PARAM },
    http: { connectionsCheckingInterval: TIMEOUT_CHECK_MS, headersTimeout: HEADERS_TIMEOUT_MS },
  });
  app.decorateRequest('actor', '');
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers({ ...everywhere, 'x-request-id': request.id });
    const refused = refuseCaller(request.headers, options.allowedHosts);
    if (refused === undefined) return wantsPage(request) ? reply.redirect('/graphiql') : undefined;
    options.logger.warn('A request was refused', { code: refused.code, host: request.headers.host, url: request.url });
    return sendProblem(request, reply, refused);
  });
  app.setErrorHandler((error, request, reply) =>
    sendProblem(request, reply, problemOf(error, request, options.logger)),
  );
  app.setNotFoundHandler(notFound);
  return app;
}

/** Routes that read or change data: with a token, where tokens are asked for. */
async function addDataRoutes<T>(
  app: FastifyInstance,
  options: HttpServerOptions,
  addGraphql: (data: FastifyInstance) => T,
): Promise<T> {
  let added: T | undefined;
  await app.register(async (data) => {
    data.addHook('onRequest', async (request, reply) => {
      const caller = await authenticate(request.headers.authorization, options.verifyToken, options.localActor);
      if (!('actor' in caller)) return sendProblem(request, reply.header('www-authenticate', 'Bearer'), caller);
      request.actor = caller.actor;
      return undefined;
    });
    added = addGraphql(data);
    receiveSignals(data, options.engine);
    serveArtifacts(data, options.blobs);
  });
  if (added === undefined) throw new Error('the routes of GraphQL were not added');
  return added;
}

function addHealthRoutes(app: FastifyInstance, { engine, version }: HttpServerOptions): void {
  app.get('/healthz', () => ({ status: 'ok', version }));
  app.get('/readyz', (_request, reply) => {
    const isReady = engine.isReady();
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready' });
  });
  app.get('/schema/workflow.json', (_request, reply) =>
    reply
      .headers({ 'content-type': 'application/schema+json; charset=utf-8' })
      .send(JSON.stringify(documentJsonSchema())),
  );
}

function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(request, reply, {
    status: 404,
    code: 'NOT_FOUND',
    message: `There is nothing at ${request.method} ${request.url.slice(0, 200)}.`,
    hint: 'The API is at POST /graphql, the web page at /.',
  });
}
