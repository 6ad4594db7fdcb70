// The connections of the server, so that it can stop soon: those that answer a request may end it, the others are closed at
// once. Node alone would wait for a browser that connected ahead and never asked.

import { type Server } from 'node:http';
import { type Socket } from 'node:net';
import { type FastifyInstance } from 'fastify';

const PATIENCE_MS = 5_000;

/** The open connections of a server. */
export interface Connections {
  /** Closes what is idle now, and after some seconds what still is not. Call it with the server's own close. */
  drain(): void;
}

/** Follows the connections of a server that does not listen yet. */
export function trackConnections(app: FastifyInstance): Connections {
  const server: Server = app.server;
  const open = new Set<Socket>();
  const requests = new WeakMap<Socket, number>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    requests.set(socket, (requests.get(socket) ?? 0) + 1);
    response.once('close', () => requests.set(socket, (requests.get(socket) ?? 1) - 1));
  });
  return {
    drain: () => {
      for (const socket of open) {
        if ((requests.get(socket) ?? 0) === 0) socket.destroy();
      }
      const timer = setTimeout(() => {
        for (const socket of open) socket.destroy();
      }, PATIENCE_MS);
      timer.unref();
      server.once('close', () => {
        clearTimeout(timer);
      });
    },
  };
}
