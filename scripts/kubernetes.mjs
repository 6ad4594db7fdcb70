// The tests' Kubernetes: `make` gets its programs, `up <folder>` starts it (`--made`: only when all is there already), and
// `down <folder>` ends it. Exits 3 when the machine lacks what it takes.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { CoreV1Api, KubeConfig, KubernetesObjectApi, loadAllYaml } from '@kubernetes/client-node';

import { writeClusterFiles, writeKubeconfig } from './kubernetes-files.mjs';
import { arePrograms, asRoot, havePrograms, Lacking, run, say } from './kubernetes-programs.mjs';

const root = join(import.meta.dirname, '..');
const node = join(import.meta.dirname, 'kubernetes-node');
const START_MS = 180_000;
const namespace = 'jobs';
const account = 'downbeat';
const [verb, place, option] = process.argv.slice(2);
const verbs = { make: havePrograms, up, down };

if (!(verb in verbs) || (place === undefined) !== (verb === 'make')) {
  say('Usage: scripts/kubernetes up <folder> | down <folder> | make');
  process.exit(2);
}
try {
  await verbs[verb](place === undefined ? undefined : resolve(place));
} catch (error) {
  say(error.message);
  process.exitCode = error instanceof Lacking ? 3 : 1;
}

async function up(folder) {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Error(`The folder ${folder} is not empty.`);
  if (/^\/(run|var\/lib|var\/log|proc|sys)\//u.test(folder))
    throw new Error(`The cluster cannot see ${folder}; take another.`);
  asRoot();
  if (option === '--made' && !arePrograms())
    throw new Lacking('It is not made yet: ./scripts/prepare tests kubernetes');
  const programs = havePrograms();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const begin = Date.now();
  say('Starting Kubernetes ...');
  const [api, kubelet, etcd, etcdPeer] = await freePorts(4);
  writeClusterFiles({ folder, ports: { api, kubelet, etcd, etcdPeer }, cgroup: cgroupOf(folder), programs });
  startNode(folder);
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => void down(folder).finally(() => process.exit(130)));
  try {
    await makeReady(folder, api);
  } catch (error) {
    if (existsSync(folder)) say(lastWords(folder));
    await down(folder);
    throw error;
  }
  say(
    `Kubernetes is ready after ${((Date.now() - begin) / 1000).toFixed(0)} s; its administrator's kubeconfig is ${join(folder, 'admin.kubeconfig')}`,
  );
  console.log(join(folder, 'kubeconfig'));
}

async function down(folder) {
  const rootDoes = (...words) => {
    const [command, ...rest] = [...asRoot(), ...words];
    run(command, rest);
  };
  if (existsSync(join(folder, 'settings'))) rootDoes(node, folder, 'end');
  rootDoes('rm', '-rf', folder);
}

/** A name that no other cluster of this machine has. */
function cgroupOf(folder) {
  return `downbeat-kubernetes-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
}

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map((server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)))),
  );
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

function startNode(folder) {
  const log = openSync(join(folder, 'log', 'node.log'), 'a');
  const [command, ...rest] = [...asRoot(), node, folder, 'run'];
  spawn(command, rest, { detached: true, stdio: ['ignore', log, log] }).unref();
}

async function makeReady(folder, port) {
  const config = new KubeConfig();
  config.loadFromFile(join(folder, 'admin.kubeconfig'));
  const core = config.makeApiClient(CoreV1Api);
  const deadline = Date.now() + START_MS;
  const until = (what, attempt) => succeed({ folder, deadline, what }, attempt);
  await until('make a namespace', () => core.createNamespace({ body: { metadata: { name: namespace } } }));
  const objects = KubernetesObjectApi.makeApiClient(config);
  for (const object of loadAllYaml(readFileSync(join(root, 'deploy', 'kubernetes', 'role.yaml'), 'utf8'))) {
    await until(`make the ${object.kind}`, () => objects.create(object));
  }
  const { status } = await core.createNamespacedServiceAccountToken({
    name: account,
    namespace,
    body: { spec: { audiences: [], expirationSeconds: 24 * 3600 } },
  });
  writeKubeconfig({ folder, name: 'kubeconfig', port, user: { token: status.token }, namespace });
  await until('see a pod’s service account', () => core.readNamespacedServiceAccount({ name: 'default', namespace }));
  await until('see the node ready', async () => {
    const node = await core.readNode({ name: 'node' });
    const ready = node.status.conditions.find((each) => each.type === 'Ready');
    if (ready?.status !== 'True') throw new Error(ready?.message ?? 'it has not said anything yet');
  });
}

async function succeed({ folder, deadline, what }, attempt) {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (error.code === 409) return undefined; // an attempt before this one had come through after all
      if (!existsSync(folder)) throw new Error('Kubernetes was ended while it started.');
      if (Date.now() > deadline) throw new Error(`Kubernetes does not start: could not ${what}: ${error.message}`);
      await sleep(200);
    }
  }
}

/** The ends of all logs, for somebody who sees no more of a failed start than this. */
function lastWords(folder) {
  const logs = readdirSync(join(folder, 'log')).filter((name) => name.endsWith('.log'));
  return logs.map((name) => `--- ${name}\n${readFileSync(join(folder, 'log', name), 'utf8').slice(-2000)}`).join('\n');
}
