// One subscription over one WebSocket: its results in order until it ends, breaks or is no longer wanted.
// A connection that went silent is noticed by pings. Mending is not done here.

import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type Endpoint } from '../server/endpoint.ts';
import { faultOf, isRecord, type ServerFault } from '../server/server-fault.ts';

/** What comes out of a stream, one at a time; everything but `data` is its last word. */
export type StreamWord =
  | { readonly kind: 'data'; readonly data: Readonly<Record<string, unknown>> }
  | { readonly kind: 'complete' }
  | { readonly kind: 'fault'; readonly fault: ServerFault }
  | { readonly kind: 'lost'; readonly why: string };

const CONNECT_WITHIN_MS = 10_000;
const PING_EVERY_MS = 10_000;
const PONG_WITHIN_MS = 10_000;

/** Opens the stream; it is closed when the caller stops reading or the signal says so. */
export async function* openStream(
  endpoint: Endpoint,
  request: { readonly query: string; readonly variables: Record<string, unknown> },
  signal: AbortSignal,
): AsyncGenerator<StreamWord, void, undefined> {
  const words: StreamWord[] = [];
  let wake: () => void = () => undefined;
  const say = (word: StreamWord): void => {
    words.push(word);
    wake();
  };
  const client = socketClient(endpoint);
  const unsubscribe = client.subscribe(request, {
    next: (result) => {
      say(wordOf(result));
    },
    complete: () => {
      say({ kind: 'complete' });
    },
    error: (error) => {
      say(lastWord(error));
    },
  });
  const stop = (): void => {
    say({ kind: 'complete' });
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    while (!signal.aborted) {
      const word = words.shift();
      if (word === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      yield word;
      if (word.kind !== 'data') return;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    unsubscribe();
    client.terminate();
  }
}

/** A socket that gives up on a silent host, and whose last error nobody has to hear when it is closed while it still connects. */
class PatientSocket extends WebSocket {
  constructor(address: string, protocol: string) {
    super(address, protocol, { handshakeTimeout: CONNECT_WITHIN_MS });
    this.on('error', () => undefined);
  }
}

function socketClient(endpoint: Endpoint): ReturnType<typeof createClient> {
  let silence: NodeJS.Timeout | undefined;
  const client = createClient({
    url: `${endpoint.url.replace(/^http/u, 'ws')}/graphql`,
    webSocketImpl: PatientSocket,
    retryAttempts: 0,
    keepAlive: PING_EVERY_MS,
    ...(endpoint.token === undefined
      ? {}
      : { connectionParams: { authorization: `Bearer ${endpoint.token.reveal()}` } }),
    on: {
      ping: (received) => {
        if (received) return;
        silence = setTimeout(() => {
          client.terminate();
        }, PONG_WITHIN_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(silence);
      },
      closed: () => {
        clearTimeout(silence);
      },
    },
  });
  return client;
}

function wordOf(result: {
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors?: unknown;
}): StreamWord {
  const fault = faultOf(result.errors);
  if (fault !== undefined) return { kind: 'fault', fault };
  return isRecord(result.data) ? { kind: 'data', data: result.data } : { kind: 'lost', why: 'an answer without data' };
}

/** Codes 4400 to 4498 are refusals that a repeat would meet again, except those that say "too slow" or "too many". */
function lastWord(error: unknown): StreamWord {
  const fault = faultOf(error);
  if (fault !== undefined) return { kind: 'fault', fault };
  if (!isRecord(error)) return { kind: 'lost', why: String(error) };
  const { code, reason, message } = error;
  if (typeof code === 'number' && REFUSALS.has(code)) {
    const text = typeof reason === 'string' && reason !== '' ? reason : 'The server refused the connection.';
    const name = code === 4401 ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    return { kind: 'fault', fault: faultOf([{ message: text, extensions: { code: name } }]) ?? NO_FAULT };
  }
  return { kind: 'lost', why: typeof message === 'string' && message !== '' ? message : 'the connection broke' };
}

const REFUSALS: ReadonlySet<number> = new Set([4400, 4401, 4403, 4406]);
const NO_FAULT: ServerFault = {
  code: 'FORBIDDEN',
  message: 'The server refused the connection.',
  retryable: false,
  retryAfterMs: undefined,
  ownerAddress: undefined,
  requestId: undefined,
  hint: undefined,
};
