import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { refuseCaller } from '../../src/http/callers.ts';
import { ask, post, type RunningServer, startServer } from './running-server.ts';

describe('the name under which the server is called', () => {
  it.each(['localhost', 'localhost:4000', 'LOCALHOST:4000', '127.0.0.1:4000', '[::1]:4000', '[::1]'])(
    '%s is its own',
    (host) => {
      expect(refuseCaller({ host }, [])).toBeUndefined();
    },
  );
  it.each([
    undefined,
    '',
    'example.org',
    'localhost.example.org',
    '127.0.0.1.nip.io',
    'localhost@example.org',
    'a b',
    '0.0.0.0:4000',
  ])('%s is refused', (host) => {
    expect(refuseCaller({ host }, [])).toMatchObject({ status: 403, code: 'FORBIDDEN_HOST' });
  });
  it('may be one that the operator allowed, with or without its port', () => {
    expect(refuseCaller({ host: 'downbeat.lab:4000' }, ['downbeat.lab'])).toBeUndefined();
    expect(refuseCaller({ host: 'downbeat.lab:4000' }, ['Downbeat.lab:4000'])).toBeUndefined();
    expect(refuseCaller({ host: 'downbeat.lab:4001' }, ['downbeat.lab:4000'])?.code).toBe('FORBIDDEN_HOST');
  });
});

describe('the page that calls', () => {
  const host = 'localhost:4000';
  it.each(['http://localhost:4000', 'https://localhost:4000', 'HTTP://LOCALHOST:4000'])('%s is our own', (origin) => {
    expect(refuseCaller({ host, origin }, [])).toBeUndefined();
  });
  it.each([
    'null',
    '',
    'http://localhost:5173',
    'http://localhost',
    'http://example.org',
    'http://localhost:4000.example.org',
    'http://localhost:4000@example.org',
    'file://localhost:4000',
  ])('%s is foreign', (origin) => {
    expect(refuseCaller({ host, origin }, [])).toMatchObject({ status: 403, code: 'FORBIDDEN_ORIGIN' });
  });
  it('may be one that the operator allowed', () => {
    expect(refuseCaller({ host, origin: 'http://localhost:5173' }, ['localhost:5173'])).toBeUndefined();
  });
});

describe('a server without tokens', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  it.each(['/', '/graphql', '/graphql/stream', '/healthz', '/artifacts/x', '/nothing'])(
    'refuses a foreign host and page at %s',
    async (path) => {
      const host = await ask(server, path, { headers: { host: 'example.org' } });
      expect([host.status, host.text]).toEqual([403, expect.stringContaining('FORBIDDEN_HOST')]);
      const origin = await ask(server, path, { headers: { origin: 'http://example.org' } });
      expect([origin.status, origin.text]).toEqual([403, expect.stringContaining('FORBIDDEN_ORIGIN')]);
      expect(server.logged).toContain('A request was refused');
    },
  );

  it('refuses a WebSocket of a foreign host or page, and one at a wrong address', async () => {
    expect(await refusedStatus(server, '/graphql', { origin: 'http://example.org' })).toBe(403);
    expect(await refusedStatus(server, '/graphql', { host: 'example.org' })).toBe(403);
    expect(await refusedStatus(server, '/elsewhere', {})).toBe(404);
  });

  it('sends headers that keep browsers from guessing, framing and telling', async () => {
    const { headers } = await ask(server, '/healthz');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    });
  });
});

describe('a server with tokens', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ verifyToken: async (token) => (token === 'secret' ? { actor: 'grace' } : undefined) });
  });
  afterAll(() => server.close());

  it.each(['', 'Bearer wrong', 'Basic secret', 'secret', `Bearer ${'x'.repeat(5_000)}`])(
    'refuses "%s" without saying why',
    async (authorization) => {
      const answer = await post(server, '/signals/ready', {}, authorization === '' ? {} : { authorization });
      expect([answer.status, answer.json]).toEqual([401, expect.objectContaining({ code: 'UNAUTHENTICATED' })]);
    },
  );

  it('takes no token from the address', async () => {
    expect((await post(server, '/graphql?token=secret', { query: '{ __typename }' })).status).toBe(401);
  });

  it.each(['/graphql/stream?query=%7B__typename%7D', `/artifacts/${'a'.repeat(64)}`])(
    'asks for it at %s',
    async (path) => {
      expect((await ask(server, path)).status).toBe(401);
    },
  );

  it('answers whoever has one', async () => {
    const answer = await post(server, '/graphql', { query: '{ __typename }' }, { authorization: 'Bearer secret' });
    expect(answer.json).toEqual({ data: { __typename: 'Query' } });
  });

  it('shows health and page without one', async () => {
    for (const path of ['/healthz', '/readyz', '/', '/graphiql'])
      expect((await ask(server, path)).status, path).toBe(200);
  });
});

function refusedStatus(
  server: RunningServer,
  path: string,
  headers: Record<string, string>,
): Promise<number | undefined> {
  const socket = new WebSocket(new URL(path, server.url.replace('http', 'ws')), 'graphql-transport-ws', { headers });
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => {
      response.destroy();
      resolve(response.statusCode);
    });
    socket.on('open', () => {
      reject(new Error('the socket was opened'));
    });
    socket.on('error', () => undefined);
  });
}
