import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { type SignalInput } from '../../src/engine/engine.ts';
import { type Caller } from '../../src/engine/answer.ts';
import { UnavailableError } from '../../src/engine/unavailable-error.ts';
import { cursor, engineOfOneWorkflow, signal } from './engine-of-one-workflow.ts';
import { ask, post, type RunningServer, startServer } from './running-server.ts';

describe('POST /signals/{name}', () => {
  const published: { signals: readonly SignalInput[]; caller: Caller }[] = [];
  let server: RunningServer;
  beforeAll(async () => {
    const engine = engineOfOneWorkflow({
      publishSignals: async (signals, caller) => {
        published.push({ signals, caller });
        if (signals[0]?.name === 'busy')
          throw new UnavailableError('OVERLOADED', 'Too much at once.', { retryAfterMs: 1_500 });
        if (signals[0]?.name === 'down') throw new UnavailableError('STORE_UNAVAILABLE', 'The store does not answer.');
        if (signals[0]?.name === 'bad') {
          return {
            ok: false,
            refusals: [{ code: 'BAD_INPUT', message: 'The name is bad.', path: ['name'], hint: 'Use another.' }],
          };
        }
        return { ok: true, value: [signal], cursor, replayed: caller.idempotencyKey === 'again' };
      },
    });
    server = await startServer({ engine });
  });
  afterAll(() => server.close());

  it('publishes the body as parameters and answers with the receipt', async () => {
    const answer = await post(server, '/signals/measurements.ready', { rows: 342 }, { 'idempotency-key': 'k1' });
    expect(answer.status).toBe(200);
    expect(published.at(-1)).toEqual({
      signals: [{ name: 'measurements.ready', params: [{ name: 'rows', value: 342 }] }],
      caller: { actor: 'ada', idempotencyKey: 'k1' },
    });
    expect(answer.json).toEqual({
      signal: {
        id: signal.id,
        name: 'measurements.ready',
        sequence: 7,
        params: { rows: 342 },
        occurredAt: '1970-01-01T00:00:05.000Z',
        publishedAt: '1970-01-01T00:00:05.001Z',
        publishedBy: 'ada',
        takenBy: [],
        takenCount: 0,
      },
      duplicate: false,
      matches: [
        {
          triggerId: 'trigger:penguins/cron',
          workflowId: 'penguins',
          verdict: 'PAUSED',
          runId: null,
          text: "The workflow's triggers are paused.",
        },
      ],
      settled: true,
      cursor: '3:17.0',
    });
  });

  it('answers 200 for a repeat too, and says that it is one', async () => {
    const answer = await post(server, '/signals/measurements.ready', {}, { 'idempotency-key': 'again' });
    expect([answer.status, (answer.json as { duplicate: boolean }).duplicate]).toEqual([200, true]);
  });

  it.each([
    ['[]', {}, 400, 'BAD_INPUT'],
    ['"text"', {}, 400, 'BAD_INPUT'],
    ['null', {}, 400, 'BAD_INPUT'],
    ['{', {}, 400, 'BAD_REQUEST'],
    ['', {}, 400, 'BAD_REQUEST'],
    ['{"__proto__": {"a": 1}}', {}, 400, 'BAD_REQUEST'],
    ['{}', { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [`{"a":"${'x'.repeat(300 * 1024)}"}`, {}, 413, 'PAYLOAD_TOO_LARGE'],
    ['{"a\\u0000b": 1}', {}, 422, 'BAD_INPUT'],
    ['{"\\ud800": 1}', {}, 422, 'BAD_INPUT'],
    ['{}', { 'idempotency-key': 'x'.repeat(300) }, 422, 'BAD_INPUT'],
  ])('refuses %.30s with %o: %i %s', async (body, headers, status, code) => {
    const answer = await post(server, '/signals/measurements.ready', body, headers);
    expect([answer.status, answer.json]).toEqual([
      status,
      { code, message: expect.any(String) as string, hint: expect.any(String) as string },
    ]);
  });

  it('says why the engine refuses, and when to try again', async () => {
    const bad = await post(server, '/signals/bad', {});
    expect([bad.status, bad.json]).toEqual([
      422,
      { code: 'BAD_INPUT', message: 'The name is bad.', hint: 'Use another.' },
    ]);
    const busy = await post(server, '/signals/busy', {});
    expect([busy.status, busy.headers['retry-after']]).toEqual([429, '2']);
    const down = await post(server, '/signals/down', {});
    expect([down.status, down.json]).toEqual([503, expect.objectContaining({ code: 'STORE_UNAVAILABLE' })]);
  });
});

describe('GET /artifacts/{hash}', () => {
  const blobs = createMemoryBlobs();
  let server: RunningServer;
  let hash: string;
  beforeAll(async () => {
    hash = await blobs.put(new TextEncoder().encode('<script>alert(1)</script>'));
    server = await startServer({ blobs });
  });
  afterAll(() => server.close());

  it('gives the content by its hash, unable to run scripts with our origin', async () => {
    const answer = await ask(server, `/artifacts/${hash}?filename=report.html`);
    expect([answer.status, answer.text]).toEqual([200, '<script>alert(1)</script>']);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: 'self'",
      'content-disposition': `inline; filename="report.html"; filename*=UTF-8''report.html`,
      'x-content-type-options': 'nosniff',
    });
  });

  it('makes every file name safe to stand in a header', async () => {
    const name = encodeURIComponent('a/b\\"x\r\nset-cookie: y;é\'.csv');
    const { headers } = await ask(server, `/artifacts/${hash}?filename=${name}`);
    expect(headers['content-disposition']).toBe(
      `inline; filename="_x__set-cookie_ y___.csv"; filename*=UTF-8''%22x%0D%0Aset-cookie%3A%20y%3B%C3%A9%27.csv`,
    );
    expect(headers['set-cookie']).toBeUndefined();
  });

  it('saves what it does not know', async () => {
    const { headers } = await ask(server, `/artifacts/${hash}?filename=model.constructor`);
    expect(headers).toMatchObject({ 'content-type': 'application/octet-stream' });
    expect(headers['content-disposition']).toMatch(/^attachment;/);
  });

  it.each(['0'.repeat(64), 'x', '..%2F..%2Fetc%2Fpasswd', 'A'.repeat(64)])('has nothing at %s', async (wrong) => {
    expect((await ask(server, `/artifacts/${wrong}`)).status).toBe(404);
  });
});

describe('pages and health', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'downbeat-web-'));
    await writeFile(join(root, 'index.html'), '<!doctype html>the page');
    await writeFile(join(root, 'graphiql.html'), '<!doctype html>the editor');
    await writeFile(join(root, '.secret'), 'hidden');
  });
  afterAll(() => rm(root, { recursive: true }));

  it('shows the built page at its own addresses, and nothing beside it', async () => {
    const server = await startServer({ webRoot: root });
    for (const path of ['/', '/runs', '/runs/penguins/12', '/workflows/penguins', '/signals']) {
      const answer = await ask(server, path);
      expect(answer.text, path).toBe('<!doctype html>the page');
      expect(answer.headers['content-security-policy'], path).toContain("script-src 'self'");
    }
    expect((await ask(server, '/graphiql')).text).toContain('the editor');
    for (const path of ['/.secret', '/../package.json', '/%2e%2e/package.json', '/nothing']) {
      expect((await ask(server, path)).status, path).toBe(404);
    }
    await server.close();
  });

  it('says how to build the page while it is not built', async () => {
    const server = await startServer();
    const answer = await ask(server, '/');
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('npm run build')]);
    await server.close();
  });

  it('is healthy at once, and ready when the engine is', async () => {
    let isReady = false;
    const server = await startServer({ engine: engineOfOneWorkflow({ isReady: () => isReady }) });
    expect((await ask(server, '/healthz')).status).toBe(200);
    expect((await ask(server, '/readyz')).status).toBe(503);
    isReady = true;
    expect((await ask(server, '/readyz')).status).toBe(200);
    await server.close();
  });

  it('gives editors the schema of definitions', async () => {
    const server = await startServer();
    const answer = await ask(server, '/schema/workflow.json');
    expect(answer.json).toMatchObject({ title: 'Downbeat definition' });
    await server.close();
  });

  it('says what it has when there is nothing at an address', async () => {
    const server = await startServer();
    expect((await ask(server, '/nothing')).json).toEqual({
      code: 'NOT_FOUND',
      message: 'There is nothing at GET /nothing.',
      hint: expect.stringContaining('/graphql') as string,
    });
    await server.close();
  });
});
