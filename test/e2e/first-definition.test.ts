// The first hour: three scripts in a folder become a definition that runs, and its next version is planned, applied and taken back.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let folder: string;

const scripts = {
  'download.sh': '#!/bin/sh\nprintf "island,mass\\nBiscoe,4200\\nDream,\\nDream,3700\\n" > raw.csv\n',
  'clean.py': [
    'import csv',
    'from tools import is_whole',
    'rows = [row for row in csv.reader(open("raw.csv")) if is_whole(row)]',
    'with open("clean/penguins.csv", "w") as out:',
    '    csv.writer(out).writerows(rows)',
    '',
  ].join('\n'),
  'tools.py': 'def is_whole(row):\n    return all(row)\n',
  'report.mjs': [
    "import { readFileSync, writeFileSync } from 'node:fs';",
    "const lines = readFileSync('clean/penguins.csv', 'utf8').trim().split('\\n');",
    "writeFileSync('report.txt', `${lines.length - 1} penguins`);",
    "console.log(readFileSync('report.txt', 'utf8'));",
    '',
  ].join('\n'),
};

beforeAll(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), 'downbeat-first-'));
  for (const [name, text] of Object.entries(scripts)) await writeFile(join(folder, name), text);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  expect(await server.stop()).toBe(0);
});

test('three scripts that ran by hand in one folder run as steps, just as `init` wrote them', async () => {
  const made = await server.cli('init', folder, '--json');
  expect(made).toMatchObject({ code: 0 });
  const { file, workflowId } = JSON.parse(made.stdout) as { file: string; workflowId: string };
  expect(await readFile(file, 'utf8')).toContain(`$schema=${server.url}/schema/workflow.json`);
  expect((await fetch(`${server.url}/schema/workflow.json`)).status).toBe(200);
  expect(await server.cli('validate', file)).toMatchObject({ code: 0 });
  expect(await server.cli('apply', file)).toMatchObject({ code: 0 });
  expect(await server.cli('run', workflowId, '--watch')).toMatchObject({ code: 0 });
  expect((await server.cli('logs', `${workflowId}/1`, 'report')).stdout).toContain('2 penguins');
});

test('its next version is planned, applied, and taken back for the one before', async () => {
  const file = join(folder, `${basename(folder)}.downbeat.yaml`);
  const text = await readFile(file, 'utf8');
  const bare = text.replace(/^# (?=triggers:| {2}- cron| {4}timezone)/gmu, '').replace('id: report\n', 'id: tell\n');
  await writeFile(file, bare);
  const planned = await server.cli('plan', file);
  expect(planned.code).toBe(0);
  expect(planned.stdout.split('\n')).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^\S+: version 1 → 2$/u),
      '  + trigger cron-1',
      '  + step tell',
      '  - step report',
      expect.stringMatching(/^ {4}The trigger cron-1 begins: it fires first at /u),
    ]),
  );
  expect(planned.stderr).toContain(`Nothing was changed. Do it with: downbeat apply ${file}`);
  const { workflowId } = JSON.parse((await server.cli('plan', file, '--json')).stdout) as { workflowId: string };
  expect(await server.cli('apply', file)).toMatchObject({ code: 0 });
  expect((await server.cli('plan', file)).stdout).toContain('version 2: nothing would change');
  expect((await server.cli('explain', `workflow:${workflowId}`)).stdout).toContain('fires next at');
  expect((await server.cli('activate', workflowId, '1')).stdout).toContain('version 1 is in place');
  expect((await server.cli('plan', file)).stdout).toContain('version 1 → 2, which is there already');
  const { workflow } = await server.graphql<{ workflow: unknown }>(
    'query ($id: ID!) { workflow(id: $id) { activeVersion triggers { name } versions { nodes { version isActive } } } }',
    { id: workflowId },
  );
  expect(workflow).toEqual({
    activeVersion: 1,
    triggers: [],
    versions: {
      nodes: [
        { version: 2, isActive: false },
        { version: 1, isActive: true },
      ],
    },
  });
});
