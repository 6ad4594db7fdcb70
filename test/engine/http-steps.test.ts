// `http` steps from the definition to the answer, on the real engine and a real web server.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunView } from '../../src/engine/engine.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';
import { startWebServer, type Asked, type Reply, type WebServer } from '../support/web-server.ts';

const caller = { actor: 'ada' };

let lab: TestEngine;
let web: WebServer;
let reply: (asked: Asked) => Reply;

beforeEach(async () => {
  lab = await createTestEngine();
  reply = () => ({});
  web = await startWebServer((asked) => reply(asked));
});

afterEach(async () => {
  await lab.stop();
  await web.stop();
  expect(lab.errors).toEqual([]);
});

async function run(steps: string, params: Readonly<Record<string, string>> = {}): Promise<RunView> {
  await lab.apply(`id: flow\nparams: { base: "${web.url}", bird: "a b/ç?" }\nsteps:\n${steps}`);
  const given = Object.entries(params).map(([name, value]) => ({ name, value }));
  await lab.engine.startRun({ workflowId: 'flow', params: given, labels: [] }, caller);
  return lab.ended('flow/1');
}

const json = { 'content-type': 'application/json; charset=utf-8' };

describe('a request', () => {
  it('gives status, body and declared fields to the steps behind it', async () => {
    reply = () => ({ headers: json, body: '{"rows": 12, "model": {"name": "häuser"}, "other": 1}' });
    const { state } = await run(`
  - id: call
    http: "\${base}/birds/\${bird}?like=\${bird}"
    outputs: { rows: long, model: map }
  - id: behind
    needs: call
    when: steps.call.status == 200 && steps.call.rows == 12 && steps.call.model.name == "häuser"
    run: echo "$BODY"
    env: { BODY: "\${steps.call.body}" }
`);
    expect(state).toMatchObject({ status: 'SUCCEEDED', steps: [{}, { status: 'SUCCEEDED' }] });
    expect(web.asked).toMatchObject([
      { method: 'GET', path: '/birds/a%20b%2F%C3%A7%3F?like=a%20b%2F%C3%A7%3F', headers: { 'user-agent': 'Downbeat' } },
    ]);
    expect(web.asked[0]?.headers).not.toHaveProperty('idempotency-key');
  });

  it('is a POST where it has a body, which is JSON with the values as they are', async () => {
    await run(
      `
  - id: call
    http:
      url: "\${base}/birds"
      headers: { X-Bird: "it is \${loop}" }
      body: { name: "\${bird}", deep: [{ n: "\${run.number}" }, "run \${run.number}", true] }
`.replace('${loop}', '${run.number}'),
    );
    expect(web.asked).toMatchObject([
      {
        method: 'POST',
        path: '/birds',
        headers: {
          'content-type': 'application/json',
          'x-bird': 'it is 1',
          'idempotency-key': 'attempt:flow/1.1/call/1',
        },
      },
    ]);
    expect(JSON.parse(web.asked[0]?.body ?? '')).toEqual({ name: 'a b/ç?', deep: [{ n: 1 }, 'run 1', true] });
  });

  it('that is refused for good is not sent again', async () => {
    reply = () => ({ status: 404, body: 'no  such\nbird' });
    const { state } = await run('  - { id: call, http: "${base}/birds", retry: 3 }\n');
    expect(state.steps[0]?.attempts).toHaveLength(1);
    expect(state.steps[0]?.failure).toMatchObject({ kind: 'USER', code: 'HTTP_STATUS', retryable: false });
    expect(state.steps[0]?.failure?.message).toContain('was answered with 404 Not Found: no such bird.');
  });

  it('that meets a busy server is sent again after as long as that asks for, with a key of its own', async () => {
    reply = () => (web.asked.length === 1 ? { status: 503, headers: { 'retry-after': '1' } } : { body: 'done' });
    const { state } = await run('  - { id: call, http: { url: "${base}/", method: put }, retry: { backoff: 1ms } }\n');
    const attempts = state.steps[0]?.attempts ?? [];
    expect(attempts.map(({ failure }) => failure?.kind)).toEqual(['PLATFORM', undefined]);
    expect((attempts[1]?.startedAt ?? 0) - (attempts[0]?.endedAt ?? 0)).toBeGreaterThanOrEqual(1000);
    expect(web.asked.map(({ headers }) => headers['idempotency-key'])).toEqual([
      'attempt:flow/1.1/call/1',
      'attempt:flow/1.1/call/2',
    ]);
  });

  it('that got no answer is the same request again', async () => {
    reply = () => (web.asked.length < 3 ? undefined : { body: 'done' });
    const { state } = await run(
      '  - { id: call, http: { url: "${base}/", method: POST }, timeout: 100ms, retry: { timeout: 2, backoff: 1ms } }\n',
    );
    expect(state).toMatchObject({ status: 'SUCCEEDED' });
    const keys = web.asked.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toEqual(Array(3).fill('attempt:flow/1.1/call/1'));
  });

  it('is judged by `expect` instead of its status, with the outputs and the parameters at hand', async () => {
    reply = () => ({ status: 404, body: `{"ready": ${String(web.asked.length > 1)}}` });
    const { state } = await run(`
  - id: call
    http: { url: "\${base}/", expect: 'status == 404 && ready && bird == "a b/ç?"' }
    outputs: { ready: boolean }
    retry: { user: 5, backoff: 1ms }
`);
    expect(state.steps[0]).toMatchObject({ status: 'SUCCEEDED', attempts: [{}, {}] });
    expect(state.steps[0]?.attempts[0]?.failure).toMatchObject({ kind: 'USER', code: 'HTTP_UNEXPECTED' });
  });

  it('whose answer does not bring a declared output has failed, with or without `expect`', async () => {
    reply = () => ({ headers: json, body: '{"other": 1}' });
    const { state } = await run(`
  - { id: one, http: "\${base}/", outputs: { rows: long } }
  - { id: two, http: { url: "\${base}/", expect: true }, outputs: { rows: long } }
`);
    expect(state.steps.map(({ failure }) => failure?.code)).toEqual(['BAD_OUTPUT', 'MISSING_OUTPUT']);
  });

  it('whose answer is large is there as an artifact', async () => {
    reply = () => ({ body: 'x'.repeat(100_000) });
    const { state } = await run(`
  - { id: call, http: "\${base}/" }
  - { id: behind, needs: call, run: 'test "$(wc -c < "$DOWNBEAT_INPUTS/call/body")" = 100000' }
`);
    expect(state).toMatchObject({ status: 'SUCCEEDED', steps: [{ artifacts: [{ path: 'body', size: 100_000 }] }, {}] });
  });

  it('may not go to this machine unless the server says so', async () => {
    const { state } = await run('  - { id: call, http: "http://[::1]:9/" }\n');
    expect(state.steps[0]?.failure).toMatchObject({
      code: 'EGRESS_DENIED',
      message: 'Step "call" may not send a request to ::1: ::1 is a loopback address, which is this machine itself.',
      hint: 'Whoever runs the server can allow it: DOWNBEAT_HTTP_HOSTS=public,127.0.0.1,[::1]:9',
    });
  });
});

describe('a step that was written for Maestro', () => {
  const text = (value: string): object => ({ type: 'STRING', value });
  const step = (id: string, path: string, more: object = {}, rest: object = {}): object => ({
    step: {
      id,
      type: 'Http',
      retry_policy: { error_retry_limit: 1, backoff: { error_retry_backoff_in_secs: 1 } },
      params: {
        bird: text('gull'),
        http: {
          type: 'MAP',
          value: {
            url: text(`\${base}${path}?bird=$bird`),
            method: text('POST'),
            body: text('{"bird": "$bird"}'),
            headers: { type: 'STRING_MAP', value: { 'X-Bird': '$bird' } },
          },
        },
        ...more,
      },
      ...rest,
    },
  });
  const imported = async (...steps: readonly object[]): Promise<RunView> => {
    const params = { base: text(web.url) };
    await lab.apply(JSON.stringify({ properties: { owner: 'ada' }, workflow: { id: 'flow', params, steps } }));
    await lab.engine.startRun({ workflowId: 'flow', params: [], labels: [] }, caller);
    return lab.ended('flow/1');
  };

  it('sends what its parameter `http` says, and gives status_code and response_body', async () => {
    reply = () => ({ status: 201, body: 'seen' });
    const { state } = await imported(
      step(
        'call',
        '/a',
        {},
        { transition: { successors: { behind: "status_code == 201 && response_body == 'seen'" } } },
      ),
      { step: { id: 'behind', type: 'NoOp', params: { x: { type: 'STRING', expression: 'call__response_body' } } } },
    );
    expect(state).toMatchObject({
      status: 'SUCCEEDED',
      steps: [{}, { status: 'SUCCEEDED', params: [{ value: 'seen' }] }],
    });
    expect(web.asked).toMatchObject([
      { method: 'POST', path: '/a?bird=gull', body: '{"bird": "gull"}', headers: { 'x-bird': 'gull' } },
    ]);
  });

  it.each([
    [404, 1],
    [500, 2],
    [304, 2],
  ])('judges %d by the rules of Maestro: %d attempts', async (status, attempts) => {
    reply = () => ({ status });
    const { state } = await imported(step('call', '/'));
    expect(state.steps[0]).toMatchObject({ status: 'FAILED', failure: { code: 'HTTP_STATUS', kind: 'USER' } });
    expect(web.asked).toHaveLength(attempts);
  });

  it('is judged by its `state_expr` instead', async () => {
    const expression = "status_code == 404 && response_body == bird ? 'DONE' : 'FATAL_ERROR'";
    reply = ({ path }) => ({ status: 404, body: path.startsWith('/good') ? 'gull' : 'crow' });
    const { state } = await imported(
      step('one', '/good', { state_expr: { type: 'STRING', expression } }),
      step('two', '/bad', { state_expr: { type: 'STRING', expression } }),
      step('three', '/bad', { state_expr: { type: 'STRING', expression: "'CONTINUE'" } }),
    );
    expect(state.steps.map(({ status, failure }) => [status, failure?.code])).toEqual([
      ['SUCCEEDED', undefined],
      ['FAILED', 'HTTP_STATUS'],
      ['FAILED', 'HTTP_STATE'],
    ]);
    expect(web.asked).toHaveLength(3);
  });
});
