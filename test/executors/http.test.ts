// Requests as the executor sends them, to real web servers on this machine: where they go, what they hold, what becomes of the answer.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { createMemorySecrets } from '../../src/adapters/memory/secrets.ts';
import { type OutputDeclaration } from '../../src/core/definition/model.ts';
import { type HttpExchange } from '../../src/core/run/http-exchange.ts';
import { createLocalExecutor } from '../../src/executors/local.ts';
import { type AttemptResult } from '../../src/ports/executor.ts';
import { type Asked, type Reply, startWebServer, type WebServer } from '../support/web-server.ts';

const SECRET = 'correct-horse-battery';
const blobs = createMemoryBlobs();

let web: WebServer;
let other: WebServer;
let reply: (asked: Asked) => Reply;

beforeEach(async () => {
  reply = () => ({ body: 'done' });
  web = await startWebServer((asked) => reply(asked));
  other = await startWebServer(() => ({ body: 'other' }));
});

afterEach(async () => {
  await web.stop();
  await other.stop();
});

interface Finished {
  readonly result: AttemptResult;
  readonly lines: readonly string[];
}

interface Wish extends Partial<HttpExchange> {
  readonly outputs?: readonly OutputDeclaration[];
  readonly hosts?: readonly string[];
}

async function send({ outputs = [], hosts = ['127.0.0.1'], ...work }: Wish = {}): Promise<Finished> {
  const executor = createLocalExecutor({
    blobs,
    workRoot: '/nowhere',
    serverUrl: () => '',
    environment: {},
    secrets: createMemorySecrets({ token: SECRET, broken: 'has\na-line-break' }),
    httpHosts: hosts,
    now: () => Date.UTC(2026, 0, 1),
  });
  const lines: string[] = [];
  const attempt = executor.start(
    {
      attemptId: 'attempt:flow/1.1/call/1',
      token: 'token',
      runId: 'run:flow/1',
      stepId: 'call',
      work: {
        kind: 'http',
        method: 'GET',
        url: web.url,
        headers: [],
        key: 'the-key',
        names: { status: 'status', body: 'body' },
        isJudgedLater: false,
        ...work,
      },
      env: [],
      params: {},
      files: [],
      inputs: [],
      outputs: [{ name: 'status', type: 'long' }, { name: 'body', type: 'string' }, ...outputs],
      artifacts: [],
    },
    { log: ({ text }) => lines.push(text) },
  );
  return { result: await attempt.result, lines };
}

function failure({ result }: Finished): unknown {
  return result.outcome === 'failed' ? result.failure : result.outcome;
}

function outputs({ result }: Finished): Readonly<Record<string, unknown>> | undefined {
  return result.outcome === 'succeeded'
    ? Object.fromEntries(result.outputs.map(({ name, value }) => [name, value]))
    : undefined;
}

const bearer = { name: 'Authorization', value: ['Bearer ', { secret: 'token' }] } as const;

describe('a request', () => {
  it('leaves one line before it is sent, and one with the answer', async () => {
    const { lines } = await send({ method: 'POST', url: `${web.url}/a?b=c#d`, body: 'häuser' });
    expect(lines).toEqual([
      `POST ${web.url}/a?b=c, 7 bytes`,
      expect.stringMatching(/^200 OK, 4 bytes after \d+\.\d\d s$/u),
    ]);
    expect(web.asked).toMatchObject([
      { body: 'häuser', headers: { 'content-length': '7', 'idempotency-key': 'the-key' } },
    ]);
  });

  it('may have a key of its own, and other headers than ours', async () => {
    const headers = [
      { name: 'Idempotency-Key', value: 'mine' },
      { name: 'User-Agent', value: 'me' },
    ];
    await send({ method: 'PUT', headers });
    expect(web.asked[0]?.headers).toMatchObject({ 'idempotency-key': 'mine', 'user-agent': 'me', accept: '*/*' });
  });

  it('shows no secret that it sends, even if the other side does', async () => {
    reply = ({ headers }) => ({ status: 200, body: `you are ${headers.authorization ?? ''}` });
    const sent = await send({ headers: [bearer] });
    expect(web.asked[0]?.headers.authorization).toBe(`Bearer ${SECRET}`);
    expect(outputs(sent)).toEqual({ status: 200, body: 'you are Bearer •••' });
    reply = ({ headers }) => ({ status: 400, body: `bad ${headers.authorization ?? ''}` });
    const refused = await send({ headers: [bearer] });
    expect(failure(refused)).toMatchObject({
      message: expect.stringContaining('400 Bad Request: bad Bearer •••.') as unknown,
    });
    expect(JSON.stringify([sent, refused])).not.toContain(SECRET);
  });

  it('is not sent with a header that could become two', async () => {
    const headers = [{ name: 'X-Token', value: [{ secret: 'broken' }] }];
    expect(failure(await send({ headers }))).toMatchObject({ code: 'BAD_HEADER', retryable: false });
    expect(web.asked).toEqual([]);
  });

  it.each(['file:///etc/passwd', 'gopher://x/', 'http://user:pass@127.0.0.1/', 'nothing', 'http://'])(
    'is not sent to %s',
    async (url) => {
      expect(failure(await send({ url }))).toMatchObject({ kind: 'USER', code: 'BAD_URL', retryable: false });
    },
  );

  it('that nobody takes is the platform’s failure', async () => {
    await web.stop();
    expect(failure(await send())).toMatchObject({
      kind: 'PLATFORM',
      code: 'HTTP_NO_ANSWER',
      message: expect.stringMatching(/got no answer: .*ECONNREFUSED/u) as unknown,
      retryable: true,
    });
    web = await startWebServer(() => ({}));
  });

  it('is given up when the answer takes longer than its patience', async () => {
    reply = () => undefined;
    expect(failure(await send({ patience: 50 }))).toMatchObject({
      code: 'HTTP_NO_ANSWER',
      message: expect.stringContaining('got no answer: nothing came within 0.05 s.') as unknown,
    });
  });
});

describe('an answer', () => {
  it.each([
    [400, 'USER', false],
    [401, 'USER', false],
    [404, 'USER', false],
    [409, 'USER', false],
    [304, 'USER', false],
    [500, 'USER', true],
    [501, 'USER', true],
    [408, 'PLATFORM', true],
    [425, 'PLATFORM', true],
    [429, 'PLATFORM', true],
    [502, 'PLATFORM', true],
    [503, 'PLATFORM', true],
    [504, 'PLATFORM', true],
  ])('of %d is a failure of the kind %s, and worth another try: %s', async (status, kind, retryable) => {
    reply = () => ({ status });
    expect(failure(await send())).toMatchObject({ code: 'HTTP_STATUS', kind, retryable });
  });

  it.each([200, 201, 202, 204, 206, 299])('of %d is a success', async (status) => {
    reply = () => ({ status });
    expect(outputs(await send())).toEqual({ status, body: '' });
  });

  it.each([
    [429, '7', 7_000],
    [503, 'Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    [503, 'Wed, 31 Dec 2025 00:00:00 GMT', 0],
    [503, 'soon', undefined],
    [500, '7', undefined],
  ])('of %d may ask to wait: %s', async (status, text, wait) => {
    reply = () => ({ status, headers: { 'retry-after': text } });
    const { result } = await send();
    expect(result.outcome === 'failed' ? result.wait : 'none').toBe(wait);
  });

  it('gives the fields of its JSON object that are declared, each of its type', async () => {
    reply = () => ({
      body: '{"rows": 12, "ratio": 1, "names": ["a"], "big": "9223372036854775807", "more": {"x": 1}}',
    });
    const declared: readonly OutputDeclaration[] = [
      { name: 'rows', type: 'long' },
      { name: 'ratio', type: 'double' },
      { name: 'names', type: 'string_array' },
      { name: 'big', type: 'long' },
      { name: 'more', type: 'map' },
    ];
    expect(outputs(await send({ outputs: declared }))).toMatchObject({
      rows: 12,
      ratio: 1,
      names: ['a'],
      big: '9223372036854775807',
      more: { x: 1 },
    });
  });

  it.each([
    ['no json', 'the answer is no JSON object'],
    ['[1]', 'the answer is JSON, and no object'],
    ['{"row": 1}', 'the answer has no field "rows"'],
    ['{"rows": null}', 'the answer has no field "rows"'],
    ['{"rows": "many"}', 'rows'],
    ['{"rows": 9007199254740993}', 'a whole number beyond ±2^53'],
  ])('of %s is told not to bring the output', async (body, why) => {
    reply = () => ({ body });
    expect(failure(await send({ outputs: [{ name: 'rows', type: 'long' }] }))).toMatchObject({
      code: 'BAD_OUTPUT',
      message: expect.stringContaining(why) as unknown,
    });
  });

  it('that is no text, or large, is kept as an artifact', async () => {
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0x00]);
    reply = () => ({ body: bytes, headers: { 'content-type': 'image/png' } });
    const { result } = await send();
    expect(result).toMatchObject({ outputs: [{ name: 'status' }], artifacts: [{ path: 'body', size: 6 }] });
    const hash = result.outcome === 'succeeded' ? (result.artifacts[0]?.hash ?? '') : '';
    expect(Buffer.from((await blobs.get(hash)) ?? [])).toEqual(bytes);
    reply = () => ({
      body: Buffer.from('häuser', 'latin1'),
      headers: { 'content-type': 'text/plain; charset=iso-8859-1' },
    });
    expect(outputs(await send())).toMatchObject({ body: 'häuser' });
    reply = ({ headers }) => ({ body: Buffer.concat([bytes, Buffer.from(headers.authorization ?? '')]) });
    expect(failure(await send({ headers: [bearer] }))).toMatchObject({ code: 'SECRET_EXPOSED' });
  });

  it('of more than a megabyte is not read to its end', async () => {
    reply = () => ({ body: 'x'.repeat(1024 * 1024 + 1) });
    expect(failure(await send())).toMatchObject({ code: 'HTTP_ANSWER_LIMIT' });
  });

  it('is taken whatever its status where the core judges it, with what there is of the outputs', async () => {
    reply = () => ({ status: 500, body: '{"rows": 1}' });
    const wanted: readonly OutputDeclaration[] = [
      { name: 'rows', type: 'long' },
      { name: 'more', type: 'long' },
    ];
    expect(outputs(await send({ isJudgedLater: true, outputs: wanted }))).toEqual({
      status: 500,
      body: '{"rows": 1}',
      rows: 1,
    });
  });
});

describe('a redirect', () => {
  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [307, 'POST', 'POST', 'text'],
    [308, 'PUT', 'PUT', 'text'],
  ])('of %d leads %s on as %s', async (status, method, then, body) => {
    reply = ({ path }) => (path === '/' ? { status, headers: { location: '/next' } } : { body: 'there' });
    const sent = await send({ method, url: `${web.url}/`, body: 'text', headers: [bearer] });
    expect(outputs(sent)).toMatchObject({ body: 'there' });
    expect(web.asked[1]).toMatchObject({ method: then, body, headers: { authorization: `Bearer ${SECRET}` } });
    expect(sent.lines[1]).toBe(`${String(status)} leads on to ${web.url}/next`);
  });

  it('to another place takes no credentials with it', async () => {
    reply = () => ({ status: 302, headers: { location: other.url } });
    const headers = [bearer, { name: 'X-Own', value: [{ secret: 'token' }] }, { name: 'X-Plain', value: 'plain' }];
    expect(outputs(await send({ headers }))).toMatchObject({ body: 'other' });
    expect(other.asked[0]?.headers).toMatchObject({ 'x-plain': 'plain' });
    expect(JSON.stringify(other.asked)).not.toContain(SECRET);
  });

  it('goes only where a request may go', async () => {
    const hosts = [`127.0.0.1:${String(web.port)}`];
    reply = () => ({ status: 302, headers: { location: other.url } });
    expect(failure(await send({ hosts }))).toMatchObject({ code: 'EGRESS_DENIED' });
    reply = () => ({ status: 302, headers: { location: 'file:///etc/passwd' } });
    expect(failure(await send({ hosts }))).toMatchObject({ code: 'BAD_URL' });
    expect(other.asked).toEqual([]);
  });

  it('is followed five times', async () => {
    reply = ({ path }) => ({ status: 302, headers: { location: `${path}x` } });
    expect(failure(await send({ url: `${web.url}/` }))).toMatchObject({ code: 'HTTP_REDIRECTS' });
    expect(web.asked).toHaveLength(6);
  });
});

describe('a place that only this machine can reach', () => {
  it.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://017700000001:PORT/',
    'http://①②⑦.⓪.⓪.①:PORT/',
    'http://0:PORT/',
    'http://[::]:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[64:ff9b::7f00:1]:PORT/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://100.100.100.200/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.0.1/',
    'http://100.64.0.1/',
    'http://224.0.0.1/',
    'http://[fe80::1]/',
  ])('is not reached by default: %s', async (url) => {
    const sent = await send({ url: url.replace('PORT', String(web.port)), hosts: ['public'] });
    expect(failure(sent)).toMatchObject({ kind: 'USER', code: 'EGRESS_DENIED', retryable: false });
    expect(web.asked).toEqual([]);
  });

  it('is reached by a name that the server allows, and not by another port of it', async () => {
    const url = `http://localhost:${String(web.port)}/`;
    expect(outputs(await send({ url, hosts: ['public', `localhost:${String(web.port)}`] }))).toBeDefined();
    expect(failure(await send({ url, hosts: ['public', 'localhost:1'] }))).toMatchObject({
      code: 'EGRESS_DENIED',
      hint: `Whoever runs the server can allow it: DOWNBEAT_HTTP_HOSTS=public,localhost:1,localhost:${String(web.port)}`,
    });
  });
});
