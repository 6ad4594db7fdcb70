// The real MongoDB, Redis and Kubernetes of a whole test run, as a vitest global set-up: one of each, started when the first
// test asks for it and ended with the run, also when the run is killed.

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestProject } from 'vitest/node';

import { startEmbeddedMongod } from '../../src/adapters/mongo/embedded/embedded-mongod.ts';
import { type Logger } from '../../src/ports/logger.ts';
import { endWithThisProcess } from './end-with-this-process.ts';
import { startKubernetes } from './kubernetes.ts';
import { startRedisServer } from './redis-server.ts';

declare module 'vitest' {
  /** What the global set-up hands to the tests. */
  export interface ProvidedContext {
    /** Where a test asks for a service: `<servicesUrl>/mongod`, `/redis` or `/kubernetes`. */
    readonly servicesUrl: string;
  }
}

/** A service that runs until it is stopped. */
interface RunningService {
  readonly uri: string;
  stop(): Promise<void>;
}

/** All services of one run. */
interface Services {
  readonly server: Server;
  readonly url: string;
  readonly started: Map<string, Promise<RunningService>>;
  users: number;
}

// Vitest loads this module once a project, so what they share cannot live in the module.
const shared = globalThis as { downbeatTestServices?: Promise<Services> | undefined };
const starters: Readonly<Record<string, () => Promise<RunningService>>> = {
  '/mongod': startMongod,
  '/redis': startRedis,
  '/kubernetes': startCluster,
};

/** Vitest calls this once a project before its tests; all projects of a run share the services. */
export async function setup(project: TestProject): Promise<void> {
  shared.downbeatTestServices ??= openServices();
  const services = await shared.downbeatTestServices;
  services.users += 1;
  project.provide('servicesUrl', services.url);
}

/** Vitest calls this once a project after its tests; the last one ends the services. */
export async function teardown(): Promise<void> {
  const services = await shared.downbeatTestServices;
  if (services === undefined) return;
  services.users -= 1;
  if (services.users > 0) return;
  shared.downbeatTestServices = undefined;
  services.server.close();
  services.server.closeAllConnections();
  const running = await Promise.allSettled(services.started.values());
  await Promise.all(running.map(async (each) => (each.status === 'fulfilled' ? each.value.stop() : undefined)));
}

async function openServices(): Promise<Services> {
  const started: Services['started'] = new Map();
  const server = createServer((request, response) => {
    void answer(started, request.url ?? '').then(({ status, body }) => response.writeHead(status).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { server, url: `http://127.0.0.1:${String(port)}`, started, users: 0 };
}

async function answer(started: Services['started'], path: string): Promise<{ status: number; body: string }> {
  const start = starters[path];
  if (start === undefined) return { status: 404, body: `There is no test service ${path}.` };
  const service = started.get(path) ?? start();
  started.set(path, service);
  try {
    return { status: 200, body: (await service).uri };
  } catch (error) {
    return { status: 503, body: error instanceof Error ? error.message : String(error) };
  }
}

async function startMongod(): Promise<RunningService> {
  const dataDir = mkdtempSync(join(tmpdir(), 'downbeat-test-mongod-'));
  const mongodPath = process.env['DOWNBEAT_MONGOD'];
  const mongod = await startEmbeddedMongod({
    dataDir,
    log: silent,
    offline: process.env['DOWNBEAT_OFFLINE'] === '1',
    cacheDir: join(homedir(), '.cache', 'downbeat', 'mongod'),
    ...(mongodPath === undefined || mongodPath === '' ? {} : { mongodPath }),
  });
  endWithThisProcess(mongod.pid, dataDir);
  return {
    uri: mongod.uri,
    async stop() {
      await mongod.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function startRedis(): Promise<RunningService> {
  const folder = mkdtempSync(join(tmpdir(), 'downbeat-test-redis-'));
  const redis = await startRedisServer({ folder });
  endWithThisProcess(redis.pid, folder);
  return {
    uri: redis.url,
    async stop() {
      await redis.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Its address is the folder that has its kubeconfigs. */
async function startCluster(): Promise<RunningService> {
  const cluster = await startKubernetes();
  return { uri: cluster.folder, stop: async () => cluster.stop() };
}

const silent: Logger = {
  info: () => undefined,
  warn: () => undefined,
  error: (fact, error) => {
    process.stderr.write(`${fact}: ${String(error)}\n`);
  },
};
