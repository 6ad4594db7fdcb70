// A backfill as a person does it, against a real server: plan, the world moves, refused with the difference, applied with the new
// hash, the server dies in the middle, and all the runs are there once.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FreshMongo, freshMongo } from '../support/mongod.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const definition = `id: penguins
runStrategy: { parallel: 3 }
triggers: [{ cron: "0 6 * * *", timezone: Europe/Madrid }]
steps: [{ id: count, run: sleep 0.2 }]
`;

let mongo: FreshMongo;
let server: TestServer;

beforeEach(async () => {
  mongo = await freshMongo();
  server = await startTestServer({ mongo });
});
afterEach(async () => {
  await server.kill();
});

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly hash: string;
  readonly counts: readonly { readonly status: string; readonly count: number }[];
}

async function shown(): Promise<Shown> {
  const { backfills } = await server.graphql<{ backfills: { nodes: readonly Shown[] } }>(
    '{ backfills(first: 1) { nodes { id status hash counts { status count } } } }',
  );
  const [newest] = backfills.nodes;
  if (newest === undefined) throw new Error('there is no backfill');
  return newest;
}

function countOf({ counts }: Shown, status: string): number {
  return counts.find((one) => one.status === status)?.count ?? 0;
}

test(
  'plan, refused since the world moved, applied, killed in the middle, and complete',
  { timeout: 170_000 },
  async () => {
    await server.graphql(
      'mutation($input: ApplyWorkflowInput!) { applyWorkflow(input: $input) { errors { message } } }',
      {
        input: { source: definition },
      },
    );
    const words = ['--from', '2026-03-20', '--to', '2026-04-08', '--concurrency', '2'];
    const plan = await server.cli('backfill', 'plan', 'penguins', ...words);
    expect(plan.stderr).toContain(
      'Nothing has started. Do it with: downbeat backfill apply backfill:penguins/1 --hash ',
    );
    expect(plan.stdout).toContain('+    20  new: no run of it yet');
    const hash = /--hash ([0-9a-f]+)/u.exec(plan.stderr)?.[1] ?? '';

    expect((await server.cli('run', 'penguins', '--for', '2026-03-29T04:00:00Z', '--watch')).code).toBe(0);
    const refused = await server.cli('backfill', 'apply', 'backfill:penguins/1', '--hash', hash);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain('2026-03-29T04:00Z  has no run yet; now is left out: run 1 succeeded');
    const newHash = /--hash ([0-9a-f]+)/u.exec(refused.stderr)?.[1] ?? '';

    const applied = await server.cli('backfill', 'apply', 'penguins/1', '--hash', newHash);
    expect(applied.stdout).toContain('backfill:penguins/1 running');
    await expect.poll(async () => countOf(await shown(), 'SUCCEEDED'), { timeout: 30_000 }).toBeGreaterThan(3);
    await server.kill();

    server = await startTestServer({ mongo });
    const watched = await server.cli('backfill', 'watch', 'penguins/1');
    expect(watched.stdout.trimEnd().split('\n').at(-1)).toBe('backfill:penguins/1 succeeded: 19 succeeded');
    expect(watched.code).toBe(0);
    const { runs, explain } = await server.graphql<{
      readonly runs: {
        readonly nodes: readonly { readonly scheduledFor: string; readonly cause: { readonly kind: string } }[];
      };
      readonly explain: { readonly summary: string };
    }>(
      '{ runs(first: 100, filter: { workflowId: "penguins" }) { nodes { scheduledFor cause { kind } } } explain(id: "backfill:penguins/1") { summary } }',
    );
    expect(runs.nodes.filter(({ cause }) => cause.kind === 'BACKFILL')).toHaveLength(19);
    expect(new Set(runs.nodes.map(({ scheduledFor }) => scheduledFor)).size).toBe(20);
    expect(explain.summary).toContain('19 of 19 runs succeeded');
  },
);
