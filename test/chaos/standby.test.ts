// Two servers on one database: one makes changes, the other stands by, and takes over when the first is gone.

import { createClient } from 'graphql-sse';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { checkHistory, readHistory, runsOf } from './check-history.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { measured } from './measured.ts';
import {
  askOnce,
  createPatientClient,
  type GraphqlAnswer,
  type PatientClient,
  until,
  wrongAtRest,
} from './patient-client.ts';

/**
 * What the product promises; docs/benchmarks.md says how long it takes, and that a processor with a queue before it may be
 * late: so a test that was may try again.
 */
const MOST_AFTER_KILL = 6_000;
const MOST_AFTER_TERM = 1_000;
const busyMachine = { retry: 2 };

const START = 'mutation { startRun(input: { workflowId: "chain" }) { run { id } errors { message } } }';
let ledger: Ledger;
let owner: TestServer;
let standby: TestServer;
let client: PatientClient;

beforeEach(async () => {
  ledger = openLedger();
  owner = await startTestServer();
  standby = await startTestServer({ mongo: owner.mongo });
  client = createPatientClient(() => standby.url);
  await client.apply(
    `id: chain\nrunStrategy: { parallel: 10 }\nsteps:\n  - ${ledger.step('one', { seconds: 1 })}\n  - ${ledger.step('two', { needs: 'one' })}\n`,
  );
});
afterEach(async () => {
  await owner.kill();
  await standby.kill();
  ledger.remove();
});

function startOnStandby(): Promise<GraphqlAnswer<{ startRun: { run: { id: string } } }>> {
  return askOnce(standby.url, START);
}

/** How long until the standby makes changes, after `end` was called. */
async function takeOverTime(what: string, end: () => unknown): Promise<number> {
  const since = performance.now();
  void end();
  await until(startOnStandby, ({ errors }) => errors === undefined, 20_000);
  return measured(`take-over after ${what}`, since);
}

async function everythingEnds(): Promise<void> {
  const check = async (): Promise<readonly string[]> => {
    const witness = { acknowledged: client.acknowledged, ledger: ledger.lines(), isAtRest: true };
    return checkHistory(await readHistory(standby.mongo), witness);
  };
  expect(await wrongAtRest(check)).toEqual([]);
  const runs = runsOf(await readHistory(standby.mongo));
  expect(runs.filter(({ status }) => status !== 'SUCCEEDED')).toEqual([]);
}

test('a standby answers questions and says of changes where they are made', async () => {
  const id = await client.startRun('chain', 'first');
  const { data } = await askOnce<{ server: { role: string; nodes: unknown[] }; run: { id: string } | null }>(
    standby.url,
    `{ server { role nodes { nodeId } } run(id: "${id}") { id } explain(id: "${id}") { __typename } }`,
  );
  expect(data).toMatchObject({ server: { role: 'STANDBY', nodes: [{}, {}] }, run: { id } });
  await until(
    () => standby.graphql<{ runs: { nodes: { id: string }[] } }>('{ runs { nodes { id } } }'),
    ({ runs }) => runs.nodes.some((run) => run.id === id),
  );
  const refused = await startOnStandby();
  expect(refused.errors?.[0]?.extensions).toMatchObject({
    code: 'NOT_OWNER',
    retryable: true,
    ownerAddress: owner.url,
  });
  const sse = createClient({ url: `${standby.url}/graphql/stream`, retryAttempts: 0 });
  const last: unknown[] = [];
  for await (const change of sse.iterate({ query: `subscription { runChanges(runId: "${id}") { run { status } } }` })) {
    last[0] = change;
  }
  expect(last).toMatchObject([{ data: { runChanges: { run: { status: 'SUCCEEDED' } } } }]);
  expect(await standby.cli('run', 'chain', '--watch')).toMatchObject({ code: 0 });
  await everythingEnds();
});

test('a standby takes over from an owner that was killed, and its runs go on', busyMachine, async () => {
  await client.startRun('chain', 'first');
  await client.startRun('chain', 'second');
  const took = await takeOverTime('kill -9', () => owner.kill());
  expect(took).toBeLessThan(MOST_AFTER_KILL);
  await everythingEnds();
});

test(
  'a standby takes over at once from an owner that was asked to end, and no step runs twice',
  busyMachine,
  async () => {
    await client.startRun('chain', 'first');
    await client.startRun('chain', 'second');
    await until(
      () => ledger.lines().length,
      (count) => count === 2,
    );
    const since = performance.now();
    const took = await takeOverTime('SIGTERM', () => owner.stop());
    expect(took).toBeLessThan(MOST_AFTER_TERM);
    expect(await owner.ended).toBe(0);
    measured('ended after SIGTERM', since);
    await everythingEnds();
    expect(ledger.lines()).toHaveLength(12);
  },
);
