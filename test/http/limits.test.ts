// The same limits on every transport: what HTTP refuses, WebSocket and SSE refuse with the same words.

import { getIntrospectionQuery } from 'graphql';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { post, query, type Result, type RunningServer, startServer } from './running-server.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const deep = (levels: number): string => {
  const pairs = (levels - 2) / 2;
  return `{ workflow(id: "penguins") ${'{ runs(first: 1) { nodes { workflow '.repeat(Math.floor(pairs / 1.5))}{ id }${' } } }'.repeat(Math.floor(pairs / 1.5))} }`;
};
const repeat = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

const refused: readonly (readonly [string, string, string, RegExp])[] = [
  [
    'depth 13',
    `{ workflow(id: "a") ${'{ runs(first: 1) { nodes { workflow '.repeat(4)}{ id }${' } } }'.repeat(4)} }`,
    'QUERY_TOO_DEEP',
    /depth 14 exceeds 12/,
  ],
  ['5,000 nested selections', '{q'.repeat(5_000) + '}'.repeat(5_000), 'QUERY_TOO_LARGE', /more than 2,000 tokens/],
  [
    'a list of 100,000 openings',
    `{ run(id: ${'['.repeat(100_000)}) { id } }`,
    'GRAPHQL_PARSE_FAILED',
    /nested too deeply/,
  ],
  [
    '420 KB of inline fragments',
    `{ ${repeat(12_000, () => '... on Query { __typename }')} }`,
    'QUERY_TOO_LARGE',
    /2,000/,
  ],
  ['10,000 times __typename', `{ ${repeat(10_000, () => '__typename')} }`, 'QUERY_TOO_LARGE', /2,000/],
  [
    '16 aliases',
    `{ run(id: "a/1") { ${repeat(16, (n) => `a${String(n)}: id`)} } }`,
    'QUERY_TOO_COMPLEX',
    /16 aliases; 15 are allowed/,
  ],
  [
    '11 fields at the root',
    `{ ${repeat(11, () => '__typename')} }`,
    'QUERY_TOO_COMPLEX',
    /11 fields at its root; 10 are allowed/,
  ],
  [
    '11 fields at the root of a mutation',
    `mutation { ${repeat(11, (n) => `a${String(n)}: stopRun(input: {runId: "a/1"}) { replayed }`)} }`,
    'QUERY_TOO_COMPLEX',
    /11 fields/,
  ],
  [
    '60 directives',
    `{ __typename ${repeat(60, () => '@include(if: true)')} }`,
    'QUERY_TOO_COMPLEX',
    /60 directives; 50 are allowed/,
  ],
  [
    '100 × 100 × 100 objects',
    '{ workflows(first: 100) { nodes { runs(first: 100) { nodes { steps(first: 100) { nodes { id } } } } } } }',
    'QUERY_TOO_COMPLEX',
    /objects; 5,000 are allowed/,
  ],
  [
    'a bomb of fragments',
    `{ ...f0 } ${repeat(30, (n) => `fragment f${String(n)} on Query { ...f${String(n + 1)} ...f${String(n + 1)} }`)} fragment f30 on Query { __typename }`,
    'QUERY_TOO_COMPLEX',
    /1,073,741,824 fields at its root/,
  ],
  [
    'fragments in a circle',
    '{ ...f } fragment f on Query { ...g } fragment g on Query { ...f }',
    'GRAPHQL_VALIDATION_FAILED',
    /Cannot spread fragment/,
  ],
];

describe.each(refused)('%s', (_name, text, code, message) => {
  it('is refused over HTTP, fast, with 400', async () => {
    const began = performance.now();
    const { status, errors } = await query(server, text);
    expect(status).toBe(400);
    expect(errors?.[0]).toMatchObject({ message: expect.stringMatching(message) as string, extensions: { code } });
    expect(performance.now() - began).toBeLessThan(200);
  });
  it('is refused over WebSocket', async () => {
    expect((await overSocket(text))[0]).toMatchObject({
      message: expect.stringMatching(message) as string,
      extensions: { code },
    });
  });
  it('is refused over SSE', async () => {
    const { status, json } = await post(server, '/graphql/stream', { query: text });
    expect(status).toBe(400);
    expect((json as Result).errors?.[0]).toMatchObject({
      message: expect.stringMatching(message) as string,
      extensions: { code },
    });
  });
});

describe('what stays within the limits', () => {
  it('is the standard introspection query, on every transport', async () => {
    const text = getIntrospectionQuery();
    expect((await query(server, text)).data).toBeDefined();
    expect(await overSocket(text)).toEqual([]);
    expect((await post(server, '/graphql/stream', { query: text })).status).toBe(200);
  });
  it('is depth 12, 15 aliases, 10 root fields and pages of 100', async () => {
    const text = `{ workflows(first: 100) { nodes { ${repeat(15, (n) => `a${String(n)}: id`)} } } ${repeat(9, () => '__typename')} }`;
    expect((await query(server, text)).errors).toBeUndefined();
    expect((await query(server, deep(12))).errors).toBeUndefined();
  });
  it('is the page of a run with 100 steps and all that they carry', async () => {
    const text = `{ run(id: "penguins/12") { timeline(last: 200) { text } steps(first: 100) {
      nodes { id attempts { id failure { code } } artifacts { url } failure { message } explanation { reasons { text } } } } } }`;
    expect((await query(server, text)).errors).toBeUndefined();
  });
});

describe('the size of a page', () => {
  it.each([
    ['first: 0', 'first must be 1 to 100, and is 0.'],
    ['first: -1', 'first must be 1 to 100, and is -1.'],
    ['first: 1000000', 'first must be 1 to 100, and is 1000000.'],
    ['last: 101', 'last must be 1 to 100, and is 101.'],
    ['first: 1, last: 1', 'first and after exclude last and before: a page is read from one end.'],
  ])('%s is refused', async (args, message) => {
    const { errors } = await query(server, `{ runs(${args}) { nodes { id } } }`);
    expect(errors?.[0]).toMatchObject({ message, extensions: { code: 'BAD_USER_INPUT' } });
  });
  it.each([1e400, 9_007_199_254_740_992, '1', 1.5, true])('is an Int, not %s', async (first) => {
    const { errors } = await query(server, 'query ($first: Int) { runs(first: $first) { nodes { id } } }', { first });
    if (first === 1e400)
      expect(errors).toBeUndefined(); // JSON has no such number: it arrives as null.
    else expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });
  it('counts variables towards the cost', async () => {
    const text = 'query ($n: Int = 100) { runs(first: $n) { nodes { steps(first: $n) { nodes { id } } } } }';
    expect((await query(server, text, { n: 10 })).errors).toBeUndefined();
    expect((await query(server, text)).errors?.[0]?.extensions['code']).toBe('QUERY_TOO_COMPLEX');
  });
});

describe('JSON in variables', () => {
  const start = (params: unknown) =>
    query(
      server,
      'mutation ($params: JSON) { startRun(input: {workflowId: "penguins", params: $params}) { errors { message } } }',
      { params },
    );
  it.each([
    ['a text of 2 MB', 'x'.repeat(2_000_000), /larger than 1000000/],
    ['a million items', Array.from({ length: 1_000_000 }, () => 1), /larger than 1000000/],
  ])('of %s is refused', async (_name, params, message) => {
    const { errors } = await start(params);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(message) as string,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
  it('of 10,000 levels is refused', async () => {
    const text = 'mutation ($params: JSON) { startRun(input: {workflowId: "penguins", params: $params}) { replayed } }';
    const body = `{"query":${JSON.stringify(text)},"variables":{"params":${'['.repeat(10_000)}${']'.repeat(10_000)}}}`;
    const { json } = await post(server, '/graphql', body);
    expect((json as Result).errors?.[0]).toMatchObject({
      message: expect.stringMatching(/64 levels/) as string,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
  it.each([{ workflowId: { $ne: null } }, ['x'], { $where: 'sleep(9999)' }])(
    'is never taken for a filter: %o',
    async (filter) => {
      const { errors } = await query(server, 'query ($filter: RunFilter) { runs(filter: $filter) { nodes { id } } }', {
        filter,
      });
      expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    },
  );
});

async function overSocket(text: string): Promise<readonly unknown[]> {
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  try {
    const results = client.iterate({ query: text });
    while ((await results.next()).done !== true) continue;
    return [];
  } catch (error) {
    return error as readonly unknown[];
  } finally {
    await client.dispose();
  }
}
