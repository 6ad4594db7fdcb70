// Clocks jump: that of the store forward and back, and those of servers are minutes and a day off. Servers are killed
// meanwhile. Each tick has exactly one run and each signal is matched exactly once (reliability F13, F14, F18; I9 to I11).

import { afterEach, expect, test } from 'vitest';
import { firstCause, type RunState } from '../../src/core/run/state.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { checkHistory, readHistory, runsOf } from './check-history.ts';
import { createFalseClock, type FalseClock, findFalseClock } from './false-clock.ts';
import { createPatientClient, until, wrongAtRest } from './patient-client.ts';
import { type PrivateMongod, startPrivateMongod } from './private-mongod.ts';

const library = findFalseClock();
const SECOND = 1_000;
const EACH = 2 * SECOND;
const SIGNALS = 10;

const workflows = `
id: ticking
runStrategy: { parallel: 100 }
triggers:
  - cron: "*/2 * * * * *"
    catchUp: all
steps:
  - { id: work, noop: {} }
---
id: listening
runStrategy: { parallel: 100 }
triggers:
  - signal: it.happened
steps:
  - { id: work, noop: {} }
`;

let mongod: PrivateMongod | undefined;
let servers: TestServer[] = [];
let clocks: FalseClock[] = [];
afterEach(async () => {
  for (const server of servers) await server.kill();
  await mongod?.remove();
  for (const clock of clocks) clock.remove();
  [servers, clocks, mongod] = [[], [], undefined];
});

// Where the library lacks (it is Debian's package faketime) there is nothing to try this with.
test.skipIf(library === undefined)(
  'whatever the clocks do, each tick and each signal has exactly one run',
  async () => {
    const clockOff = (seconds: number): FalseClock => {
      const clock = createFalseClock(library ?? '', seconds);
      clocks.push(clock);
      return clock;
    };
    const storeClock = clockOff(0);
    const store = (mongod = await startPrivateMongod(undefined, storeClock));
    const mongo = { uri: store.uri, database: 'clocks' };
    const start = async (secondsOff: number): Promise<TestServer> => {
      const server = await startTestServer({ mongo, env: clockOff(secondsOff).env });
      servers.push(server);
      return server;
    };
    const runs = async (): Promise<readonly RunState[]> => runsOf(await readHistory(mongo));
    const ticks = async (): Promise<readonly number[]> =>
      (await runs()).flatMap(({ scheduledFor }) => scheduledFor ?? []).sort((one, other) => one - other);
    let here = await start(-90);
    const client = createPatientClient(() => here.url, { inAll: 90 * SECOND });
    let published = 0;
    const publish = async (): Promise<void> => {
      for (let signal = 0; signal < SIGNALS; signal++)
        await client.publish('it.happened', {}, `key-${String(published++)}`);
    };
    const moreTicks = async (count: number): Promise<void> => {
      const before = (await ticks()).length;
      await until(ticks, (now) => now.length >= before + count);
    };
    for (const source of workflows.split('---\n')) await client.apply(source);
    await moreTicks(2);
    const startedAt = performance.now();

    storeClock.set(20);
    await Promise.all([moreTicks(10), publish()]);

    await here.kill();
    storeClock.set(14);
    here = await start(86_400);
    await Promise.all([moreTicks(2), publish()]);

    storeClock.set(45);
    const other = await start(-30);
    await here.kill();
    here = other;
    await Promise.all([moreTicks(12), publish()]);

    const taken = await ticks();
    const [first = 0] = taken;
    // Or it was not the store's clock that was moved.
    expect((taken.at(-1) ?? 0) - first).toBeGreaterThan(performance.now() - startedAt + 30 * SECOND);
    expect(taken).toEqual(Array.from(taken, (_, place) => first + place * EACH));
    const started = (await runs()).filter(({ cause }) => firstCause(cause).kind === 'SIGNAL');
    expect(started).toHaveLength(published);
    const check = async (): Promise<readonly string[]> =>
      checkHistory(await readHistory(mongo), { acknowledged: client.acknowledged, ledger: [], isAtRest: false });
    expect(await wrongAtRest(check)).toEqual([]);
  },
);
