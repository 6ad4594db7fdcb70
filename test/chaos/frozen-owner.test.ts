// The owner is frozen (SIGSTOP) for three leases while its steps run; another takes over; then it wakes. Whatever it says
// then changes nothing.

import { expect, test } from 'vitest';
import { defaultTiming } from '../../src/engine/outside.ts';
import { startTestServer } from '../support/server.ts';
import { checkHistory, readHistory, runsOf } from './check-history.ts';
import { openLedger } from './ledger.ts';
import { measured } from './measured.ts';
import { askOnce, createPatientClient, pause, until, wrongAtRest } from './patient-client.ts';

const RUNS = 6;

test.each([
  ['until another has just taken over', 0],
  ['for three leases', 3],
])('an owner that was frozen %s steps down when it wakes, and what it says changes nothing', async (_, leases) => {
  const ledger = openLedger();
  const frozen = await startTestServer();
  const other = await startTestServer({ mongo: frozen.mongo });
  try {
    const client = createPatientClient(() => other.url, { oneTry: 1_500 });
    const chain = [ledger.step('one', { seconds: 2 }), ledger.step('two', { needs: 'one' })];
    await client.apply(`id: chain\nrunStrategy: { parallel: 10 }\nsteps:\n  - ${chain.join('\n  - ')}\n`);
    // Half of the runs are started just before, so that blocks, effects and reports are on their way.
    for (let run = 0; run < RUNS / 2; run++) await client.startRun('chain', `early-${String(run)}`);
    await until(
      () => ledger.lines().length,
      (count) => count === RUNS / 2,
    );
    const late = Array.from({ length: RUNS / 2 }, (_, run) => client.startRun('chain', `late-${String(run)}`));
    frozen.process.kill('SIGSTOP');
    const stopped = performance.now();
    await Promise.all(late);
    await client.startRun('chain', 'taken-over');
    measured('take-over from a frozen owner', stopped);
    await pause(Math.max(0, leases * defaultTiming.lease - (performance.now() - stopped)));
    frozen.process.kill('SIGCONT');
    const woken = createPatientClient(() => frozen.url);
    await woken.startRun('chain', 'said-to-the-woken');
    expect((await askOnce<{ server: { role: string } }>(frozen.url, '{ server { role } }')).data?.server.role).toBe(
      'STANDBY',
    );
    const check = async (): Promise<readonly string[]> =>
      checkHistory(await readHistory(frozen.mongo), {
        acknowledged: [...client.acknowledged, ...woken.acknowledged],
        ledger: ledger.lines(),
        isAtRest: true,
      });
    expect(await wrongAtRest(check)).toEqual([]);
    const runs = runsOf(await readHistory(frozen.mongo));
    expect(runs.map(({ status }) => status)).toEqual(Array.from({ length: RUNS + 2 }, () => 'SUCCEEDED'));
    expect(frozen.process.exitCode).toBeNull();
  } finally {
    frozen.process.kill('SIGCONT');
    await Promise.all([frozen.kill(), other.kill()]);
    ledger.remove();
  }
});
