// Redis makes things quick and never true: with it a standby's subscriptions are live and a data job may publish a signal;
// when it dies, everything still finishes.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshMongo } from '../support/mongod.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { checkHistory, readHistory } from './check-history.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { createPatientClient, type PatientClient, until, wrongAtRest } from './patient-client.ts';
import { applyWorkload, checkWorkload, sendWorkload } from './workload.ts';

let folder: string;
let redis: RedisServer;
let owner: TestServer;
let standby: TestServer;
let client: PatientClient;
let ledger: Ledger;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'downbeat-chaos-redis-'));
  redis = await startRedisServer({ folder });
  ledger = openLedger();
  const env = { REDIS_URL: redis.url };
  const mongo = await freshMongo();
  owner = await startTestServer({ mongo, env });
  standby = await startTestServer({ mongo, env });
  client = createPatientClient(() => standby.url);
  await applyWorkload(client, ledger);
});
afterAll(async () => {
  await Promise.all([owner.kill(), standby.kill()]);
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
  ledger.remove();
});

test('a signal that a data job publishes through Redis starts a run', async () => {
  await client.apply(`id: night\ntriggers:\n  - signal: job.done\nsteps:\n  - { id: only, noop: true }\n`);
  const port = new URL(redis.url).port;
  const heard = execFileSync('redis-cli', [
    '-p',
    port,
    'PUBLISH',
    'downbeat:signals',
    '{"name":"job.done","params":{"rows":3}}',
  ]);
  expect(heard.toString().trim()).toBe('2');
  await until(
    () => standby.graphql<{ run: { status: string } | null }>('{ run(id: "night/1") { status } }'),
    ({ run }) => run?.status === 'SUCCEEDED',
  );
  expect((await standby.graphql<{ run: unknown }>('{ run(id: "night/2") { id } }')).run).toBeNull();
});

test('a subscription on the standby is live: it ends with the run, and its changes are those of the log', async () => {
  const id = await client.startRun('chain', 'watched');
  const sse = createClient({ url: `${standby.url}/graphql/stream`, retryAttempts: 0 });
  const query = `subscription { runChanges(runId: "${id}") { kind run { status } } }`;
  let status = '';
  for await (const { data, errors } of sse.iterate<{ runChanges: { run: { status: string } | null } }>({ query })) {
    expect(errors).toBeUndefined();
    status = data?.runChanges.run?.status ?? status;
  }
  sse.dispose();
  expect(status).toBe('SUCCEEDED');
});

test('with Redis dead everything still finishes, on the standby after the owner too', async () => {
  await redis.stop();
  await sendWorkload(client);
  await owner.kill();
  await client.publish('ticket.ready', { rows: 1 }, 'after-the-death');
  const check = async (): Promise<readonly string[]> => {
    const history = await readHistory(standby.mongo);
    const witness = { acknowledged: client.acknowledged, ledger: ledger.lines(), isAtRest: true };
    return [...checkWorkload(history, { chain: 1, heir: 1 }), ...checkHistory(history, witness)];
  };
  expect(await wrongAtRest(check)).toEqual([]);
});
