import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type RunChange } from '../../src/engine/engine.ts';
import { UnavailableError } from '../../src/engine/unavailable-error.ts';
import { runEntity } from '../../src/core/ids.ts';
import { cursor, engineOfOneWorkflow, run, view } from './engine-of-one-workflow.ts';
import { type RunningServer, startServer } from './running-server.ts';

const WATCH = `subscription ($after: ChangeCursor) {
  runChanges(runId: "penguins/12", after: $after) {
    kind cursor at run { id status } steps { id status } events { type stepId text cursor }
  }
}`;

const started: RunChange = {
  kind: 'COMMIT',
  cursor: [{ partition: 3, n: 18, i: 2 }],
  at: 6_000,
  run: view,
  events: [
    {
      entity: runEntity(run),
      version: 5,
      event: { type: 'AttemptStarted', step: 1, attempt: 1, token: 't', host: 'h' },
    },
  ],
};

describe('a watch over WebSocket', () => {
  let server: RunningServer;
  let returned = 0;
  beforeAll(async () => {
    const engine = engineOfOneWorkflow({
      watchRun: async function* (_place, after) {
        try {
          if (after === undefined) yield { kind: 'SNAPSHOT', cursor, at: 5_000, run: view, events: [] };
          yield started;
          if (after?.[0]?.n === 666) throw new UnavailableError('CURSOR_EXPIRED', 'The cursor is too old.');
          if (after?.[0]?.n === 999) await new Promise(() => undefined);
        } finally {
          returned++;
        }
      },
    });
    server = await startServer({ engine });
  });
  afterAll(() => server.close());

  it('begins with a SNAPSHOT of all steps, shows each commit whole, and completes', async () => {
    expect(await watch(server, {})).toEqual([
      {
        data: {
          runChanges: {
            kind: 'SNAPSHOT',
            cursor: '3:17.0',
            at: '1970-01-01T00:00:05.000Z',
            run: { id: 'run:penguins/12', status: 'RUNNING' },
            steps: [
              { id: 'step:penguins/12/clean', status: 'SUCCEEDED' },
              { id: 'step:penguins/12/train', status: 'NOT_CREATED' },
            ],
            events: [],
          },
        },
      },
      {
        data: {
          runChanges: {
            kind: 'COMMIT',
            cursor: '3:18.2',
            at: '1970-01-01T00:00:06.000Z',
            run: { id: 'run:penguins/12', status: 'RUNNING' },
            steps: [{ id: 'step:penguins/12/train', status: 'NOT_CREATED' }],
            events: [{ type: 'AttemptStarted', stepId: 'train', text: 'train started, attempt 1.', cursor: '3:18.2' }],
          },
        },
      },
    ]);
  });

  it('goes on behind a cursor, and refuses a page cursor as one', async () => {
    expect(await watch(server, { after: '3:17.0' })).toHaveLength(1);
    const message = expect.stringContaining('This is a page cursor') as string;
    expect(await watch(server, { after: 'page.abc' })).toMatchObject([
      { errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] },
    ]);
  });

  it('says what ended it, with a code', async () => {
    await expect(watch(server, { after: '3:666.0' })).rejects.toMatchObject([
      { message: 'The cursor is too old.', extensions: { code: 'CURSOR_EXPIRED', retryable: false } },
    ]);
  });

  it('lets go of the engine when the client goes', async () => {
    const before = returned;
    const client = clientOf(server);
    const iterator = client.iterate({ query: WATCH, variables: { after: '3:1.0' } });
    await iterator.next();
    await client.dispose();
    await expect.poll(() => returned).toBe(before + 1);
  });
});

describe('the protocol', () => {
  let server: RunningServer;
  beforeAll(async () => {
    const engine = engineOfOneWorkflow({
      watchRun: async function* () {
        await new Promise(() => undefined);
        yield started;
      },
    });
    server = await startServer({
      engine,
      verifyToken: async (token) => (token === 'secret' ? { actor: 'grace' } : undefined),
    });
  });
  afterAll(() => server.close());

  it('closes a socket that says nothing for three seconds with 4408', async () => {
    expect(await closed(open(server))).toBe(4408);
  });

  it('closes a socket without a valid token with 4401', async () => {
    const socket = open(server);
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: 'Bearer x' } }));
    });
    expect(await closed(socket)).toBe(4401);
  });

  it('closes with 4409 for an id that is taken, and with 4429 for the 101st subscription', async () => {
    const same = await ready(server);
    for (let count = 0; count < 2; count++) subscribe(same, 'one');
    expect(await closed(same)).toBe(4409);
    const many = await ready(server);
    for (let count = 0; count <= 100; count++) subscribe(many, String(count));
    expect(await closed(many)).toBe(4429);
  });

  it('closes with 4429 for a flood of messages, and with 1009 for one over 1 MB', async () => {
    const flood = await ready(server);
    for (let count = 0; count < 2_500; count++) flood.send('{"type":"ping"}');
    expect(await closed(flood)).toBe(4429);
    const large = await ready(server);
    large.send('x'.repeat(1_100_000));
    expect(await closed(large)).toBe(1009);
  });

  it('closes with 1001 when the server stops', async () => {
    const other = await startServer();
    const socket = open(other);
    await new Promise((resolve) => socket.once('open', resolve));
    const code = closed(socket);
    await other.close();
    expect(await code).toBe(1001);
  });
});

function clientOf(server: RunningServer): Client {
  return createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
}

async function watch(server: RunningServer, variables: Record<string, unknown>): Promise<unknown[]> {
  const client = clientOf(server);
  const results: unknown[] = [];
  try {
    for await (const result of client.iterate({ query: WATCH, variables })) results.push(result);
    return results;
  } finally {
    await client.dispose();
  }
}

function open(server: RunningServer): WebSocket {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  socket.on('error', () => undefined);
  return socket;
}

async function ready(server: RunningServer): Promise<WebSocket> {
  const socket = open(server);
  await new Promise((resolve) => socket.once('open', resolve));
  const acknowledged = new Promise((resolve) => socket.once('message', resolve));
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: 'Bearer secret' } }));
  await acknowledged;
  return socket;
}

function subscribe(socket: WebSocket, id: string): void {
  const payload = { query: 'subscription { runChanges(runId: "penguins/12") { kind } }' };
  socket.send(JSON.stringify({ id, type: 'subscribe', payload }));
}

function closed(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => socket.once('close', resolve));
}
