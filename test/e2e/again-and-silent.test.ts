// A person lets one iteration of a loop begin again while the others go on, and sees what became of a step that fell silent,
// over the real stack.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { downbeat } from '../support/downbeat.ts';
import { type Ended, startTestServer, type TestServer } from '../support/server.ts';

let folder = '';
let server: TestServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'downbeat-again-'));
  server = await startTestServer();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  expect(await server.stop()).toBe(0);
});

const APPLY = 'mutation($source: String!) { applyWorkflow(input: { source: $source }) { errors { message } } }';

async function begin(id: string, source: string): Promise<void> {
  expect(await server.graphql(APPLY, { source })).toEqual({ applyWorkflow: { errors: [] } });
  expect((await ask('run', id)).code).toBe(0);
}

function ask(...words: readonly string[]): Promise<Ended> {
  return downbeat(words, { folder, env: { DOWNBEAT_URL: server.url } });
}

/** Adelie succeeds once the file is there; Gentoo waits, so that the loop goes on. */
function survey(file: string): string {
  return `id: survey
steps:
  - id: each
    foreach: { species: [Adelie, Gentoo] }
    steps:
      - { id: measure, run: 'test "$SPECIES" = Gentoo || test -e "$FILE"', env: { SPECIES: "\${species}", FILE: "${file}" } }
      - { id: weather, needs: measure, when: 'species == "Gentoo"', wait: weather.ready }
  - { id: report, needs: each, noop: true }
`;
}

test('one iteration begins again while its loop goes on, and the run succeeds', { timeout: 120_000 }, async () => {
  const file = join(folder, 'measured');
  await begin('survey', survey(file));
  expect((await ask('watch', 'survey/1/each[0]')).code).not.toBe(0);
  expect(await server.graphql('{ run(id: "survey/1/each[0]") { status allowedActions } }', {})).toEqual({
    run: { status: 'FAILED', allowedActions: ['RESTART'] },
  });
  expect((await ask('explain', 'step:survey/1/each')).stdout).toContain('downbeat restart survey/1/each[0]');
  writeFileSync(file, '');
  expect((await ask('restart', 'survey/1/each[0]', '--watch')).code).toBe(0);
  expect((await ask('publish', 'weather.ready')).code).toBe(0);
  expect((await ask('watch', 'survey/1')).code).toBe(0);
  expect(
    await server.graphql('{ run(id: "survey/1") { attempt status steps { nodes { stepId status } } } }', {}),
  ).toEqual({
    run: {
      attempt: 1,
      status: 'SUCCEEDED',
      steps: {
        nodes: [
          { stepId: 'each', status: 'SUCCEEDED' },
          { stepId: 'report', status: 'SUCCEEDED' },
        ],
      },
    },
  });
  const told = await server.graphql('{ run(id: "survey/1/each[0]") { timeline { text } } }', {});
  expect(JSON.stringify(told)).toContain('let it begin again: it waits for a place in its loop.');
  const again = await ask('restart', 'survey/1/each[0]');
  expect(again.stdout).toContain('survey/1 started again, for survey/1/each[0]');
  expect((await ask('watch', 'survey/1')).code).toBe(0);
});

test('a step that gives no sign of life is ended, and says why', { timeout: 120_000 }, async () => {
  await begin('silent', 'id: silent\nsteps: [{ id: hang, run: "echo begun; sleep 600", heartbeat: 1s }]');
  expect((await ask('watch', 'silent/1')).code).not.toBe(0);
  const answer = await server.graphql(
    '{ run(id: "silent/1") { status failure { kind code } } step(id: "silent/1/hang") { status } }',
    {},
  );
  expect(answer).toEqual({
    run: { status: 'TIMED_OUT', failure: { kind: 'TIMEOUT', code: 'HEARTBEAT_TIMEOUT' } },
    step: { status: 'TIMED_OUT' },
  });
  expect((await ask('explain', 'silent/1')).stdout).toContain('gave no sign of life for 1 s');
});
