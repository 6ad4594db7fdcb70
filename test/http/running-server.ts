// A server on a free port for one test file, and a client for it.

import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { createHttpServer, type HttpServer } from '../../src/http/create-http-server.ts';
import { type HttpServerOptions } from '../../src/http/options.ts';
import { engineOfOneWorkflow } from './engine-of-one-workflow.ts';

/** A server that takes requests. */
export interface RunningServer extends HttpServer {
  readonly url: string;
  /** What it logged. */
  readonly logged: readonly string[];
}

/** An answer over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: unknown;
}

/** Starts a server with the fake engine, or with what the test gives. */
export async function startServer(changed: Partial<HttpServerOptions> = {}): Promise<RunningServer> {
  const logged: string[] = [];
  const server = await createHttpServer({
    engine: engineOfOneWorkflow(),
    blobs: createMemoryBlobs(),
    logger: {
      info: (fact) => logged.push(fact),
      warn: (fact) => logged.push(fact),
      error: (fact, error) => logged.push(`${fact}: ${String(error)}`),
    },
    schemaText: await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'),
    host: '127.0.0.1',
    port: 0,
    allowedHosts: [],
    localActor: 'ada',
    introspection: true,
    version: '0.1.0',
    now: () => 9_000,
    ...changed,
  });
  return { ...server, logged, url: await server.listen() };
}

/** Sends a request with exactly these headers: `fetch` would not let a test set Host or Origin. */
export function ask(
  server: RunningServer,
  path: string,
  options: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, server.url), {
      method: options.method ?? 'GET',
      headers: options.headers ?? {},
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parsed(text) });
      });
    });
    sent.end(options.body);
  });
}

/** Sends JSON. */
export function post(
  server: RunningServer,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return ask(server, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** The result of a GraphQL operation. */
export interface Result {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
}

/** Sends a GraphQL operation. */
export async function query(
  server: RunningServer,
  text: string,
  variables: unknown = {},
): Promise<Result & { readonly status: number }> {
  const { status, json } = await post(server, '/graphql', { query: text, variables });
  return { status, ...(json as Result) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
