// The MongoDB of a server that was given none: found or fetched, started on loopback as a replica set of one, its files in
// the data folder.
// Owns: the data folder's lock, the mongod process and its restarts. Does not own: what is stored in it.
// E1 One server a folder. E2 A mongod whose server was killed is adopted by the next one, never started beside.
// E3 A mongod that ends by itself is started again on the same port. E4 After `stop` nothing of it runs.

import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Logger } from '../../../ports/logger.ts';
import { claimDataFolder, type DataFolderLock } from './data-folder-lock.ts';
import { MongodFailedError } from './embedded-mongod-error.ts';
import { findMongod } from './mongod-binary.ts';
import { explainMongodExit } from './mongod-exit.ts';
import {
  adoptMongod,
  freePort,
  type MongodProcess,
  mongodPlace,
  spawnMongod,
  stopMongod,
  untilListening,
} from './mongod-process.ts';
import { answersAs, loopbackUri, untilPrimary } from './replica-set.ts';

/** What an embedded MongoDB needs to know. */
export interface EmbeddedMongodOptions {
  /** Where everything is kept, `.downbeat` for most. */
  readonly dataDir: string;
  readonly log: Logger;
  /** Whether fetching a mongod is forbidden. */
  readonly offline: boolean;
  /** The mongod to use, when the user names one. */
  readonly mongodPath?: string | undefined;
  /** Where a fetched mongod is kept for this user. */
  readonly cacheDir: string;
}

/** A running embedded MongoDB. */
export interface EmbeddedMongod {
  readonly uri: string;
  /** The process id of the mongod that serves now. */
  readonly pid: number;
  /** Writes the server's address into the lock, for others that try to start in this folder. */
  announce(address: string): void;
  /** Ends the mongod (ten seconds, then the hard way) and gives the folder back. */
  stop(): Promise<void>;
}

const READY_MS = 60_000;
const EXIT_GRACE_MS = 2_000;
const PORT_ATTEMPTS = 3;
const RESTARTS_A_MINUTE = 5;
const RESTART_PAUSE_MS = 200;
const MINUTE_MS = 60_000;

/** Starts or adopts the mongod of a data folder, and answers once it takes writes. */
export async function startEmbeddedMongod(options: EmbeddedMongodOptions): Promise<EmbeddedMongod> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = await claimDataFolder(dataDir);
  try {
    const first = (await adoptOrphan(lock, options.log)) ?? (await startOnSomePort({ ...options, dataDir }, lock));
    return supervise(first, { ...options, dataDir }, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function supervise(first: MongodProcess, options: EmbeddedMongodOptions, lock: DataFolderLock): EmbeddedMongod {
  let isStopping = false;
  const state = { mongod: first, isStopping: () => isStopping };
  const restarts = keepRunning(state, options, lock);
  return {
    uri: loopbackUri(first.port),
    get pid() {
      return state.mongod.pid;
    },
    announce(address) {
      lock.record({ address });
    },
    async stop() {
      isStopping = true;
      await stopMongod(state.mongod);
      await restarts;
      lock.release();
    },
  };
}

async function keepRunning(
  state: { mongod: MongodProcess; readonly isStopping: () => boolean },
  options: EmbeddedMongodOptions,
  lock: DataFolderLock,
): Promise<void> {
  const startedAt: number[] = [];
  for (;;) {
    const exit = await state.mongod.exited;
    if (state.isStopping()) return;
    const place = mongodPlace(options.dataDir, state.mongod.port);
    options.log.error('embedded mongod ended', explainMongodExit(exit, place), { pid: state.mongod.pid });
    startedAt.push(performance.now());
    await sleep(RESTART_PAUSE_MS);
    try {
      if (startedAt.filter((at) => performance.now() - at < MINUTE_MS).length > RESTARTS_A_MINUTE) throw endsTooOften();
      state.mongod = await startOnPort(options, lock, place.port);
      // `stop` may have come meanwhile, and has only seen the one that had ended.
      if (state.isStopping()) await stopMongod(state.mongod);
    } catch (error) {
      options.log.error('embedded mongod does not start again', error);
      return;
    }
  }
}

async function adoptOrphan(lock: DataFolderLock, log: Logger): Promise<MongodProcess | undefined> {
  const { mongodPid, mongodStartTime, port } = lock.previous ?? {};
  if (mongodPid === undefined || mongodStartTime === undefined || port === undefined) return undefined;
  const orphan = adoptMongod(mongodPid, mongodStartTime, port);
  if (orphan === undefined) return undefined;
  if ((await answersAs(port, orphan.pid)) && (await untilReady(orphan))) {
    log.info('embedded mongod adopted from a server that was killed', { pid: orphan.pid, port });
    lock.record({ port, mongodPid, mongodStartTime });
    return orphan;
  }
  log.warn('embedded mongod of a killed server does not answer and is ended', { pid: orphan.pid, port });
  await stopMongod(orphan);
  return undefined;
}

async function startOnSomePort(options: EmbeddedMongodOptions, lock: DataFolderLock): Promise<MongodProcess> {
  let port = lock.previous?.port ?? (await freePort());
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnPort(options, lock, port);
    } catch (error) {
      const isTaken = error instanceof MongodFailedError && error.code === 'MONGOD_PORT_IN_USE';
      if (!isTaken || attempt === PORT_ATTEMPTS) throw error;
      options.log.warn('embedded mongod changes its port, another program has it', { port });
      port = await freePort();
    }
  }
}

async function startOnPort(options: EmbeddedMongodOptions, lock: DataFolderLock, port: number): Promise<MongodProcess> {
  const startedAt = performance.now();
  const binary = await findMongod(options);
  const place = mongodPlace(options.dataDir, port);
  const mongod = await spawnMongod(binary.path, place);
  lock.record({ port, mongodPid: mongod.pid, mongodStartTime: mongod.startTime });
  try {
    const isReady = await untilReady(mongod);
    if (!isReady) throw explainMongodExit(await mongod.exited, place);
  } catch (error) {
    await stopMongod(mongod);
    throw error;
  }
  const elapsedMs = Math.round(performance.now() - startedAt);
  options.log.info('embedded mongod ready', { pid: mongod.pid, port, version: binary.version, elapsedMs });
  return mongod;
}

/** False when the mongod has ended instead. */
async function untilReady(mongod: MongodProcess): Promise<boolean> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => {
    giveUp.abort('late');
  }, READY_MS);
  const ready = untilListening(mongod.port, giveUp.signal)
    .then(() => untilPrimary(mongod.port, mongod.pid, giveUp.signal))
    .then(() => (giveUp.signal.aborted ? 'late' : 'ready'))
    .catch(async (error: unknown) => {
      // When our mongod is about to end, its exit code explains more than what the driver met on the port.
      await sleep(EXIT_GRACE_MS, undefined, { ref: false });
      throw error;
    });
  try {
    const outcome = await Promise.race([ready, mongod.exited.then(() => 'exited')]);
    if (outcome === 'late') throw notReady(mongod);
    return outcome === 'ready';
  } finally {
    clearTimeout(timer);
    giveUp.abort('over');
    ready.catch(() => undefined);
  }
}

function endsTooOften(): MongodFailedError {
  return new MongodFailedError(
    'MONGOD_FAILED',
    `The embedded MongoDB has ended more than ${String(RESTARTS_A_MINUTE)} times within a minute.`,
    'Look at mongod.log in the data folder, and start the server again when its cause is cured.',
  );
}

function notReady(mongod: MongodProcess): MongodFailedError {
  return new MongodFailedError(
    'MONGOD_NOT_READY',
    `The embedded MongoDB (process ${String(mongod.pid)}) does not take writes after ${String(READY_MS / 1000)} s.`,
    'A long recovery after a crash may be the cause: look at mongod.log in the data folder, then start again.',
  );
}
