// What a person takes out of a real server on the command line: a workflow as a file that can be applied again, and a run as a
// folder for somebody who cannot look at the server.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';

const BIRDS = `id: birds
owner: ada
labels: { team: red }
params: { island: Dream, rate: 1.0 }
triggers: [{ signal: birds.seen, where: { rows: ">= 2" }, params: { island: "\${signal.island}" } }]
steps:
  - id: count
    run: |
      echo "counting with $KEY"
      mkdir lists; echo "a,b" > lists/birds.csv
      echo 'rows=3' >> "$DOWNBEAT_OUTPUTS"
    env: { KEY: "\${secrets.birds_key}" }
    outputs: { rows: long }
    artifacts: lists/birds.csv
  - id: check
    needs: count
    when: "steps.count.rows > 2"
    run: echo "too many"; exit 3
`;

let folder = '';
let server: TestServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'downbeat-export-'));
  server = await startTestServer({ env: { DOWNBEAT_SECRET_BIRDS_KEY: 'hunter2-birds' } });
  writeFileSync(join(folder, 'birds.yaml'), BIRDS);
  expect(await server.cli('apply', join(folder, 'birds.yaml'))).toMatchObject({ code: 0 });
}, 120_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

test('a workflow that was exported is the same version when it is applied again, as YAML and as JSON', async () => {
  for (const format of ['yaml', 'json']) {
    const { stdout, code } = await server.cli('export', 'birds', '--as', format);
    expect(code).toBe(0);
    if (format === 'yaml')
      expect(stdout).toMatch(/^# yaml-language-server: \$schema=http:.*\/schema\/workflow\.json\n/u);
    const file = join(folder, `again.${format}`);
    writeFileSync(file, stdout);
    expect((await server.cli('apply', file)).stdout).toContain('birds version 1: nothing has changed');
  }
  const refused = await server.cli('export', 'birds', '--as', 'maestro-json');
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr).toContain('was not imported from Maestro');
});

test('a run that was exported is a folder with all that there is to know of it, and without its secret', async () => {
  await server.cli('publish', 'birds.seen', '-p', 'rows=2', '-p', 'island=Biscoe');
  await server.cli('watch', 'birds/1');
  const printed = await server.cli('export', 'birds/1');
  expect(printed).toMatchObject({ code: 0 });
  expect(printed.stdout).not.toContain('hunter2');
  const record = JSON.parse(printed.stdout) as Record<string, unknown>;
  expect(record).toMatchObject({
    record: 'downbeat-run',
    run: { id: 'run:birds/1', status: 'FAILED', params: { island: 'Biscoe' }, cause: { kind: 'SIGNAL' } },
    definition: { version: 1 },
    signals: [{ name: 'birds.seen', params: { rows: 2, island: 'Biscoe' } }],
    steps: [
      {
        stepId: 'count',
        status: 'SUCCEEDED',
        outputs: { rows: 3 },
        artifacts: [{ path: 'lists/birds.csv', size: '4' }],
      },
      { stepId: 'check', status: 'FAILED', failure: { code: 'EXIT_CODE' } },
    ],
  });
  expect(JSON.stringify(record['steps'])).toContain('too many');
  expect(JSON.stringify(record['timeline'])).toContain('StepFailed');

  const place = join(folder, 'birds-1');
  expect(await server.cli('export', 'birds/1', '--output', place)).toMatchObject({ code: 0 });
  expect(readFileSync(join(place, 'artifacts/count/lists/birds.csv'), 'utf8')).toBe('a,b\n');
  expect(readFileSync(join(place, 'logs/count.log'), 'utf8')).toContain('counting with •••');
  expect(existsSync(join(place, 'run.json'))).toBe(true);
  writeFileSync(join(folder, 'from-run.yaml'), readFileSync(join(place, 'birds.downbeat.yaml')));
  expect((await server.cli('apply', join(folder, 'from-run.yaml'))).stdout).toContain('version 1: nothing has changed');
  expect((await server.cli('export', 'birds/1', '--output', place)).stderr).toContain('has something in it already');
});

test('workflows are listed with what starts them and how they went, and a name that is nearly right is suggested', async () => {
  await server.cli('run', 'birds', '--watch');
  const listed = await server.cli(
    'workflows',
    '--owner',
    'ada',
    '--status',
    'failed',
    '--active',
    '--label',
    'team=red',
  );
  expect(listed.stdout).toMatch(/birds\s+1\s+. failed \(\d\)/u);
  expect(listed.stdout).toContain('birds.seen');
  expect((await server.cli('workflows', '--paused')).stderr).toContain('There are no such workflows.');
  await server.cli('pause', 'birds');
  expect((await server.cli('workflows', '--paused')).stdout).toContain('paused:');
  const mistyped = await server.cli('run', 'brids');
  expect(mistyped.stderr).toContain('There is no workflow "brids".');
  expect(mistyped.stderr).toContain('Did you mean "birds"?');
});
