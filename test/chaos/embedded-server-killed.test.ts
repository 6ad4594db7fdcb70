// A server with its embedded MongoDB is killed in the middle of its work: the next one adopts the mongod and goes on, and
// no process of a step outlives the dead server.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAlive } from '../executors/alive.ts';
import { freshMongo } from '../support/mongod.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { checkHistory, readHistory, runsOf } from './check-history.ts';
import { openLedger } from './ledger.ts';
import { measured } from './measured.ts';
import { createPatientClient, until, wrongAtRest } from './patient-client.ts';

test('the next server adopts the mongod of a killed one and goes on, and the steps of the dead one are gone', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'downbeat-chaos-data-'));
  const ledger = openLedger();
  const env = { MONGODB_URI: '', DOWNBEAT_DATA_DIR: dataDir };
  // Nothing is kept there: the address is given as empty.
  const mongo = await freshMongo();
  let server = await startTestServer({ mongo, env });
  try {
    const client = createPatientClient(() => server.url);
    const chain = [ledger.step('one', { seconds: 3 }), ledger.step('two', { needs: 'one' })];
    await client.apply(`id: chain\nrunStrategy: { parallel: 2 }\nsteps:\n  - ${chain.join('\n  - ')}\n`);
    for (const key of ['first', 'second', 'queued']) await client.startRun('chain', key);
    await until(
      () => ledger.lines().length,
      (count) => count >= 2,
    );
    const mongod = mongodOf(server);
    const steps = ledger.lines().map(({ pid }) => pid);
    await server.kill();
    await until(
      () => steps.filter(isAlive),
      (alive) => alive.length === 0,
      5_000,
    );
    const killed = performance.now();
    server = await startTestServer({ mongo, env });
    measured('ready again after kill -9, with the embedded MongoDB', killed);
    expect(mongodOf(server)).toEqual(mongod);
    expect(server.log()).toContain('adopted');
    const uri = `mongodb://127.0.0.1:${String(mongod.port)}/?directConnection=true`;
    const check = async (): Promise<readonly string[]> => {
      const witness = { acknowledged: client.acknowledged, ledger: ledger.lines(), isAtRest: true };
      return checkHistory(await readHistory({ uri, database: 'downbeat' }), witness);
    };
    expect(await wrongAtRest(check)).toEqual([]);
    const runs = runsOf(await readHistory({ uri, database: 'downbeat' }));
    expect(runs.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
    expect(await server.stop()).toBe(0);
    expect(isAlive(mongod.pid)).toBe(false);
  } finally {
    await server.stop();
    ledger.remove();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

/** The mongod that a server says it has. */
function mongodOf(server: TestServer): { readonly pid: number; readonly port: number } {
  const line = server
    .log()
    .split('\n')
    .find((text) => /embedded mongod (?:ready|adopted)/.test(text));
  const { pid, port } = JSON.parse(line ?? '{}') as { pid: number; port: number };
  return { pid, port };
}
