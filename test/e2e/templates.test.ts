// A template and a workflow in one file, over a real server and the command line: applied, planned, run, drawn.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let folder: string;

const text = `id: visit
params: { guest: Ada }
steps:
  - { id: hello, uses: greet, with: { name: "\${guest}" } }
---
kind: template
id: greet
params: { greeting: Hello, name: { type: string } }
step: { run: 'echo "$TEXT"', env: { TEXT: "\${greeting}, \${name}" } }
`;

beforeAll(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), 'downbeat-templates-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  expect(await server.stop()).toBe(0);
});

test('a file with a template and a workflow that uses it goes up in the right order, and its next version says whom it touches', async () => {
  const file = join(folder, 'visit.downbeat.yaml');
  await writeFile(file, text);
  const validated = await server.cli('validate', file);
  expect([validated.code, validated.stdout]).toEqual([0, expect.stringContaining('template greet in')]);
  const applied = await server.cli('apply', file);
  expect(applied).toMatchObject({ code: 0, stderr: '' });
  expect(applied.stdout).toMatch(/template greet version 1 is in place[\s\S]*visit version 1 is in place/u);
  expect(await server.cli('run', 'visit', '--watch')).toMatchObject({ code: 0 });
  expect((await server.cli('logs', 'visit/1', 'hello')).stdout).toContain('Hello, Ada');
  expect((await server.cli('graph', 'visit')).stdout).toContain('└─ hello  run  (template greet)');
  expect((await server.cli('graph', file, '--format', 'mermaid')).stdout).toContain('flowchart TD');
  await writeFile(file, text.replace('Hello', 'Welcome'));
  const planned = await server.cli('plan', file);
  expect(planned.stdout).toContain('template greet: version 1 → 2');
  expect(planned.stdout).toContain('visit/hello (version 1) came from version 1');
  const { templates, template } = await server.graphql<{ templates: unknown; template: unknown }>(
    '{ templates { nodes { id version } totalCount } template(id: "greet") { params { name required } usedBy { stepId } source } }',
  );
  expect(templates).toEqual({ nodes: [{ id: 'template:greet', version: 1 }], totalCount: 1 });
  expect(template).toMatchObject({
    params: [
      { name: 'greeting', required: false },
      { name: 'name', required: true },
    ],
    usedBy: [{ stepId: 'hello' }],
    source: expect.stringContaining('kind: template') as string,
  });
});
