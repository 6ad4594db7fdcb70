// A server that others can reach: who is let in over HTTP, WebSocket and SSE, and how tokens are made and taken back meanwhile.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { downbeat } from '../support/downbeat.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const HELLO = 'id: hello\nsteps:\n  - { id: greet, run: "echo hi" }\n';
let folder = '';
let server: TestServer;
let ada = '';

async function createToken(name: string): Promise<string> {
  const { code, stdout } = await downbeat(['token', 'create', '--name', name], { folder });
  expect(code).toBe(0);
  return stdout.trim();
}

/** A request to the server; an empty token sends none. */
function send(path: string, token: string, body?: object): Promise<Response> {
  return fetch(new URL(path, server.url), {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Opens a socket, says hello with the token, and answers it with the first thing that came of it: a message or a close code. */
async function openSocket(token: string): Promise<{ readonly socket: WebSocket; readonly first: string | number }> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const first = new Promise<string | number>((resolve) => {
    socket.once('message', (data: Buffer) => {
      resolve(data.toString());
    });
    socket.once('close', (code) => {
      resolve(code);
    });
  });
  const payload = token === '' ? {} : { authorization: `Bearer ${token}` };
  socket.send(JSON.stringify({ type: 'connection_init', payload }));
  return { socket, first: await first };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'downbeat-tokens-'));
  ada = await createToken('ada');
  server = await startTestServer({
    env: { DOWNBEAT_HOST: '0.0.0.0', DOWNBEAT_DATA_DIR: join(folder, '.downbeat') },
  });
});
afterAll(async () => {
  expect(await server.stop()).toBe(0);
  rmSync(folder, { recursive: true, force: true });
});

describe('whoever has no token', () => {
  const asks: readonly (readonly [string, object | undefined])[] = [
    ['/graphql', { query: '{ __typename }' }],
    ['/graphql/stream', { query: '{ __typename }' }],
    ['/signals/measurements.ready', {}],
    [`/artifacts/${'a'.repeat(64)}`, undefined],
  ];
  test.each(asks)('is refused at %s, and one with a wrong token too', async (path, body) => {
    for (const token of ['', 'dbt_wrong', 'x'.repeat(4_000)]) {
      const answer = await send(path, token, body);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(await answer.text()).toContain('"code":"UNAUTHENTICATED"');
    }
  });

  test('is refused at a WebSocket with 4401', async () => {
    expect((await openSocket('')).first).toBe(4401);
    expect((await openSocket('dbt_wrong')).first).toBe(4401);
  });

  test('sees whether the server is well, and the page', async () => {
    for (const path of ['/healthz', '/']) expect((await send(path, '')).status, path).toBe(200);
    await expect.poll(async () => (await send('/readyz', '')).status).toBe(200);
  });

  test('is told by the command line what to do', async () => {
    const refused = await downbeat(['runs'], { folder, env: { DOWNBEAT_URL: server.url } });
    expect(refused).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'error: This needs a valid token.\n' +
        'help: Give one in DOWNBEAT_TOKEN (or --token). Where the server runs, `downbeat token create` makes one.\n',
    });
  });
});

describe('whoever has one', () => {
  test('acts under its name, by GraphQL, by a signal, and on the command line', async () => {
    const apply = { query: 'mutation($s: String!) { applyWorkflow(input: {source: $s}) { errors { message } } }' };
    expect((await send('/graphql', ada, { ...apply, variables: { s: HELLO } })).status).toBe(200);

    const signal = await send('/signals/measurements.ready', ada, { rows: 1 });
    expect([signal.status, await signal.json()]).toMatchObject([200, { signal: { publishedBy: 'ada' } }]);

    const env = { DOWNBEAT_URL: server.url, DOWNBEAT_TOKEN: ada };
    const watched = await downbeat(['run', 'hello', '--watch'], { folder, env });
    expect(watched).toMatchObject({ code: 0, stdout: expect.stringContaining('hello/1') as string });

    const run = await send('/graphql', ada, { query: '{ run(id: "hello/1") { cause { actor } } }' });
    expect(await run.json()).toEqual({ data: { run: { cause: { actor: 'ada' } } } });
  });

  test('reads a stream by SSE and by WebSocket', async () => {
    const sse = await send('/graphql/stream', ada, { query: '{ server { version } }' });
    expect([sse.status, await sse.text()]).toEqual([200, expect.stringContaining('event: next\ndata: {"data"')]);
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${ada}` },
      retryAttempts: 0,
    });
    const results: unknown[] = [];
    for await (const result of client.iterate({ query: '{ __typename }' })) results.push(result);
    expect(results).toEqual([{ data: { __typename: 'Query' } }]);
    await client.dispose();
  });
});

test('a token that is made while the server runs counts at once; taken back, it opens nothing and ends its sockets', async () => {
  const grace = await createToken('grace');
  expect((await send('/graphql', grace, { query: '{ __typename }' })).status).toBe(200);
  const { socket, first } = await openSocket(grace);
  expect(first).toContain('connection_ack');
  const closed = new Promise((resolve) => socket.once('close', resolve));

  expect(await downbeat(['token', 'remove', 'grace'], { folder })).toMatchObject({ code: 0 });
  expect((await send('/graphql', grace, { query: '{ __typename }' })).status).toBe(401);
  expect((await send('/graphql', ada, { query: '{ __typename }' })).status).toBe(200);
  expect(await closed).toBe(4403);
});

test('on loopback a tokens file that is named is asked for as well', async () => {
  const local = await startTestServer({ env: { DOWNBEAT_TOKENS_FILE: join(folder, '.downbeat', 'tokens.json') } });
  const ask = (headers: Record<string, string>): Promise<Response> =>
    fetch(`${local.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"query":"{ __typename }"}',
    });
  expect((await ask({})).status).toBe(401);
  expect((await ask({ authorization: `Bearer ${ada}` })).status).toBe(200);
  expect(await local.stop()).toBe(0);
});
