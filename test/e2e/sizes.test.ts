// What is too large fails the step or is refused, over the real stack: the server goes on, and starts again with all of it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { downbeat } from '../support/downbeat.ts';
import { type Ended, startTestServer, type TestServer } from '../support/server.ts';

let folder = '';
let server: TestServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'downbeat-sizes-'));
  server = await startTestServer();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  expect(await server.stop()).toBe(0);
});

const APPLY = 'mutation($source: String!) { applyWorkflow(input: { source: $source }) { errors { message } } }';
const PUBLISH =
  'mutation($input: PublishSignalsInput!) { publishSignals(input: $input) { errors { __typename message } signals { id } } }';

async function applied(source: string): Promise<void> {
  expect(await server.graphql(APPLY, { source })).toEqual({ applyWorkflow: { errors: [] } });
}

function ask(...words: readonly string[]): Promise<Ended> {
  return downbeat(words, { folder, env: { DOWNBEAT_URL: server.url } });
}

test(
  'a run that would keep more than it may fails with a sentence, and the next one succeeds',
  { timeout: 120_000 },
  async () => {
    const names = Array.from({ length: 15 }, (_, place) => `o${String(place)}`);
    const outputs = names.map((name) => `${name}: string`).join(', ');
    const write =
      'text=$(head -c 60000 /dev/zero | tr "\\0" x)\n      for i in $(seq 0 14); do echo "o$i=$text" >> "$DOWNBEAT_OUTPUTS"; done';
    const steps = Array.from(
      { length: 10 },
      (_, place) => `  - id: s${String(place)}
    outputs: { ${outputs} }
    run: |
      ${write}`,
    );
    await applied(`id: heavy\nsteps:\n${steps.join('\n')}`);
    const heavy = await ask('run', 'heavy', '--watch');
    expect(heavy.code).not.toBe(0);
    expect((await ask('explain', 'heavy/1')).stdout).toContain('the run would take more than 8.0 MB');
    await applied('id: heavy\nsteps: [{ id: a, noop: true }]');
    expect((await ask('run', 'heavy', '--watch')).code).toBe(0);
  },
);

test(
  'a call with more signals than can be kept together is refused, and a large one starts its runs',
  { timeout: 120_000 },
  async () => {
    const triggers = Array.from({ length: 20 }, (_, place) => `{ signal: big, name: t${String(place)} }`);
    await applied(
      `id: ear\nrunStrategy: { parallel: 50 }\ntriggers: [${triggers.join(', ')}]\nsteps: [{ id: a, noop: true }]`,
    );
    const many = Array.from({ length: 14 }, () => ({ name: 'many', payload: 'y'.repeat(950_000) }));
    expect(await server.graphql(PUBLISH, { input: { signals: many } })).toMatchObject({
      publishSignals: { errors: [{ message: expect.stringContaining('more than 12.0 MB at once') as string }] },
    });
    const big = [{ name: 'big', params: { large: 'z'.repeat(900_000) } }];
    expect(await server.graphql(PUBLISH, { input: { signals: big } })).toMatchObject({
      publishSignals: { errors: [] },
    });
    await applied('id: after\nsteps: [{ id: a, noop: true }]');
    expect((await ask('run', 'after', '--watch')).code).toBe(0);
    for (const run of ['ear/1', 'ear/20']) expect((await ask('watch', run)).code).toBe(0);
  },
);
