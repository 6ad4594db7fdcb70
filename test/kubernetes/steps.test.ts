// Steps in pods over a real server, MongoDB and cluster: what a person sees of them, and that none is lost or doubled when
// servers come and go.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type Kubernetes } from '../support/kubernetes.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { sharedKubernetes } from '../support/shared-kubernetes.ts';

let cluster: Kubernetes;
let admin: CoreV1Api;
let server: TestServer;
let folder: string;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  cluster = await sharedKubernetes();
  const config = new KubeConfig();
  config.loadFromFile(cluster.adminKubeconfig);
  admin = config.makeApiClient(CoreV1Api);
  env = { DOWNBEAT_KUBERNETES: cluster.kubeconfig, DOWNBEAT_KUBERNETES_IMAGES: 'localhost/busybox:' };
  folder = await mkdtemp(join(tmpdir(), 'downbeat-pods-'));
  server = await startTestServer({ env });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  expect(await server.stop()).toBe(0);
});

async function applied(name: string, text: string): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, text);
  expect(await server.cli('apply', path)).toMatchObject({ code: 0, stderr: '' });
}

async function said(run: string, step: string, wanted: string): Promise<void> {
  const log = async (): Promise<string> => (await server.cli('logs', run, step)).stdout;
  await expect.poll(log, { timeout: 60_000, interval: 300 }).toContain(wanted);
}

/** Pods of a workflow that the cluster has. */
async function pods(workflow: string): Promise<readonly string[]> {
  const labelSelector = `downbeat.dev/workflow=${workflow}`;
  const { items } = await admin.listNamespacedPod({ namespace: 'jobs', labelSelector });
  return items.map(({ metadata }) => metadata?.uid ?? '');
}

const long = (id: string): string => `id: ${id}
steps:
  - id: train
    kubernetes:
      image: ${cluster.image}
      command: [sh, -c, 'echo begun; sleep 8; echo rows=7 >> $DOWNBEAT_OUTPUTS; echo done']
    outputs: { rows: long }
  - { id: say, needs: train, run: 'echo "$ROWS rows"', env: { ROWS: "\${steps.train.rows}" } }
`;

test('a pod runs, its log and outputs are there, and it is gone afterwards', async () => {
  await applied(
    'islands.yaml',
    `id: islands
params: { island: biscoe }
steps:
  - id: each
    foreach: { seed: [1, 2, 3] }
    steps:
      - id: train
        kubernetes: { image: "${cluster.image}", command: [sh, -c, 'echo "$0 of $PARAM_ISLAND"; echo seen=$0 >> $DOWNBEAT_OUTPUTS', "\${seed}"], memory: 32Mi }
        outputs: { seen: long }
  - { id: sum, needs: each, run: 'echo "seen $ALL"', env: { ALL: "\${steps.each.train.seen}" } }
`,
  );
  expect((await server.cli('graph', 'islands')).stdout).toContain(`kubernetes ${cluster.image}`);
  expect(await server.cli('run', 'islands', '--watch')).toMatchObject({ code: 0 });
  expect((await server.cli('logs', 'islands/1', 'sum')).stdout).toMatch(/seen \[1,\s?2,\s?3\]/u);
  expect((await server.cli('logs', 'islands/1/each[1]', 'train')).stdout).toContain('2 of biscoe');
  await expect.poll(() => pods('islands'), { timeout: 30_000 }).toEqual([]);
});

test('stopping a run ends its pod', async () => {
  await applied('stopped.yaml', long('stopped').replace('sleep 8', 'exec sleep 600'));
  await server.cli('run', 'stopped');
  await said('stopped/1', 'train', 'begun');
  expect((await pods('stopped')).length).toBe(1);
  expect(await server.cli('stop', 'stopped/1')).toMatchObject({ code: 0 });
  await expect.poll(() => pods('stopped'), { timeout: 60_000 }).toEqual([]);
  await expect
    .poll(async () => (await server.cli('runs', '--workflow', 'stopped')).stdout, { timeout: 60_000 })
    .toMatch(/STOPPED|stopped/u);
});

test('a server that dies loses no pod: the next one goes on with it', async () => {
  await applied('survivor.yaml', long('survivor'));
  await server.cli('run', 'survivor');
  await said('survivor/1', 'train', 'begun');
  const before = await pods('survivor');
  const { mongo } = server;
  await server.kill();
  server = await startTestServer({ env, mongo });
  await said('survivor/1', 'say', '7 rows');
  expect(before.length).toBe(1);
  const log = (await server.cli('logs', 'survivor/1', 'train')).stdout;
  expect(log).toContain('is there already: this server goes on with it');
  expect(log).not.toContain('attempt 2');
});

test('a server that leaves does not wait for its pods, and does not end them', async () => {
  await applied('left.yaml', long('left'));
  await server.cli('run', 'left');
  await said('left/1', 'train', 'begun');
  const before = await pods('left');
  const { mongo } = server;
  expect(await server.stop()).toBe(0);
  expect(await pods('left')).toEqual(before);
  server = await startTestServer({ env, mongo });
  await said('left/1', 'say', '7 rows');
});

test('a pod whose attempt ended while no server could reach the cluster is cleared up', async () => {
  await applied('orphan.yaml', long('orphan').replace('sleep 8', 'exec sleep 600'));
  await server.cli('run', 'orphan');
  await said('orphan/1', 'train', 'begun');
  const { mongo } = server;
  await server.kill();
  server = await startTestServer({ mongo });
  await said('orphan/1', 'train', 'KUBERNETES_NOT_SET');
  expect((await pods('orphan')).length).toBe(1);
  await server.stop();
  server = await startTestServer({ env, mongo });
  await expect.poll(() => pods('orphan'), { timeout: 60_000, interval: 500 }).toEqual([]);
});

test('a definition that was written for Maestro runs as it is, and a later step goes by what its pod printed', async () => {
  const page = await readFile(new URL('../../docs/coming-from-maestro.md', import.meta.url), 'utf8');
  const blocks = [...page.matchAll(/^```json\n([\s\S]*?)^```$/gmu)].map(([, text]) => text ?? '');
  const block = blocks.find((text) => text.includes('birds-in-a-pod')) ?? '';
  await applied('birds.json', block.replace('"busybox"', `"${cluster.image}"`));
  expect(await server.cli('run', 'birds-in-a-pod', '--watch')).toMatchObject({ code: 0 });
  expect((await server.cli('logs', 'birds-in-a-pod/1', 'count')).stdout).toContain('counting the birds of 20260115');
  // It is led to by `rows > 0`, and before the pod printed `rows` was 0.
  const { run } = await server.graphql<{
    run: { steps: { nodes: readonly { stepId: string; status: string }[] } };
  }>('{ run(id: "run:birds-in-a-pod/1") { steps { nodes { stepId status } } } }');
  expect(run.steps.nodes).toContainEqual({ stepId: 'report', status: 'SUCCEEDED' });
});
