// Documents of Maestro's over a real server and the command line, unchanged: versions that stay inactive, triggers that are off,
// limits that parameters give, starts that are told twice.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let folder: string;

const taken = (name: string, type: string): object => ({
  type,
  expression: `params.getFromSignal('export', '${name}')`,
});

const request = (more: object): string =>
  JSON.stringify({
    properties: { owner: 'ada', time_trigger_disabled: true },
    workflow: {
      id: 'load',
      timeout: '${patience}',
      params: { patience: { type: 'STRING', value: '1 hour' } },
      time_triggers: [{ type: 'CRON', cron: '0 6 * * *' }],
      signal_triggers: [
        {
          definitions: { export: {} },
          params: { day: taken('day', 'STRING'), rows: taken('rows', 'LONG') },
          condition: 'rows > 10',
          dedup_expr: "'load-' + day",
        },
      ],
      steps: [{ step: { id: 'a', type: 'NoOp', retry_policy: { error_retry_limit: '${tries}' } } }],
    },
    ...more,
  });

beforeAll(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), 'downbeat-maestro-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  expect(await server.stop()).toBe(0);
});

test('start runs on signals with parameters that are worked out, and tell the publisher what one of them misses', async () => {
  const file = join(folder, 'pairs.json');
  const params = {
    next: { type: 'LONG', expression: "Util.incrementDateInt(params.getFromSignal('day closed', 'day'), 1)" },
    label: { type: 'STRING', value: 'load-${next}' },
  };
  const definitions = { 'day closed': { join_keys: ['day'] } };
  const steps = [{ step: { id: 'a', type: 'NoOp', params: { it: { type: 'STRING', value: '$label' } } } }];
  const workflow = { id: 'pairs', signal_triggers: [{ definitions, params }], steps };
  await writeFile(file, JSON.stringify({ properties: { owner: 'ada' }, workflow }));
  expect(await server.cli('apply', file)).toMatchObject({ code: 0, stderr: '' });
  expect((await server.cli('publish', 'day closed', '-p', 'day=soon')).stdout).toContain(
    '"next" could not be worked out',
  );
  expect((await server.cli('publish', 'day closed', '-p', 'day=20260131')).stdout).toContain('pairs/1');
  expect((await server.cli('watch', 'pairs/1')).code).toBe(0);
  const { run } = await server.graphql<{ run: { params: object } }>('{ run(id: "pairs/1") { params } }');
  expect(run.params).toMatchObject({ next: 20_260_201, label: 'load-20260201' });
  const exported = await server.cli('export', 'pairs', '--as', 'maestro-yaml');
  expect(exported.stderr).toContain('no words for triggers');
  await writeFile(file, (await server.cli('export', 'pairs', '--as', 'maestro-json')).stdout);
  expect((await server.cli('apply', file)).stdout).toContain('pairs version 1: nothing has changed');
});

test('are applied as they are, and do what they say', async () => {
  const file = join(folder, 'load.json');
  await writeFile(file, request({ is_active: false }));
  expect((await server.cli('apply', file)).stdout).toContain('load version 1 is kept, and not active');
  await writeFile(file, request({}));
  const applied = await server.cli('apply', file);
  expect(applied).toMatchObject({ code: 0, stderr: '' });
  expect(applied.stdout).toMatch(/load version 2 is in place[\s\S]*06:00[^\n]*\(paused\)[\s\S]*downbeat resume load/u);
  expect(applied.stdout).toContain("if rows > 10, once for each 'load-' + day");

  const publish = (day: string, rows: number) =>
    server.cli('publish', 'export', '-p', `day=${day}`, '-p', `rows=${String(rows)}`);
  expect((await publish('mon', 5)).stdout).toContain('Its `when` is false: rows > 10');
  expect((await publish('mon', 50)).stdout).toContain('load/1');
  expect((await publish('mon', 60)).stdout).toContain('Run load/1 was started under its idempotencyKey already');

  const failed = await server.cli('run', 'load', '-p', 'tries=3', '-p', 'patience=soon', '--watch');
  expect(failed.code).toBe(1);
  expect(`${failed.stdout}${failed.stderr}`).toContain('The timeout of the workflow is ${patience}');
  expect(await server.cli('run', 'load', '-p', 'tries=3', '--watch')).toMatchObject({ code: 0 });

  const { workflow } = await server.graphql<{ workflow: { definition: { maestroJson: object } } }>(
    '{ workflow(id: "load") { definition { maestroJson } } }',
  );
  expect(workflow.definition.maestroJson).toMatchObject({
    properties: { time_trigger_disabled: true },
    workflow: { timeout: '${patience}', signal_triggers: [{ condition: 'rows > 10', dedup_expr: "'load-' + day" }] },
  });
});
