// The server kills itself at every named place between two effects, twice on one database, under a workload whose client
// does not give up; then it heals, and the whole history is checked.

import { expect, test } from 'vitest';
import { type Site } from '../../src/engine/outside.ts';
import { freshMongo } from '../support/mongod.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { checkHistory, readHistory } from './check-history.ts';
import { openLedger } from './ledger.ts';
import { createPatientClient, until, wrongAtRest } from './patient-client.ts';
import { applyWorkload, checkWorkload, sendWorkload } from './workload.ts';

/** Every site, with the passes at which the first and the second server of its database end. */
const sweep: readonly (readonly [Site, number, number])[] = [
  ['before-append', 1, 6],
  ['after-append', 6, 2],
  ['before-effects', 2, 9],
  ['after-effects', 2, 7],
  ['before-report', 1, 2],
  ['in-take-over', 1, 9],
  ['after-fence', 2, 16],
  ['in-replay', 1, 20],
  ['before-checkpoint', 1, 3],
  ['after-checkpoint', 1, 3],
];

// Most of a history is waiting for leases to run out, so several go on at once.
test.concurrent.for(sweep)(
  'nothing is lost and nothing doubled when the server dies at %s:%i and :%i',
  async (point) => {
    expect(await survive(point)).toEqual([]);
  },
);

/** Lets two servers die at a site, heals, and answers what is wrong with the history. */
async function survive([site, ...passes]: readonly [Site, number, number]): Promise<readonly string[]> {
  const ledger = openLedger();
  const mongo = await freshMongo();
  let server: TestServer | undefined;
  const client = createPatientClient(() => server?.url ?? '', { inAll: 90_000 });
  try {
    const work = applyWorkload(client, ledger).then(() => sendWorkload(client));
    let deaths = 0;
    for (const pass of passes) {
      const env = { DOWNBEAT_CRASH_AT: `${site}:${String(pass)}`, DOWNBEAT_TEST_CHECKPOINT_MS: '300' };
      server = await startTestServer({ mongo, env, isMortal: true });
      const hasDied = await Promise.race([server.ended.then(() => true), settled(work)]);
      if (hasDied || (await diesSoon(server))) deaths++;
      else await server.kill();
    }
    server = await startTestServer({ mongo, env: { DOWNBEAT_TEST_CHECKPOINT_MS: '300' } });
    await work;
    const faults = await wrongAtRest(async () => {
      const history = await readHistory(mongo);
      const witness = { acknowledged: client.acknowledged, ledger: ledger.lines(), isAtRest: true };
      return [...checkWorkload(history), ...checkHistory(history, witness)];
    });
    const scene = `${site} at ${passes.join(' and ')}`;
    return [...(deaths === 0 ? [`${scene}: no server died`] : []), ...faults.map((fault) => `${scene}: ${fault}`)];
  } finally {
    await server?.kill();
    ledger.remove();
  }
}

async function settled(work: Promise<void>): Promise<false> {
  await work.catch(() => undefined);
  return false;
}

/** Everything is acknowledged; the server may still come past the site while runs go on. */
async function diesSoon(server: TestServer): Promise<boolean> {
  return until(() => server.process.exitCode !== null || server.process.signalCode !== null, Boolean, 4_000).catch(
    () => false,
  );
}
