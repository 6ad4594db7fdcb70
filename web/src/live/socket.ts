// The page's one WebSocket, opened with the first watch and closed some seconds after the last. It never reconnects by
// itself: a watch resumes behind its own cursor, and a repeated subscription would begin at the old one.

import { type Client, createClient } from 'graphql-ws';
import { tokenOf } from '../api/token.ts';
import { sayHeard } from './connection.ts';

const PING_EVERY_MS = 10_000;
const PONG_WITHIN_MS = 8_000;
const CLOSE_AFTER_MS = 5_000;

function connect(): Client {
  let silence: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: `${window.location.origin.replace(/^http/u, 'ws')}/graphql`,
    retryAttempts: 0,
    lazyCloseTimeout: CLOSE_AFTER_MS,
    keepAlive: PING_EVERY_MS,
    connectionParams: () => {
      const token = tokenOf();
      return token === undefined ? {} : { authorization: `Bearer ${token}` };
    },
    // A close is told to every watch that it breaks; here it only must not be reported as unhandled.
    onNonLazyError: () => undefined,
    on: {
      connected: sayHeard,
      ping: (isReceived) => {
        if (isReceived) return;
        silence = setTimeout(() => {
          client.terminate();
        }, PONG_WITHIN_MS);
      },
      pong: (isReceived) => {
        if (isReceived) clearTimeout(silence);
      },
      closed: () => {
        clearTimeout(silence);
      },
    },
  });
  return client;
}

/** The page's socket client. */
export const socket: Client = connect();
