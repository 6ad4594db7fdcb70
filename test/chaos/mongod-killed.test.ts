// mongod is killed under load and stays away for longer than a lease: the server says so and lies to nobody; when mongod is
// back, everything that was acknowledged is there and everything goes on.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { checkHistory, readHistory } from './check-history.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { measured } from './measured.ts';
import {
  askOnce,
  createPatientClient,
  type GraphqlAnswer,
  type PatientClient,
  pause,
  until,
  wrongAtRest,
} from './patient-client.ts';
import { type PrivateMongod, startPrivateMongod } from './private-mongod.ts';
import { applyWorkload, checkWorkload, sendWorkload } from './workload.ts';

/** Longer than a lease and than the driver's patience. */
const AWAY = 12_000;

let mongod: PrivateMongod;
let server: TestServer;
let client: PatientClient;
let ledger: Ledger;

beforeAll(async () => {
  mongod = await startPrivateMongod();
  ledger = openLedger();
  server = await startTestServer({ mongo: { uri: mongod.uri, database: 'chaos' } });
  client = createPatientClient(() => server.url, { inAll: 90_000 });
  await applyWorkload(client, ledger);
});
afterAll(async () => {
  await server.kill();
  await mongod.remove();
  ledger.remove();
});

test('without MongoDB changes are refused as STORE_UNAVAILABLE, and everything acknowledged outlives its death', async () => {
  const work = sendWorkload(client);
  work.catch(() => undefined);
  await until(
    () => client.acknowledged.length,
    (count) => count >= 2,
  );
  await mongod.kill();
  const killed = performance.now();
  const start = (key: object): Promise<GraphqlAnswer<unknown>> =>
    askOnce(
      server.url,
      'mutation($input: StartRunInput!) { startRun(input: $input) { run { id } errors { message } } }',
      { input: { workflowId: 'chain', ...key } },
    );
  // One with a key that the log has to be asked for, and one that goes straight to the mailbox; the latter may yet happen.
  const answers = await Promise.all([
    start({ idempotencyKey: 'chain-0' }),
    askOnce(server.url, 'mutation { publishSignal(input: { name: "nobody.listens" }) { signal { id } } }'),
    askOnce(server.url, '{ runs { nodes { id } } }'),
  ]);
  measured('told that the store is away', killed);
  for (const { errors } of answers.slice(1)) {
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
  }
  // The first may be known from memory; if it is answered, then with the outcome of the first time.
  expect(answers[0].errors?.[0]?.extensions?.code ?? 'ANSWERED').toMatch(/^(STORE_UNAVAILABLE|ANSWERED)$/);
  const health = await fetch(`${server.url}/healthz`);
  expect(health.status).toBe(200);
  await pause(Math.max(0, AWAY - (performance.now() - killed)));
  await mongod.restart();
  const back = performance.now();
  await work;
  measured('everything acknowledged once MongoDB was back', back);
  const check = async (): Promise<readonly string[]> => {
    const history = await readHistory(server.mongo);
    const witness = { acknowledged: client.acknowledged, ledger: ledger.lines(), isAtRest: true };
    return [...checkWorkload(history), ...checkHistory(history, witness)];
  };
  expect(await wrongAtRest(check)).toEqual([]);
  expect(
    [...client.codes].filter((code) => !['NO_ANSWER', 'STORE_UNAVAILABLE', 'UNAVAILABLE', 'NOT_OWNER'].includes(code)),
  ).toEqual([]);
});
