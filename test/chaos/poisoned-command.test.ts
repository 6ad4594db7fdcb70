// A command that ends every process that decides it: after three servers it is found and set aside, and all else goes on.

import { expect, test } from 'vitest';
import { freshMongo, type FreshMongo } from '../support/mongod.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { readHistory, runsOf } from './check-history.ts';
import { createPatientClient, until } from './patient-client.ts';

interface Explained {
  readonly explain: { readonly summary: string; readonly reasons: readonly { readonly code: string }[] } | null;
}

let server: TestServer | undefined;
const client = createPatientClient(() => server?.url ?? '', { inAll: 90_000, oneTry: 5_000 });

/** Starts one server after the other, each of which dies of the same command, and answers how many died of it. */
async function untilOneLives(mongo: FreshMongo, poison: string): Promise<number> {
  const env = { DOWNBEAT_CRASH_AT: `before-decision@${poison}:1` };
  for (let died = 0; died < 6; died++) {
    server = await startTestServer({ mongo, env, isMortal: true });
    const isAlive = until(() => server?.log().includes('is set aside') === true, Boolean, 20_000);
    if (await Promise.race([isAlive.catch(() => false), server.ended.then(() => false)])) return died;
  }
  throw new Error('every server died');
}

test.each([
  { what: 'a timer of a run', poison: 'Wake run:bad/1.1', culprit: 'run:bad/1' },
  { what: 'a start that its client repeats', poison: 'StartRun workflow:worse', culprit: 'workflow:worse' },
])(
  '$what that ends three servers is set aside by the fourth, and other workflows go on',
  async ({ poison, culprit }) => {
    const mongo = await freshMongo();
    try {
      server = await startTestServer({ mongo });
      await client.apply('id: bad\nsteps: [{ id: nap, sleep: 3s }]');
      await client.apply('id: worse\nsteps: [{ id: only, noop: true }]');
      await client.apply(
        'id: good\nrunStrategy: { parallel: 20 }\nsteps: [{ id: nap, sleep: 4s }, { id: end, needs: nap, noop: true }]',
      );
      await client.startRun('bad', 'bad');
      for (let run = 0; run < 5; run++) await client.startRun('good', `good-${String(run)}`);
      await server.stop();

      const more = Array.from({ length: 5 }, (_, run) => client.startRun('good', `more-${String(run)}`));
      const poisoned = culprit === 'workflow:worse' ? client.startRun('worse', 'worse') : Promise.resolve('');
      const refused = poisoned.catch(String);
      expect(await untilOneLives(mongo, poison)).toBe(3);
      await Promise.all(more);

      const runs = await until(
        async () => runsOf(await readHistory(mongo)).filter(({ workflowId }) => workflowId === 'good'),
        (found) => found.length === 10 && found.every(({ status }) => status === 'SUCCEEDED'),
      );
      expect(runs).toHaveLength(10);
      const { explain } = await client.ask<Explained>(`{ explain(id: "${culprit}") { summary reasons { code } } }`);
      expect(explain?.summary).toContain(`The server ended while it handled "${poison}", and others had ended before.`);
      expect(explain?.reasons).toEqual([{ code: 'QUARANTINED' }]);
      expect(server.log()).toContain(poison);
      expect(server.log()).toContain('opens in safe mode');
      if (culprit === 'workflow:worse') expect(await refused).toContain('so it is not tried again');
    } finally {
      await server?.kill();
    }
  },
);
