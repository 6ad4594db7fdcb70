// One WebSocket as graphql-ws wants it: bounded in what it sends, receives and keeps open.
// Invariants: a message is sent only once the one before of the same subscription is with the network; a client that does not
// read is closed with 1013 at 1 MB, one that does not answer a ping is ended, one that floods is closed with 4429.

import { type WebSocket as Protocol } from 'graphql-ws';
import { type RawData, type WebSocket } from 'ws';
import { type Logger } from '../ports/logger.ts';

const MOST_BUFFERED = 1024 * 1024;
const MOST_MESSAGES_A_SECOND = 1_000;
const PING_MS = 12_000;

/** Reasons why we close a socket beyond those of the protocol. */
export const CLOSE = {
  tryAgainLater: 1013,
  goingAway: 1001,
  unauthenticated: 4401,
  forbidden: 4403,
  tooMany: 4429,
  internal: 4500,
} as const;

/** What graphql-ws speaks through. */
export function protocolOf(socket: WebSocket, logger: Logger): Protocol {
  const allowMessage = atMostEverySecond(MOST_MESSAGES_A_SECOND);
  return {
    protocol: socket.protocol,
    send: (text) => send(socket, text),
    close: (code, reason) => {
      socket.close(code, reason);
    },
    onMessage: (take) => {
      socket.on('message', (data) => {
        if (!allowMessage()) {
          socket.close(CLOSE.tooMany, `More than ${String(MOST_MESSAGES_A_SECOND)} messages a second`);
          return;
        }
        take(textOf(data)).catch((error: unknown) => {
          logger.error('A WebSocket message could not be handled', error);
          socket.close(CLOSE.internal, 'Something failed on our side');
        });
      });
    },
  };
}

/** Pings as long as the socket is open, and ends it when a pong is missing. */
export function keepAlive(socket: WebSocket): void {
  let isAnswered = true;
  socket.on('pong', () => {
    isAnswered = true;
  });
  const timer = setInterval(() => {
    if (!isAnswered) {
      socket.terminate();
      return;
    }
    isAnswered = false;
    socket.ping();
  }, PING_MS);
  socket.once('close', () => {
    clearInterval(timer);
  });
}

async function send(socket: WebSocket, text: string): Promise<void> {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > MOST_BUFFERED) {
    socket.close(CLOSE.tryAgainLater, 'Too slow: subscribe again behind the last cursor');
    return;
  }
  await new Promise<void>((resolve) => {
    // A failed write is followed by `close`, which ends everything of this socket.
    socket.send(text, () => {
      resolve();
    });
  });
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}

function atMostEverySecond(most: number): () => boolean {
  let second = 0;
  let count = 0;
  return () => {
    const now = Math.floor(performance.now() / 1_000);
    count = now === second ? count + 1 : 1;
    second = now;
    return count <= most;
  };
}
