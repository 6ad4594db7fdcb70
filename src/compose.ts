// The composition root: reads from top to bottom what a server is made of. Nobody but main.ts and tests imports it.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createAgendaAlarmClock } from './adapters/agenda/alarm-clock.ts';
import { createMemoryBus } from './adapters/memory/bus.ts';
import { createMongoBlobs } from './adapters/mongo/blobs.ts';
import { connectMongo, type MongoConnection } from './adapters/mongo/connect.ts';
import { type EmbeddedMongod, startEmbeddedMongod } from './adapters/mongo/embedded/embedded-mongod.ts';
import { createMongoEntities } from './adapters/mongo/entities.ts';
import { createMongoHistory } from './adapters/mongo/history.ts';
import { createMongoInbox } from './adapters/mongo/inbox.ts';
import { installationOf } from './adapters/mongo/installation.ts';
import { createMongoLog } from './adapters/mongo/log.ts';
import { createMongoPartitions } from './adapters/mongo/partitions.ts';
import { createMongoProjections } from './adapters/mongo/projections.ts';
import { createMongoStepLogs } from './adapters/mongo/step-logs.ts';
import { createNodeClock } from './adapters/node/clock.ts';
import { createPinoLogger } from './adapters/node/logger.ts';
import { createNodeRandomness } from './adapters/node/randomness.ts';
import { createSecrets } from './adapters/node/secrets.ts';
import { createTokenFile, type TokenFile } from './adapters/node/token-file.ts';
import { TokenFileError } from './adapters/node/token-file-error.ts';
import { createRedisBus } from './adapters/redis/bus.ts';
import { createRedisSignalSource } from './adapters/redis/signal-source.ts';
import { createRedisSignalStream } from './adapters/redis/signal-stream.ts';
import { type Config } from './config/config.ts';
import { createEngine, type RunningEngine } from './engine/create-engine.ts';
import { hearSignals } from './engine/hear-signals.ts';
import { defaultTiming, type Identity, type Outside } from './engine/outside.ts';
import { createSignalTaker } from './engine/signal-taker.ts';
import { executorsByKind } from './executors/by-kind.ts';
import { type ClusterPlace } from './executors/kubernetes/cluster.ts';
import { createKubernetesExecutor } from './executors/kubernetes/executor.ts';
import { lookAtCluster } from './executors/kubernetes/look.ts';
import { createLocalExecutor } from './executors/local.ts';
import { createHttpServer, type HttpServer } from './http/create-http-server.ts';
import { type Logger } from './ports/logger.ts';
import { type Secrets } from './ports/secrets.ts';

export { cronProblem } from './core/trigger/schedule.ts';

/** A server that runs. */
export interface Server {
  /** Where it is reached, such as `http://127.0.0.1:4000`. */
  readonly address: string;
  /** Takes no more requests, hands over what it owns, and lets go of everything. */
  stop(): Promise<void>;
}

/** Where the program's own files lie: the folder above `src/` or `dist/`. */
const root = join(import.meta.dirname, '..');

/** How long requests may go on before the partitions are handed over. */
const HEAD_START_MS = 50;

/** The version of the program. */
export const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string })
  .version;

/** What was opened and has to be closed, the last first. */
type Opened = (() => Promise<void>)[];

/** Starts a server; resolves when it takes requests. What cannot be started is thrown with a `hint`, and nothing is left open. */
export async function startServer(config: Config): Promise<Server> {
  const opened: Opened = [];
  try {
    return { address: await open(config, opened), stop: () => closeAll(opened) };
  } catch (error) {
    // What cannot be closed either says less than why it was not opened.
    await closeAll(opened).catch(() => undefined);
    throw error;
  }
}

async function open(config: Config, opened: Opened): Promise<string> {
  const logger = createPinoLogger({ level: 'info' });
  const verifyToken = await gate(config, logger);
  const embedded = await startEmbedded(config, logger);
  opened.push(async () => embedded?.stop());
  const mongo = await connectMongo(embedded?.uri ?? config.store.mongodbUri?.reveal() ?? '');
  opened.push(() => mongo.close());
  let address = '';
  const outside = await createOutside(config, { db: mongo.db, logger, serverUrl: () => address });
  opened.push(() => outside.bus.close());
  const identity: Identity = {
    nodeId: nodeIdOf(config),
    get address() {
      return address;
    },
    incarnation: randomBytes(8).toString('hex'),
    isAlone: embedded !== undefined,
    partitions: 16,
    timing: {
      ...defaultTiming,
      checkpoint: config.surroundings.checkpointEvery ?? defaultTiming.checkpoint,
      retention: config.server.retention,
    },
  };
  const engine = createEngine(outside, identity);
  const webRoot = join(root, 'dist', 'web');
  const http = await createHttpServer({
    engine,
    blobs: outside.blobs,
    logger,
    schemaText: readFileSync(join(root, 'schema.graphql'), 'utf8'),
    ...(existsSync(webRoot) ? { webRoot } : {}),
    ...(verifyToken === undefined ? {} : { verifyToken }),
    host: config.server.host,
    port: config.server.port,
    allowedHosts: config.server.allowedHosts,
    localActor: localActor(),
    introspection: config.server.introspection,
    version,
    now: Date.now,
    webhooks: { hooks: config.server.hooks, secrets: secretsOf(config) },
  });
  opened.push(() => leave(engine, http));
  address = await http.listen();
  await engine.start();
  embedded?.announce(address);
  const redisUrl = config.store.redisUrl?.reveal();
  if (redisUrl !== undefined) {
    const signals = createRedisSignalSource({ url: redisUrl, log: logger });
    opened.push(() => signals.stop());
    await hearSignals(signals, engine, logger);
    const stream = createRedisSignalStream({ url: redisUrl, log: logger, consumer: nodeIdOf(config) });
    opened.push(() => stream.stop());
    stream.start(createSignalTaker(engine, outside));
  }
  return address;
}

/**
 * Requests that are being answered get a moment; those that take longer do not hold up the stand-by, and end meanwhile.
 * Those that would change something then are told to try again.
 */
async function leave(engine: Pick<RunningEngine, 'stop'>, http: Pick<HttpServer, 'close'>): Promise<void> {
  const closed = http.close();
  await Promise.race([closed.catch(() => undefined), pause(HEAD_START_MS)]);
  await engine.stop();
  await closed;
}

/** Closes everything, also what comes behind something that cannot be closed, and then says what could not. */
async function closeAll(opened: Opened): Promise<void> {
  const failures: unknown[] = [];
  for (const close of opened.splice(0).reverse()) {
    await close().catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

async function createOutside(
  config: Config,
  {
    db,
    logger,
    serverUrl,
  }: { readonly db: MongoConnection['db']; readonly logger: Logger; readonly serverUrl: () => string },
): Promise<Outside> {
  const redisUrl = config.store.redisUrl?.reveal();
  const blobs = createMongoBlobs(db);
  const secrets = secretsOf(config);
  const localExecutor = createLocalExecutor({
    blobs,
    workRoot: join(config.server.dataDir, 'work'),
    serverUrl,
    environment: config.surroundings.environment,
    secrets,
    packages: {
      folder: join(config.server.dataDir, 'environments'),
      settings: config.surroundings.packaging,
      offline: config.store.offline,
    },
    httpHosts: config.server.httpHosts,
    now: Date.now,
  });
  const kubernetesExecutor = createKubernetesExecutor({
    place: clusterOf(config),
    installation: await installationOf(db),
    images: config.server.kubernetesImages,
    secrets,
    serverUrl,
    now: Date.now,
  });
  return {
    log: createMongoLog(db),
    entities: createMongoEntities(db),
    partitions: createMongoPartitions(db),
    inbox: createMongoInbox(db),
    blobs,
    stepLogs: createMongoStepLogs(db),
    projections: createMongoProjections(db),
    history: createMongoHistory(db),
    alarmClock: await createAgendaAlarmClock({ db, nodeId: nodeIdOf(config), log: logger }),
    bus: redisUrl === undefined ? createMemoryBus() : createRedisBus({ url: redisUrl, log: logger }),
    executor: executorsByKind([localExecutor, kubernetesExecutor]),
    clock: createNodeClock(),
    randomness: createNodeRandomness(),
    logger,
    at: crashSite(config.surroundings.crashAt),
  };
}

/** The cluster of the settings, as `doctor` looks at it. */
export function knownCluster(config: Config): { look(): ReturnType<typeof lookAtCluster> } | undefined {
  const place = clusterOf(config);
  return place && { look: () => lookAtCluster(place) };
}

function clusterOf({ server: { kubernetes, kubernetesNamespace } }: Config): ClusterPlace | undefined {
  return kubernetes === undefined ? undefined : { config: kubernetes, namespace: kubernetesNamespace };
}

function nodeIdOf({ server }: Config): string {
  return server.nodeId ?? `${hostname()}-${String(process.pid)}`;
}

/** The tokens that the settings name. */
export function tokensOf({ server }: Config, log: Pick<Logger, 'error'> = { error: () => undefined }): TokenFile {
  return createTokenFile({ path: server.tokensFile ?? join(server.dataDir, 'tokens.json'), now: Date.now, log });
}

/** The secrets that the settings lead to. */
export function secretsOf({ server, surroundings }: Config): Secrets {
  return createSecrets({ path: server.secretsFile, variables: surroundings.secrets });
}

/** Who may call: anyone at this machine; the bearers of tokens where others can reach it, or where a tokens file is named. */
async function gate(config: Config, logger: Logger): Promise<TokenFile['verify'] | undefined> {
  const { host, tokensFile, allowedHosts } = config.server;
  const isOpen = !isLoopback(host);
  if (!isOpen && tokensFile === undefined) return undefined;
  const tokens = tokensOf(config, logger);
  const known = await tokens.list();
  if (known.length === 0) throw tokenRequired(tokens.path, isOpen ? host : undefined);
  if (isOpen && allowedHosts.length === 0) {
    logger.warn(
      'DOWNBEAT_ALLOWED_HOSTS is empty: others are refused until it holds the name they call this server by',
      {
        host,
      },
    );
  }
  return (token) => tokens.verify(token);
}

function isLoopback(host: string): boolean {
  return host.toLowerCase() === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

function tokenRequired(path: string, host: string | undefined): TokenFileError {
  const why =
    host === undefined
      ? `DOWNBEAT_TOKENS_FILE asks every caller for a token, and ${path} holds none yet.`
      : `On ${host} others than this machine can call and run commands here, so callers need a token, and ${path} holds none yet.`;
  return new TokenFileError('TOKEN_REQUIRED', why, {
    hint: `Make one with: downbeat token create --tokens-file ${path}\nThen start the server again, or without ${host === undefined ? 'DOWNBEAT_TOKENS_FILE (and --tokens-file)' : 'DOWNBEAT_HOST (and --host)'} for this machine alone.`,
  });
}

async function startEmbedded(
  { store, server, surroundings }: Config,
  logger: Logger,
): Promise<EmbeddedMongod | undefined> {
  if (store.mongodbUri !== undefined) return undefined;
  return startEmbeddedMongod({
    dataDir: server.dataDir,
    log: logger,
    offline: store.offline,
    cacheDir: surroundings.cacheDir,
    mongodPath: store.mongod,
  });
}

function localActor(): string {
  try {
    return userInfo().username;
  } catch {
    return 'someone';
  }
}

/**
 * `after-append:2` kills the process at the second pass of that place: how tests try every gap between two effects.
 * `before-decision@Wake run:one/1.1:1` does so only where that is about to happen.
 */
function crashSite(crashAt: { readonly site: string; readonly pass: number } | undefined): Outside['at'] {
  if (crashAt === undefined) return () => undefined;
  let passes = 0;
  return (site, what) => {
    if (crashAt.site !== site && (what === undefined || crashAt.site !== `${site}@${what}`)) return;
    passes++;
    if (passes === crashAt.pass) process.kill(process.pid, 'SIGKILL');
  };
}
