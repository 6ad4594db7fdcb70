// The connection as a value that components follow.

import { useSyncExternalStore } from 'react';
import { connection, type Connection, onConnection } from './connection.ts';

/** How the page stands to the server. */
export function useConnection(): Connection {
  return useSyncExternalStore(onConnection, connection);
}
