// Looking after many runs on the command line, against a real server: find, stop many, see who did it, delete. And nothing of it
// is lost when the server dies.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FreshMongo, freshMongo } from '../support/mongod.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const definition = `id: penguins
labels: { team: birds }
runStrategy: { parallel: 10 }
steps: [{ id: rest, sleep: 1h }]
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

test(
  'many runs are stopped at once, the audit says by whom and why, also after a crash',
  { timeout: 170_000 },
  async () => {
    await server.graphql(
      'mutation($input: ApplyWorkflowInput!) { applyWorkflow(input: $input) { errors { message } } }',
      {
        input: { source: definition },
      },
    );
    for (let number = 1; number <= 3; number++) await server.cli('run', 'penguins');

    const words = ['stop', '--all', '--label', 'team=birds', '--status', 'running', '--yes', '--reason', 'quota'];
    const stopped = await server.cli(...words);
    expect(stopped.stdout).toContain('stop: 3 runs (runs: 3 running)');
    expect(stopped.stdout).toContain('✓ 3 runs done');
    expect(stopped.code).toBe(0);

    const listed = await server.cli('runs', '--status', 'stopped', '--order', 'last-ended', '--text', 'PENG');
    for (const name of ['penguins/1', 'penguins/2', 'penguins/3']) expect(listed.stdout).toContain(name);

    await server.kill();
    server = await startTestServer({ mongo });
    const audit = await server.cli('audit', 'penguins/2');
    expect(audit.stdout).toContain('stopped penguins/2.');
    expect(audit.stdout).toContain('quota');
    const again = await server.cli('rebuild');
    expect(again.code).toBe(0);
    expect((await server.cli('audit', 'penguins/2')).stdout).toBe(audit.stdout);

    expect((await server.cli('diff', 'penguins/1', 'penguins/2')).stdout).toContain('rest');
    expect((await server.cli('delete', 'penguins')).code).toBe(0);
    expect((await server.cli('explain', 'penguins')).stdout).toContain('deleted "penguins"');
    expect((await server.cli('run', 'penguins')).stderr).toContain('was deleted');
    expect((await server.cli('runs', '--workflow', 'penguins')).stdout).toContain('penguins/3');
  },
);
