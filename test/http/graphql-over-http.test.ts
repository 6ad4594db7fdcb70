import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UnavailableError } from '../../src/engine/unavailable-error.ts';
import { engineOfOneWorkflow } from './engine-of-one-workflow.ts';
import { ask, post, query, type RunningServer, startServer } from './running-server.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

it('passes the GraphQL-over-HTTP audit, with the three known warnings of Apollo Server', async () => {
  const results = await auditServer({ url: `${server.url}/graphql`, fetchFn: fetch });
  expect(results.filter((result) => result.status === 'error')).toEqual([]);
  const warnings = results.filter((result) => result.status === 'warn').map((result) => result.id);
  expect(warnings.sort()).toEqual(['572B', '7B9B', 'FDE2']);
});

it('answers a query with ids, phases and plain objects', async () => {
  const { data, errors } = await query(
    server,
    `{ run(id: "penguins/12") {
        id number attempt status isTerminal cause { kind text } params outputs allowedActions cursor url createdAt
        counts { status count } steps { totalCount nodes { id phase status needs artifacts { url size } } }
        workflow { id description } definition { version steps { stepId } }
    } }`,
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    run: {
      id: 'run:penguins/12',
      number: 12,
      attempt: 1,
      status: 'RUNNING',
      isTerminal: false,
      cause: { kind: 'MANUAL', text: 'ada started it' },
      params: { island: 'Dream' },
      outputs: { clean: { rows: 342 } },
      allowedActions: ['STOP', 'KILL', 'PAUSE', 'FORK'],
      cursor: '3:17.0',
      url: '/runs/penguins/12',
      createdAt: '1970-01-01T00:00:03.000Z',
      counts: [
        { status: 'SUCCEEDED', count: 1 },
        { status: 'NOT_CREATED', count: 1 },
      ],
      steps: {
        totalCount: 2,
        nodes: [
          {
            id: 'step:penguins/12/clean',
            phase: 'SUCCEEDED',
            status: 'SUCCEEDED',
            needs: [],
            artifacts: [{ url: `/artifacts/${'a'.repeat(64)}?filename=clean.csv`, size: '10' }],
          },
          { id: 'step:penguins/12/train', phase: 'WAITING', status: 'NOT_CREATED', needs: ['clean'], artifacts: [] },
        ],
      },
      workflow: { id: 'workflow:penguins', description: 'Tells penguins apart.' },
      definition: { version: 1, steps: [{ stepId: 'clean' }, { stepId: 'train' }] },
    },
  });
});

it('finds every kind of thing by its global id, and refuses what is no id', async () => {
  const { data } = await query(
    server,
    `{ a: node(id: "workflow:penguins") { __typename id } b: node(id: "run:penguins/12") { __typename id }
       c: node(id: "step:penguins/12/train") { __typename id } d: node(id: "signal:01JD8Z3V6Q5T7X9B2C4E6G8H0K") { __typename }
       e: node(id: "run:penguins/13") { id } }`,
  );
  expect(data).toEqual({
    a: { __typename: 'Workflow', id: 'workflow:penguins' },
    b: { __typename: 'Run', id: 'run:penguins/12' },
    c: { __typename: 'Step', id: 'step:penguins/12/train' },
    d: { __typename: 'Signal' },
    e: null,
  });
  const { errors } = await query(server, '{ node(id: "penguins") { id } }');
  expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  expect(errors?.[0]?.message).toContain('is not a global id');
});

it('blocks what a foreign page could send without asking: text/plain, and a GET without a header', async () => {
  const plain = await ask(server, '/graphql', {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: '{"query":"{ __typename }"}',
  });
  expect(plain.status).toBe(400);
  const bare = await ask(server, '/graphql?query=%7B__typename%7D');
  expect(bare.status).toBe(400);
  const preflighted = await ask(server, '/graphql?query=%7B__typename%7D', {
    headers: { 'apollo-require-preflight': '1' },
  });
  expect(preflighted.json).toEqual({ data: { __typename: 'Query' } });
});

it('refuses a mutation by GET and a batch', async () => {
  const path = `/graphql?query=${encodeURIComponent('mutation { stopRun(input: {runId: "penguins/12"}) { replayed } }')}`;
  expect((await ask(server, path, { headers: { 'apollo-require-preflight': '1' } })).status).toBe(405);
  const batch = await post(server, '/graphql', [{ query: '{ __typename }' }, { query: '{ __typename }' }]);
  expect(batch.status).toBe(400);
});

it("sends a browser's GET to the editor", async () => {
  const page = await ask(server, '/graphql', { headers: { accept: 'text/html,*/*' } });
  expect([page.status, page.headers['location']]).toEqual([302, '/graphiql']);
});

it('gives every error a code and the id of its request, also before the request is understood', async () => {
  for (const body of [
    '{',
    '[]',
    '{}',
    '{"query":"{"}',
    '{"query":"{ nope }"}',
    '{"query":"{ run(id: \\"x\\") { id } }"}',
  ]) {
    const answer = await post(server, '/graphql', body);
    const { errors } = answer.json as { errors: { extensions: Record<string, unknown> }[] };
    expect(errors[0]?.extensions, body).toMatchObject({ requestId: answer.headers['x-request-id'] });
    expect(errors[0]?.extensions['code'], body).toEqual(expect.any(String));
    expect(JSON.stringify(errors), body).not.toContain('node_modules');
  }
});

it('refuses a body over 16 MB with 413', async () => {
  const answer = await post(server, '/graphql', `{"query":"${' '.repeat(17 * 1024 * 1024)}"}`);
  expect(answer.status).toBe(413);
  expect(answer.json).toMatchObject({ errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] });
});

it('says that it is unavailable, when it is worth another try, and where the owner is', async () => {
  const engine = engineOfOneWorkflow({
    run: async () => {
      throw new UnavailableError('NOT_OWNER', 'This node does not own it.', {
        retryAfterMs: 50,
        ownerAddress: 'http://other:4000',
      });
    },
  });
  const other = await startServer({ engine });
  const { errors } = await query(other, '{ run(id: "penguins/12") { id } }');
  expect(errors?.[0]).toMatchObject({
    message: 'This node does not own it.',
    extensions: { code: 'NOT_OWNER', retryable: true, retryAfterMs: 50, ownerAddress: 'http://other:4000' },
  });
  await other.close();
});

it('says nothing of a bug but the id of the request, and logs it', async () => {
  const engine = engineOfOneWorkflow({
    run: async () => {
      throw new TypeError('undefined is not a secret');
    },
  });
  const other = await startServer({ engine });
  const { errors } = await query(other, '{ run(id: "penguins/12") { id } }');
  expect(errors?.[0]?.extensions['code']).toBe('INTERNAL');
  expect(errors?.[0]?.message).toMatch(/^Something failed on our side; request id [0-9a-f-]{36}\.$/);
  expect(JSON.stringify(errors)).not.toContain('secret');
  expect(other.logged.join()).toContain('secret');
  await other.close();
});

it('shows the schema, or with introspection off neither the schema nor hints of it', async () => {
  const schema = await query(server, '{ __schema { queryType { name } } }');
  expect(schema.data).toEqual({ __schema: { queryType: { name: 'Query' } } });
  const hint = await query(server, '{ runz { nodes { id } } }');
  expect(hint.errors?.[0]?.message).toContain('Did you mean');
  const closed = await startServer({ introspection: false });
  const refused = await query(closed, '{ __schema { queryType { name } } }');
  expect(refused.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  const bare = await query(closed, '{ runz { nodes { id } } }');
  expect(bare.errors?.[0]?.message).not.toContain('Did you mean');
  await closed.close();
});
