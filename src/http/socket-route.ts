// `/graphql` over WebSocket: graphql-transport-ws, with the callers, limits and errors of HTTP.

import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server } from 'node:http';
import { type Duplex } from 'node:stream';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type Context as SocketContext, handleProtocols, makeServer, type ServerOptions } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { createContext, type Context, type Surroundings } from '../graphql/context.ts';
import { formatError } from '../graphql/errors/format-error.ts';
import { prepareOperation, type Published } from '../graphql/limits/prepare-operation.ts';
import { authenticate, refuseCaller } from './callers.ts';
import { type HttpServerOptions } from './options.ts';
import { type Problem } from './problem.ts';
import { CLOSE, keepAlive, protocolOf } from './socket.ts';

const LARGEST_MESSAGE = 1024 * 1024;
const MOST_SUBSCRIPTIONS = 100;
const INIT_WAIT_MS = 3_000;
const CLOSE_WAIT_MS = 1_000;

interface Extra {
  readonly socket: WebSocket;
  actor: string;
}
type Socket = SocketContext<Record<string, unknown>, Extra>;

/** The open sockets, so that a server that stops can end them. */
export interface OpenSockets {
  close(): Promise<void>;
}

/** Takes over upgrades of `/graphql` on the server. */
export function serveSockets(
  server: Server,
  published: Published,
  surroundings: Surroundings,
  options: HttpServerOptions,
): OpenSockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE, handleProtocols });
  const graphql = makeServer(serverOptions(published, surroundings, options));
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const refused = refuseUpgrade(request, options.allowedHosts);
    if (refused !== undefined) {
      options.logger.warn('A WebSocket was refused', { code: refused.code, host: request.headers.host });
      rejectUpgrade(stream, refused);
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      opened(socket, graphql, options);
    });
  });
  return { close: () => closeAll(sockets) };
}

function opened(
  socket: WebSocket,
  graphql: ReturnType<typeof makeServer<Record<string, unknown>, Extra>>,
  options: HttpServerOptions,
): void {
  const extra: Extra = { socket, actor: options.localActor };
  socket.on('error', (error) => {
    options.logger.warn('A WebSocket failed', { message: error.message });
  });
  const closed = graphql.opened(protocolOf(socket, options.logger), extra);
  socket.once('close', (code, reason) => {
    closed(code, reason.toString()).catch((error: unknown) => {
      options.logger.error('A closed WebSocket could not be tidied up', error);
    });
  });
  keepAlive(socket);
}

function serverOptions(
  published: Published,
  surroundings: Surroundings,
  options: HttpServerOptions,
): ServerOptions<Record<string, unknown>, Extra> {
  const scene = (): Context => createContext(surroundings, options.localActor, randomUUID());
  return {
    connectionInitWaitTimeout: INIT_WAIT_MS,
    onConnect: async ({ connectionParams, extra }) => {
      const caller = await authenticate(connectionParams?.['authorization'], options.verifyToken, options.localActor);
      if ('actor' in caller) {
        extra.actor = caller.actor;
        watchToken(extra.socket, connectionParams?.['authorization'], options);
        return true;
      }
      extra.socket.close(CLOSE.unauthenticated, caller.message);
      return false;
    },
    onSubscribe: (socket, _id, payload) => {
      if (isFull(socket))
        return [new GraphQLError('Too many subscriptions on one socket.', { extensions: { code: 'TOO_MANY' } })];
      const prepared = prepareOperation(published, payload);
      if ('errors' in prepared) return prepared.errors;
      return { ...prepared.args, contextValue: createContext(surroundings, socket.extra.actor, randomUUID()) };
    },
    onNext: (...[, , , args, { errors, data }]) => {
      if (errors === undefined) return undefined;
      return { errors: formatted(errors, args.contextValue as Context), ...(data === undefined ? {} : { data }) };
    },
    onError: (_socket, _id, _payload, errors) => formatted(errors, scene()),
  };
}

function formatted(errors: readonly GraphQLError[], context: Context): readonly GraphQLFormattedError[] {
  return errors.map((error) => formatError(error, context));
}

/** The subscription that is asked for is already among them. */
function isFull({ subscriptions, extra }: Socket): boolean {
  if (Object.keys(subscriptions).length <= MOST_SUBSCRIPTIONS) return false;
  extra.socket.close(CLOSE.tooMany, `More than ${String(MOST_SUBSCRIPTIONS)} subscriptions`);
  return true;
}

/** A token that is revoked ends the socket it opened, with the next ping. */
function watchToken(socket: WebSocket, authorization: unknown, options: HttpServerOptions): void {
  if (options.verifyToken === undefined) return;
  socket.on('pong', () => {
    authenticate(authorization, options.verifyToken, options.localActor).then(
      (caller) => {
        if (!('actor' in caller)) socket.close(CLOSE.forbidden, 'The token is no longer valid');
      },
      (error: unknown) => {
        options.logger.error('A token could not be checked again', error);
      },
    );
  });
}

function refuseUpgrade(request: IncomingMessage, allowedHosts: readonly string[]): Problem | undefined {
  const { host, origin } = request.headers;
  const refused = refuseCaller({ host, origin }, allowedHosts);
  if (refused !== undefined) return refused;
  if (/^\/graphql(?:$|\?)/.test(request.url ?? '')) return undefined;
  return { status: 404, code: 'NOT_FOUND', message: 'There is no WebSocket here.', hint: 'Connect to /graphql.' };
}

function rejectUpgrade(stream: Duplex, { status, code, message, hint }: Problem): void {
  const body = JSON.stringify({ code, message, hint });
  const lines = [
    `HTTP/1.1 ${String(status)} ${status === 404 ? 'Not Found' : 'Forbidden'}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${String(Buffer.byteLength(body))}`,
  ];
  stream.on('error', () => stream.destroy());
  stream.end(`${lines.join('\r\n')}\r\n\r\n${body}`, () => stream.destroy());
}

/** Says goodbye to everyone, and does not wait long for those who do not answer. */
async function closeAll(sockets: WebSocketServer): Promise<void> {
  const open = [...sockets.clients];
  const gone = Promise.all(open.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
  for (const socket of open) socket.close(CLOSE.goingAway, 'The server stops');
  const timer = setTimeout(() => {
    for (const socket of open) socket.terminate();
  }, CLOSE_WAIT_MS);
  await gone;
  clearTimeout(timer);
  await new Promise((resolve) => {
    sockets.close(resolve);
  });
}
