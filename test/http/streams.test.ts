import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { engineOfOneWorkflow, cursor, view } from './engine-of-one-workflow.ts';
import { ask, post, type RunningServer, startServer } from './running-server.ts';

const WATCH = 'subscription { runChanges(runId: "penguins/12") { kind run { id } } }';

let server: RunningServer;
let returned = 0;
beforeAll(async () => {
  const engine = engineOfOneWorkflow({
    watchRun: async function* (_place, after) {
      try {
        yield { kind: 'SNAPSHOT', cursor, at: 5_000, run: view, events: [] };
        if (after?.[0]?.n === 666) throw new Error('a secret of ours');
        // A watch that goes on until it is told to end.
        for (let count = 0; after?.[0]?.n === 999; count++) {
          yield { kind: 'HEARTBEAT', cursor, at: count, events: [] };
          await new Promise((resolve) => setImmediate(resolve));
        }
      } finally {
        returned++;
      }
    },
  });
  server = await startServer({ engine });
});
afterAll(() => server.close());

it('speaks the protocol of graphql-sse', async () => {
  const client = createClient({ url: `${server.url}/graphql/stream`, retryAttempts: 0 });
  const results: unknown[] = [];
  for await (const result of client.iterate({ query: WATCH })) results.push(result);
  expect(results).toEqual([{ data: { runChanges: { kind: 'SNAPSHOT', run: { id: 'run:penguins/12' } } } }]);
  client.dispose();
});

it('streams to anyone who can read lines, by GET and by POST, queries too', async () => {
  const byGet = await ask(server, `/graphql/stream?query=${encodeURIComponent('{ run(id: "penguins/12") { id } }')}`);
  expect(byGet.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  expect(byGet.headers['x-content-type-options']).toBe('nosniff');
  expect(byGet.text).toBe(
    ':\n\nevent: next\ndata: {"data":{"run":{"id":"run:penguins/12"}}}\n\nevent: complete\ndata:\n\n',
  );
  const byPost = await post(server, '/graphql/stream', { query: WATCH });
  expect(byPost.text).toContain('event: next\ndata: {"data":{"runChanges":{"kind":"SNAPSHOT"');
});

it('ends with the error when something fails on our side, without its words', async () => {
  const { text } = await post(server, '/graphql/stream', {
    query: 'subscription { runChanges(runId: "penguins/12", after: "3:666.0") { kind } }',
  });
  expect(text).toContain('"code":"INTERNAL"');
  expect(text).toMatch(/event: complete\ndata:\n\n$/);
  expect(text).not.toContain('secret');
});

it('lets go of the engine when the client goes', async () => {
  const before = returned;
  const stop = new AbortController();
  const response = await fetch(`${server.url}/graphql/stream`, {
    method: 'POST',
    signal: stop.signal,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'subscription { runChanges(runId: "penguins/12", after: "3:999.0") { kind } }' }),
  });
  await response.body?.getReader().read();
  stop.abort();
  await expect.poll(() => returned).toBe(before + 1);
});

it('refuses a mutation by GET, an answer that is no stream, and what is no operation', async () => {
  const mutation = encodeURIComponent('mutation { stopRun(input: {runId: "penguins/12"}) { replayed } }');
  expect((await ask(server, `/graphql/stream?query=${mutation}`)).status).toBe(405);
  expect(
    (await ask(server, '/graphql/stream?query=%7B__typename%7D', { headers: { accept: 'image/png' } })).status,
  ).toBe(406);
  for (const body of ['[]', '{}', '{"query": 1}', '{'])
    expect((await post(server, '/graphql/stream', body)).status, body).toBe(400);
  const wrong = await post(server, '/graphql/stream', { query: '{ nope }' });
  expect([wrong.status, wrong.json]).toEqual([
    400,
    {
      errors: [
        expect.objectContaining({
          extensions: expect.objectContaining({ code: 'GRAPHQL_VALIDATION_FAILED' }) as unknown,
        }),
      ],
    },
  ]);
});
