// A step that sends a request, and one that came from a job template, over a real server and the command line.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { startWebServer, type WebServer } from '../support/web-server.ts';

const SECRET = 'correct-horse-battery';
let server: TestServer;
let web: WebServer;
let folder: string;

beforeAll(async () => {
  web = await startWebServer(({ path }) =>
    path === '/models' ? { status: 201, body: '{"version": 4}' } : { body: 'seen' },
  );
  server = await startTestServer({
    env: { DOWNBEAT_HTTP_HOSTS: `127.0.0.1:${String(web.port)}`, DOWNBEAT_SECRET_TOKEN: SECRET },
  });
  folder = await mkdtemp(join(tmpdir(), 'downbeat-http-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await web.stop();
  expect(await server.stop()).toBe(0);
});

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

test('a request is sent with its secret, its answer goes on to the next step, and the log has a line of each', async () => {
  const definition = await file(
    'registry.yaml',
    `id: registry
steps:
  - id: add
    http:
      url: ${web.url}/models
      headers: { Authorization: "Bearer \${secrets.TOKEN}" }
      body: { run: "\${run.number}" }
    outputs: { version: long }
  - { id: say, needs: add, run: 'echo "version $V"', env: { V: "\${steps.add.version}" } }
  - { id: away, http: { url: "${server.url}/healthz" }, onFailure: ignore }
`,
  );
  expect(await server.cli('apply', definition)).toMatchObject({ code: 0, stderr: '' });
  expect((await server.cli('graph', 'registry')).stdout).toContain(`add   http POST ${web.url}/models`);
  expect(await server.cli('run', 'registry', '--watch')).toMatchObject({ code: 0 });
  expect(web.asked).toMatchObject([
    { method: 'POST', body: '{"run":1}', headers: { authorization: `Bearer ${SECRET}` } },
  ]);
  expect((await server.cli('logs', 'registry/1', 'say')).stdout).toContain('version 4');
  const { stdout } = await server.cli('logs', 'registry/1', 'add');
  expect(stdout).toContain(`POST ${web.url}/models, 9 bytes`);
  expect(stdout).toMatch(/201 Created, 14 bytes after \d+\.\d\d s/u);
  const why = await server.cli('explain', 'registry/1/away');
  expect(why.stdout).toContain('127.0.0.1 is a loopback address');
  expect(why.stdout).toContain('DOWNBEAT_HTTP_HOSTS=');
});

test('a job template is recognised by its shape, and a step of Maestro’s that names it does what it says', async () => {
  const template = await file(
    'notify.json',
    JSON.stringify({
      metadata: { owner: 'ada' },
      definition: {
        job_type: 'Notify',
        step_type: 'Http',
        params: {
          http: { type: 'MAP', value: { url: { type: 'STRING', value: `${web.url}/$channel` } } },
          channel: { type: 'STRING', value: 'birds' },
        },
      },
    }),
  );
  const flow = await file(
    'flow.yaml',
    'Workflow:\n  id: imported\n  jobs:\n    - job: { id: call, type: Notify, channel: gulls }\n',
  );
  const validated = await server.cli('validate', template, flow);
  expect([validated.code, validated.stdout]).toEqual([0, expect.stringContaining('template Notify in')]);
  const applied = await server.cli('apply', flow, template);
  expect(applied).toMatchObject({ code: 0, stderr: '' });
  expect(applied.stdout).toMatch(/template Notify version 1 is in place[\s\S]*imported version 1 is in place/u);
  expect((await server.cli('graph', 'imported')).stdout).toContain('call  http  (template Notify)');
  expect(await server.cli('run', 'imported', '--watch')).toMatchObject({ code: 0 });
  expect(web.asked.at(-1)).toMatchObject({ method: 'GET', path: '/gulls' });
  const { template: shown } = await server.graphql<{ template: unknown }>(
    '{ template(id: "Notify") { params { name type required } usedBy { stepId } } }',
  );
  expect(shown).toEqual({
    params: [
      { name: 'http', type: 'map', required: false },
      { name: 'channel', type: 'string', required: false },
    ],
    usedBy: [{ stepId: 'call' }],
  });
});

test('`doctor` says where requests may go', async () => {
  const { stdout } = await server.cli('doctor');
  expect(stdout).toContain('Requests');
});
