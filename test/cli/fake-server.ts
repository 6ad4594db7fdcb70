// A server that speaks GraphQL over HTTP and WebSocket by schema.graphql, with answers written in the test.

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
// Vitest would load a second copy of graphql under its bare name, which the schema of the first does not fit.
import { buildSchema, GraphQLError, type GraphQLSchema } from 'graphql/index.js';
import { createHandler } from 'graphql-http/lib/use/http';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

export const schema: GraphQLSchema = buildSchema(
  readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'),
);

/** Answers of the roots by field; for a subscription the items with what happens between them. */
export type Answers = Readonly<Record<string, (args: never) => unknown>>;

export interface FakeServer {
  readonly url: string;
  /** What the HTTP requests said, in order. */
  readonly requests: readonly Request[];
  /** What the sockets said when they opened. */
  readonly connectionParams: readonly unknown[];
  /** Breaks all sockets without a word. */
  cut(): void;
  close(): Promise<void>;
}

interface Request {
  readonly authorization: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

export async function startFakeServer(answers: Answers, port = 0): Promise<FakeServer> {
  const requests: Request[] = [];
  const connectionParams: unknown[] = [];
  const handler = createHandler({
    schema,
    rootValue: answers,
    onSubscribe: (request, { variables }) => {
      requests.push({ authorization: request.raw.headers.authorization, variables: variables ?? {} });
    },
  });
  const http = createServer((request, response) => void handler(request, response));
  const sockets = new WebSocketServer({ server: http, path: '/graphql' });
  const live = useServer(
    {
      schema,
      roots: { query: answers, subscription: answers },
      onConnect: (context) => {
        connectionParams.push(context.connectionParams);
      },
    },
    sockets,
  );
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of sockets.clients) socket.terminate();
  };
  return {
    url: `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`,
    requests,
    connectionParams,
    cut,
    close: async () => {
      await live.dispose();
      cut();
      await closed(http);
    },
  };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

/** A top-level error as the server gives it. */
export function fault(code: string, extensions: Readonly<Record<string, unknown>> = {}): GraphQLError {
  return new GraphQLError(`It is ${code}.`, { extensions: { code, ...extensions } });
}
