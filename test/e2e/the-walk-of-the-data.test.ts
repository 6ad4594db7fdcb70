// Define, start, step, watch: the README's walk, over the real stack.

import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';

const penguins = join(import.meta.dirname, '../../examples/penguins');
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

test('a signal starts the penguins pipeline, which announces its model, which starts the model card', async () => {
  expect(await server.cli('apply', join(penguins, 'penguins.downbeat.yaml'))).toMatchObject({ code: 0 });
  const published = await server.cli('publish', 'measurements.ready', '-p', 'rows=344', '-p', 'island=all', '--json');
  expect(published.code).toBe(0);
  expect(await server.cli('watch', 'penguins/1')).toMatchObject({ code: 0 });
  expect(await server.cli('watch', 'model-card/1')).toMatchObject({ code: 0 });
  const { run } = await server.graphql<{
    run: {
      outputs: Record<string, Record<string, number>>;
      steps: { nodes: { artifacts: { path: string; url: string }[] }[] };
    };
  }>('{ run(id: "penguins/1") { outputs steps { nodes { stepId artifacts { path url } } } } }');
  expect(run.outputs['clean']?.['kept']).toBe(342);
  expect(run.outputs['classify']?.['accuracy']).toBeGreaterThan(0.9);
  const report = run.steps.nodes.flatMap((step) => step.artifacts).find(({ path }) => path.endsWith('report.html'));
  const page = await fetch(new URL(report?.url ?? '', server.url));
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('<svg');
});

test('the logs of a whole run are those of its steps, each line with the step it came from', async () => {
  const { code, stdout } = await server.cli('logs', 'penguins/1');
  expect(code).toBe(0);
  const steps = new Set(stdout.split('\n').flatMap((line) => /^([\w-]+) │ /u.exec(line)?.[1] ?? []));
  expect([...steps]).toEqual(expect.arrayContaining(['check', 'clean', 'classify', 'report']));
});

test('a cursor of a page is refused as a place in the feed of changes, and the other way round', async () => {
  const { runs } = await server.graphql<{ runs: { pageInfo: { endCursor: string }; nodes: { cursor: string }[] } }>(
    '{ runs(first: 1) { pageInfo { endCursor } nodes { cursor } } }',
  );
  const page = JSON.stringify(runs.pageInfo.endCursor);
  const change = JSON.stringify(runs.nodes[0]?.cursor);
  const refused = async (query: string): Promise<string> =>
    server.graphql(query).then(
      () => 'not refused',
      (error: unknown) => String(error),
    );
  expect(await refused(`{ runs(after: ${page}) { nodes { id } } }`)).toBe('not refused');
  expect(await refused(`{ runs(atLeast: ${change}) { nodes { id } } }`)).toBe('not refused');
  expect(await refused(`{ runs(after: ${change}) { nodes { id } } }`)).toContain('BAD_USER_INPUT');
  expect(await refused(`{ workflows(after: ${page}) { nodes { id } } }`)).toContain('BAD_USER_INPUT');
  expect(await refused(`{ runs(atLeast: ${page}) { nodes { id } } }`)).toContain('This is a page cursor');
  expect(await refused(`{ run(id: "penguins/1", atLeast: ${page}) { id } }`)).toContain('This is a page cursor');
});

test('the lists can be dropped and made anew, and nothing is lost by it', async () => {
  expect(await server.cli('rebuild')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^✓ the lists are made anew: \d+ rows\n$/u) as string,
  });
  expect((await server.cli('runs')).stdout).toContain('penguins/1');
});

test('a Python twin of a step gives the same as the Node one', async () => {
  expect(await server.cli('apply', join(penguins, 'penguins-python.downbeat.yaml'))).toMatchObject({ code: 0 });
  expect(await server.cli('run', 'penguins-python', '--watch')).toMatchObject({ code: 0 });
});

test('the receipt of a signal that starts nothing names the clause that decided', async () => {
  const { publishSignal } = await server.graphql<{
    publishSignal: { settled: boolean; matches: { verdict: string; text: string }[] };
  }>(
    'mutation { publishSignal(input: { name: "measurements.ready", params: { rows: 7 } }) { settled matches { verdict text } } }',
  );
  expect(publishSignal.settled).toBe(true);
  expect(publishSignal.matches).toMatchObject([{ verdict: 'UNMET' }]);
  expect(publishSignal.matches[0]?.text).toContain('rows >= 100');
});

test('a run that was going on when the server was killed goes on when it is back, and nothing is lost', async () => {
  const first = await startTestServer();
  await first.graphql(
    `mutation($source: String!) { applyWorkflow(input: { source: $source }) { errors { message } } }`,
    {
      source: 'id: slow\nsteps:\n  - { id: one, run: "sleep 1; echo done" }\n  - { id: two, needs: one, noop: true }\n',
    },
  );
  await first.graphql('mutation { startRun(input: { workflowId: "slow" }) { run { id } } }');
  await first.kill();
  const second = await startTestServer({ mongo: first.mongo });
  expect(await second.cli('watch', 'slow/1')).toMatchObject({ code: 0 });
  const { run } = await second.graphql<{ run: { steps: { nodes: { status: string; attempts: unknown[] }[] } } }>(
    '{ run(id: "slow/1") { steps { nodes { status attempts { number } } } } }',
  );
  expect(run.steps.nodes.map((step) => [step.status, step.attempts.length])).toEqual([
    ['SUCCEEDED', 1],
    ['SUCCEEDED', 0],
  ]);
  await second.stop();
});
