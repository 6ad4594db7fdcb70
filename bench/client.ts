// A client that costs little: GraphQL by node:http over connections that stay open, and one WebSocket for what is pushed.

import { Agent, request } from 'node:http';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** A client of the server under measurement. */
export interface BenchClient {
  /** One operation; fails if it has top-level errors. */
  ask<T>(query: string, variables?: object): Promise<T>;
  /** Hands each answer of a subscription to the listener, until the function that it returns is called. */
  watch<T>(query: string, variables: object, listener: Listener<T>): () => void;
  close(): Promise<void>;
}

/** Takes what a subscription brings. */
export interface Listener<T> {
  readonly take: (answer: T) => void;
  readonly fail: (error: Error) => void;
}

const REQUEST_MS = 30_000;

/** Connects with this many connections for operations; more operations than that wait their turn here. */
export function connectClient(url: string, connections: number): BenchClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, noDelay: true });
  let socket: Client | undefined;
  return {
    ask: async <T>(query: string, variables: object = {}) => {
      const { data, errors } = JSON.parse(await post(url, agent, JSON.stringify({ query, variables }))) as Answer<T>;
      if (data === undefined || errors !== undefined) throw new Error(`The server refused: ${JSON.stringify(errors)}`);
      return data;
    },
    watch: <T>(query: string, variables: object, { take, fail }: Listener<T>) => {
      socket ??= createClient({
        url: `${url.replace(/^http/, 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        lazy: false,
        retryAttempts: 0,
      });
      return socket.subscribe<T>(
        { query, variables: { ...variables } },
        {
          next: ({ data, errors }) => {
            if (data !== undefined && data !== null) take(data);
            else fail(new Error(`The subscription brought errors: ${JSON.stringify(errors)}`));
          },
          error: (error) => {
            fail(new Error('The subscription ended.', { cause: error }));
          },
          complete: () => undefined,
        },
      );
    },
    close: async () => {
      await socket?.dispose();
      agent.destroy();
    },
  };
}

interface Answer<T> {
  readonly data?: T;
  readonly errors?: unknown;
}

function post(url: string, agent: Agent, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(`${url}/graphql`, { method: 'POST', agent, headers, timeout: REQUEST_MS }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('error', reject);
      response.once('end', () => {
        resolve(Buffer.concat(parts).toString('utf8'));
      });
    });
    sent.once('error', reject);
    sent.once('timeout', () => sent.destroy(new Error('The server did not answer within 30 s.')));
    sent.end(body);
  });
}
