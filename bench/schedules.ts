// W8: ten thousand schedules that fall into one second: `npx tsx bench/schedules.ts [--schedules 10000] [--profile prof]`. Each is a workflow with
// a `cron` of its own. Measured is how long after that second each run was created, and how long after it its step began.

import { parseArgs } from 'node:util';
import { type BenchClient, connectClient } from './client.ts';
import { applyWorkflow, between } from './runs.ts';
import { prepareGround } from './server.ts';
import { type Distribution, distributionOf } from './statistics.ts';
import { scheduled } from './workflows.ts';

/** Between the last workflow and the second: the server is to be at rest when it comes. */
const REST_MS = 10_000;
const PATIENCE_MS = 120_000;
const LOOK_MS = 500;
const A_PAGE = 100;

interface Row {
  readonly scheduledFor: string;
  readonly createdAt: string;
  readonly steps: { readonly nodes: readonly { readonly startedAt: string | null }[] };
}

const { values } = parseArgs({
  options: { schedules: { type: 'string', default: '10000' }, profile: { type: 'string' } },
});
const schedules = Number(values.schedules);
const ground = await prepareGround();
try {
  const server = await ground.start(values.profile);
  const crowd = connectClient(server.url, 16);
  // What is applied takes a while, so the second that all wait for is chosen behind a try of the first few.
  const at = new Date(Math.ceil((Date.now() + REST_MS + (await timeToApply(crowd))) / 1_000) * 1_000);
  const startedAt = performance.now();
  await applyAll(crowd, schedules, at);
  if (Date.now() > at.getTime() - 1_000)
    throw new Error('The machine was too slow: the second came before all were applied.');
  say(`${String(schedules)} schedules applied in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
  say(`memory of the server: ${(await server.residentMb()).toFixed(0)} MB`);
  await new Promise((wake) => setTimeout(wake, at.getTime() - Date.now()));
  const before = await server.processorMs();
  const rows = await allRuns(crowd);
  const after = await server.processorMs();
  say(`${String(rows.length)} runs, each for ${at.toISOString()}`);
  if (before !== undefined && after !== undefined) {
    const each = [after.server - before.server, after.mongod - before.mongod].map((ms) => (ms / schedules).toFixed(2));
    say(`processor time a run, with reading the list: server ${each[0] ?? ''} ms, mongod ${each[1] ?? ''} ms`);
  }
  say(`all there ${((Date.now() - at.getTime()) / 1_000).toFixed(1)} s after it, as a client sees it`);
  tell('created', distributionOf(rows.map(({ createdAt }) => between(at.toISOString(), createdAt))));
  tell('step begun', distributionOf(rows.map(({ steps }) => between(at.toISOString(), steps.nodes[0]?.startedAt))));
  const wrong = rows.filter(({ scheduledFor }) => Date.parse(scheduledFor) !== at.getTime()).length;
  if (rows.length !== schedules || wrong > 0)
    throw new Error(`Not one run each: ${String(rows.length)}, ${String(wrong)} for another time.`);
  await crowd.close();
} finally {
  await ground.remove();
}

async function timeToApply(client: BenchClient): Promise<number> {
  const tries = 200;
  const startedAt = performance.now();
  const never = new Date(Date.now() + 86_400_000);
  await Promise.all(
    Array.from({ length: tries }, (_, n) => applyWorkflow(client, scheduled(`try-${String(n)}`, never))),
  );
  return ((performance.now() - startedAt) / tries) * schedules * 2;
}

async function applyAll(client: BenchClient, count: number, at: Date): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, n) => applyWorkflow(client, scheduled(`due-${String(n)}`, at))));
}

/** Waits until there are as many runs as schedules, and reads them all. */
async function allRuns(client: BenchClient): Promise<readonly Row[]> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const { runs } = await client.ask<{ readonly runs: { readonly totalCount: number } }>('{ runs { totalCount } }');
    if (runs.totalCount >= schedules || performance.now() > until) break;
    await new Promise((wake) => setTimeout(wake, LOOK_MS));
  }
  const query = `query ($after: String) { runs(first: ${String(A_PAGE)}, after: $after) {
    nodes { scheduledFor createdAt steps(first: 1) { nodes { startedAt } } } pageInfo { endCursor hasNextPage }
  } }`;
  interface Page {
    readonly runs: {
      readonly nodes: readonly Row[];
      readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
    };
  }
  const rows: Row[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const { nodes, pageInfo }: Page['runs'] = (await client.ask<Page>(query, { after })).runs;
    rows.push(...nodes);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  }
  return rows;
}

function tell(what: string, { min, median, p95, p99, max }: Distribution): void {
  const shown = Object.entries({ min, median, p95, p99, max }).map(
    ([name, value]) => `${name} ${value?.toFixed(0) ?? '–'}`,
  );
  say(`${what} after it, in ms: ${shown.join(', ')}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
