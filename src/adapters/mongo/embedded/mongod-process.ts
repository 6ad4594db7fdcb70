// One mongod process: started in a process group of its own, or adopted from an owner that was killed; watched, stopped.
// It never shares a pipe with us, so it outlives us unharmed, and it listens on loopback only.

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { MongodFailedError } from './embedded-mongod-error.ts';
import { type MongodExit, type MongodPlace } from './mongod-exit.ts';
import { isAlive, startTimeOf } from './process-identity.ts';

/** The name of the replica set that an embedded mongod forms alone. */
export const REPLICA_SET = 'downbeat';

/** A mongod process of ours. */
export interface MongodProcess {
  readonly pid: number;
  readonly startTime: string;
  readonly port: number;
  /** Settles when the process has ended, for whatever reason. */
  readonly exited: Promise<MongodExit>;
}

const CACHE_GB = '0.25';
const OPLOG_MB = '512';
const LOG_LIMIT_BYTES = 16 << 20;
const WATCH_MS = 250;
const LISTEN_POLL_MS = 10;
const STOP_MS = 10_000;

/** Where the mongod of a data folder keeps its files. */
export function mongodPlace(dataDir: string, port: number): MongodPlace {
  return {
    files: join(dataDir, 'mongodb'),
    logFile: join(dataDir, 'mongod.log'),
    outputFile: join(dataDir, 'mongod.out'),
    port,
  };
}

/** Starts a mongod; it does not answer yet. */
export async function spawnMongod(binary: string, place: MongodPlace): Promise<MongodProcess> {
  mkdirSync(place.files, { recursive: true, mode: 0o700 });
  setLongLogAside(place.logFile);
  const output = openSync(place.outputFile, 'w', 0o600);
  const child = spawn(binary, mongodArguments(place), { detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  const exited = exitOf(child);
  const pid = child.pid;
  if (pid === undefined) {
    await exited;
    throw new MongodFailedError(
      'MONGOD_FAILED',
      `${binary} cannot be started.`,
      'Check that the file may be executed.',
    );
  }
  child.unref();
  return { pid, startTime: startTimeOf(pid) ?? '', port: place.port, exited };
}

/** Takes over a mongod that a killed owner left running; undefined when it does not live any more. */
export function adoptMongod(pid: number, startTime: string, port: number): MongodProcess | undefined {
  return isAlive(pid, startTime) ? { pid, startTime, port, exited: endOf(pid, startTime) } : undefined;
}

/** Asks the mongod to end, and ends it the hard way after ten seconds. */
export async function stopMongod(mongod: MongodProcess): Promise<void> {
  signal(mongod, 'SIGTERM');
  const limit = new AbortController();
  const late = sleep(STOP_MS, 'late', { signal: limit.signal }).catch(() => 'ended');
  const outcome = await Promise.race([mongod.exited.then(() => 'ended'), late]);
  limit.abort();
  if (outcome === 'late') {
    signal(mongod, 'SIGKILL');
    while (isAlive(mongod.pid, mongod.startTime)) await sleep(LISTEN_POLL_MS);
  }
}

/** Resolves when something accepts connections on the port, or the signal says to give up. */
export async function untilListening(port: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await accepts(port))) await sleep(LISTEN_POLL_MS);
}

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}

function mongodArguments(place: MongodPlace): readonly string[] {
  const network = ['--bind_ip', '127.0.0.1', '--port', String(place.port), '--nounixsocket'];
  const files = ['--dbpath', place.files, '--logpath', place.logFile, '--logappend'];
  const memory = ['--wiredTigerCacheSizeGB', CACHE_GB, '--oplogSize', OPLOG_MB];
  const quiet = ['--quiet', '--setParameter', 'diagnosticDataCollectionEnabled=false'];
  return ['--replSet', REPLICA_SET, ...network, ...files, ...memory, ...quiet];
}

function setLongLogAside(logFile: string): void {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(logFile, `${logFile}.1`);
}

function exitOf(child: ChildProcess): Promise<MongodExit> {
  return new Promise((resolve) => {
    child.once('error', () => {
      resolve({ code: null, signal: null });
    });
    child.once('exit', (code, signal) => {
      resolve({ code, signal });
    });
  });
}

async function endOf(pid: number, startTime: string): Promise<MongodExit> {
  while (isAlive(pid, startTime)) await sleep(WATCH_MS, undefined, { ref: false });
  return { code: null, signal: null };
}

function signal(mongod: MongodProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  if (isAlive(mongod.pid, mongod.startTime)) process.kill(mongod.pid, name);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    const answer = (accepted: boolean) => () => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', answer(true));
    socket.once('error', answer(false));
  });
}
