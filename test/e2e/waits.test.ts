// A person lets a run wait for a signal: sees what it waits for, publishes it or lets it go on without, over the real stack.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { downbeat } from '../support/downbeat.ts';
import { type Ended, startTestServer, type TestServer } from '../support/server.ts';

const FORECAST = `id: forecast
params: { island: Biscoe }
runStrategy: { parallel: 5 }
steps:
  - id: weather
    wait: { signal: weather.ready, match: { place: "\${island}" }, where: { rows: ">= 100" } }
  - { id: model, needs: weather, run: 'echo "for $PLACE"', env: { PLACE: "\${island}" } }
`;

let folder = '';
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await server.graphql(APPLY, { source: FORECAST });
});
afterAll(async () => {
  expect(await server.stop()).toBe(0);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'downbeat-waits-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const APPLY = 'mutation($source: String!) { applyWorkflow(input: { source: $source }) { errors { message } } }';
const START =
  'mutation($params: JSON!) { startRun(input: { workflowId: "forecast", params: $params }) { errors { message } } }';
const PUBLISH =
  'mutation($params: JSON!) { publishSignal(input: { name: "weather.ready", params: $params }) { errors { message } } }';

async function begin(island: string): Promise<void> {
  expect(await server.graphql(START, { params: { island } })).toEqual({ startRun: { errors: [] } });
}

function ask(...words: readonly string[]): Promise<Ended> {
  return downbeat(words, { folder, env: { DOWNBEAT_URL: server.url } });
}

test('a run waits for its signal, says so, and goes on when it comes', { timeout: 120_000 }, async () => {
  await begin('Biscoe');
  await server.graphql(PUBLISH, { params: { place: 'Biscoe', rows: 7 } });
  const listening = await ask('signal', 'weather.ready');
  expect(listening.stdout).toContain(
    'the step forecast/weather, which waits for weather.ready with place == "${island}" and rows >= 100',
  );
  expect(listening.stdout).toContain('Who waits for it now, one run:\n  forecast/1\n');
  const why = await ask('explain', 'step:forecast/1/weather');
  expect(why.stdout).toMatch(/"weather" waits for "weather\.ready" with place == "Biscoe" and rows >= 100/u);
  expect(why.stdout).toContain('did not meet `rows >= 100`: rows was 7.');
  const published = await ask('publish', 'weather.ready', '-p', 'place=Biscoe', '-p', 'rows=120');
  expect(published.stdout).toContain('forecast/1/weather has waited for it, and took it');
  expect((await ask('watch', 'forecast/1')).code).toBe(0);
  const answer = await server.graphql(
    '{ step(id: "forecast/1/weather") { status outputs awaits { name where state sequence } } }',
    {},
  );
  expect(answer).toMatchObject({
    step: {
      status: 'SUCCEEDED',
      outputs: { place: 'Biscoe', rows: 120 },
      awaits: [{ name: 'weather.ready', where: ['place == "Biscoe"', 'rows >= 100'], state: 'FOUND', sequence: 2 }],
    },
  });
});

test('a step that waits in vain is let go on, and the reason is kept', { timeout: 120_000 }, async () => {
  await begin('Dream');
  const bypassed = await ask('bypass', 'forecast/2', 'weather', '--reason', 'no station there');
  expect(bypassed.stdout).toContain('forecast/2/weather goes on without its signals');
  expect((await ask('watch', 'forecast/2')).code).toBe(0);
  const answer = await server.graphql(
    '{ step(id: "forecast/2/weather") { bypass { by reason } awaits { state } } }',
    {},
  );
  expect(answer).toMatchObject({ step: { bypass: { reason: 'no station there' }, awaits: [{ state: 'BYPASSED' }] } });
});
