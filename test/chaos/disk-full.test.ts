// The disk under mongod is full, and mongod dies of it: changes are refused as retryable, none is acknowledged and lost, and
// with room again everything goes on. Needs the right to mount a small disk; without it the test says so and is skipped.

import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { askOnce, until } from './patient-client.ts';
import { type PrivateMongod, startPrivateMongod } from './private-mongod.ts';

const SMALL_DISK = 'size=420m';
const CHUNK = Buffer.alloc(1024 * 1024);
const disk = mkdtempSync(join(tmpdir(), 'downbeat-small-disk-'));
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', SMALL_DISK, 'tmpfs', disk]).status === 0;
const ballast = join(disk, 'ballast');

let mongod: PrivateMongod;
let server: TestServer;

beforeAll(async () => {
  if (!isMounted) return;
  const files = join(disk, 'mongod');
  mkdirSync(files);
  mongod = await startPrivateMongod(files);
  server = await startTestServer({ mongo: { uri: mongod.uri, database: 'small' } });
});
afterAll(async () => {
  if (isMounted) {
    await server.kill();
    await mongod.remove();
    spawnSync('umount', [disk]);
  }
  rmSync(disk, { recursive: true, force: true });
});

test.skipIf(!isMounted)('a full disk refuses changes as retryable, and loses none that was acknowledged', async () => {
  const source = 'id: heavy\nparams: { load: "" }\nrunStrategy: { parallel: 100 }\nsteps: [{ id: only, noop: true }]';
  await server.graphql(
    'mutation($source: String!) { applyWorkflow(input: { source: $source }) { errors { message } } }',
    {
      source,
    },
  );
  fill();
  const acknowledged: string[] = [];
  const refusal = await until(
    async () => {
      const answer = await start(`key-${String(acknowledged.length)}`);
      const run = answer.data?.startRun.run?.id;
      if (run !== undefined) acknowledged.push(run);
      return answer.errors?.[0]?.extensions;
    },
    (extensions) => extensions !== undefined,
  );
  expect(refusal).toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });

  rmSync(ballast);
  await mongod.restart();
  await until(
    async () => (await start(`key-${String(acknowledged.length)}`)).data?.startRun.run?.id,
    (id) => id !== undefined,
  );
  for (const id of acknowledged) {
    const { run } = await server.graphql<{ run: { status: string } | null }>(
      'query($id: ID!) { run(id: $id) { status } }',
      { id },
    );
    expect(run, id).toMatchObject({ status: 'SUCCEEDED' });
  }
});

/** Leaves no room at all. */
function fill(): void {
  const file = openSync(ballast, 'w');
  try {
    for (;;) writeSync(file, CHUNK);
  } catch {
    closeSync(file);
  }
}

interface Started {
  readonly startRun: { readonly run: { readonly id: string } | null };
}

function start(idempotencyKey: string): ReturnType<typeof askOnce<Started>> {
  const params = { load: 'x'.repeat(200_000) };
  return askOnce<Started>(
    server.url,
    'mutation($input: StartRunInput!) { startRun(input: $input) { run { id } errors { message } } }',
    { input: { workflowId: 'heavy', params, idempotencyKey } },
  );
}
