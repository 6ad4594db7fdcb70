// Clients that ask for much and read nothing: what is held for them is bounded, and others notice nothing.

import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type RunChange } from '../../src/engine/engine.ts';
import { cursor, engineOfOneWorkflow, view } from './engine-of-one-workflow.ts';
import { post, query, type RunningServer, startServer } from './running-server.ts';

const FLOOD = 'subscription { runChanges(runId: "penguins/12") { kind run { params } } }';
/** Of one change on the way: what the system keeps in its own buffers is some megabytes, this is far more. */
const TEXT = 'x'.repeat(100_000);
/** What is read ahead for one subscription, and what was on its way before the system's buffers were full. */
const MOST_CHANGES = 1_000 + 100;

/** The server waits five seconds for a client to read something. */
const PATIENCE_MS = 25_000;
const limits = { timeout: PATIENCE_MS + 5_000 };

let server: RunningServer;
let given = 0;
let released = 0;
beforeAll(async () => {
  const heavy = { ...view, state: { ...view.state, params: [{ name: 'text', type: 'string' as const, value: TEXT }] } };
  const engine = engineOfOneWorkflow({
    watchRun: async function* () {
      try {
        for (let at = 0; ; at++) {
          const change: RunChange = { kind: 'COMMIT', cursor, at, run: heavy, events: [] };
          given++;
          yield change;
          await new Promise((resolve) => setImmediate(resolve));
        }
      } finally {
        released++;
      }
    },
  });
  server = await startServer({ engine });
});
afterAll(() => server.close());

beforeEach(() => {
  given = 0;
  released = 0;
});

it('lets go of the sources of a WebSocket that reads nothing, and keeps answering others', limits, async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await new Promise((resolve) => socket.once('open', resolve));
  const acknowledged = new Promise((resolve) => socket.once('message', resolve));
  socket.send('{"type":"connection_init"}');
  await acknowledged;
  socket.pause();
  for (let id = 0; id < 5; id++) {
    socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload: { query: FLOOD } }));
  }

  await expect.poll(() => released, { timeout: PATIENCE_MS }).toBe(5);
  expect(given).toBeLessThan(5 * MOST_CHANGES);
  expect((await query(server, '{ __typename }')).data).toEqual({ __typename: 'Query' });
  socket.terminate();
});

it('lets go of the source of a stream of events that nobody reads, and keeps answering others', limits, async () => {
  const client = await requestThatReadsNothing(FLOOD);

  await expect.poll(() => released, { timeout: PATIENCE_MS }).toBe(1);
  expect(given).toBeLessThan(MOST_CHANGES);
  expect((await post(server, '/graphql', { query: '{ __typename }' })).status).toBe(200);
  client.destroy();
});

async function requestThatReadsNothing(text: string): Promise<Socket> {
  const body = JSON.stringify({ query: text });
  const client = connect(Number(new URL(server.url).port), '127.0.0.1');
  client.on('error', () => undefined);
  await new Promise((resolve) => client.once('connect', resolve));
  client.pause();
  const head = ['POST /graphql/stream HTTP/1.1', 'host: localhost', 'content-type: application/json'];
  client.write(`${head.join('\r\n')}\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`);
  return client;
}
