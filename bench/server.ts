// The server under measurement: the built program in a process of its own, with an embedded MongoDB in a folder of its own.
// Owns the folder and both processes; `remove` leaves nothing of them.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const root = join(import.meta.dirname, '..');
const READY_MS = 60_000;
const STOP_MS = 20_000;
const TICKS_A_SECOND = 100;

/** A folder in which servers are started one after the other. */
export interface Ground {
  /** Starts the server; `profile` names a folder that gets a CPU profile of its life. */
  start(profile?: string): Promise<MeasuredServer>;
  /** Ends what runs and removes the folder. */
  remove(): Promise<void>;
}

/** A server that runs. */
export interface MeasuredServer {
  readonly url: string;
  /** From the start of its process to its line `ready`. */
  readonly readyMs: number;
  /** The address of its MongoDB. */
  readonly mongoUri: string;
  /** Resident memory of the Node process in MB. */
  residentMb(): Promise<number>;
  /** Processor time spent so far; undefined where the system does not tell. */
  processorMs(): Promise<{ readonly server: number; readonly mongod: number } | undefined>;
  /** Asks it to end, and waits. */
  stop(): Promise<void>;
}

/** What the server writes into its data folder about itself. */
interface LockRecord {
  readonly port: number;
  readonly mongodPid: number;
}

/** Builds the program if its sources have changed, and makes an empty data folder. */
export async function prepareGround(): Promise<Ground> {
  await execute(process.execPath, [join(root, 'scripts', 'build.mjs'), '--no-web'], { cwd: root });
  const folder = await mkdtemp(join(tmpdir(), 'downbeat-bench-'));
  let running: ChildProcess | undefined;
  return {
    start: async (profile) => {
      const startedAt = performance.now();
      running = launch(folder, profile);
      const url = await readyAddress(running);
      const readyMs = performance.now() - startedAt;
      return measured(running, { folder, url, readyMs });
    },
    remove: async () => {
      if (running !== undefined) await end(running);
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

function launch(folder: string, profile: string | undefined): ChildProcess {
  const { PATH, HOME } = process.env;
  const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  return spawn(process.execPath, [...profiling, join(root, 'dist', 'downbeat.js'), 'serve'], {
    cwd: folder,
    env: { PATH, HOME, PORT: '0', DOWNBEAT_DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function readyAddress(child: ChildProcess): Promise<string> {
  let stdout = '';
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      reject(new Error(`The server ${why} before it was ready:\n${stderr}`));
    };
    const late = setTimeout(fail, READY_MS, 'took a minute');
    child.once('exit', (code) => {
      fail(`ended with ${String(code)}`);
    });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const address = /^ready (\S+)$/m.exec(stdout)?.[1];
      if (address === undefined) return;
      clearTimeout(late);
      resolve(address);
    });
  });
}

async function measured(
  child: ChildProcess,
  { folder, url, readyMs }: { readonly folder: string; readonly url: string; readonly readyMs: number },
): Promise<MeasuredServer> {
  const lock = JSON.parse(await readFile(join(folder, 'server.json'), 'utf8')) as LockRecord;
  const pid = child.pid ?? 0;
  return {
    url,
    readyMs,
    mongoUri: `mongodb://127.0.0.1:${String(lock.port)}/?directConnection=true`,
    residentMb: async () => Number((await execute('ps', ['-o', 'rss=', '-p', String(pid)])).stdout) / 1_024,
    processorMs: async () => {
      const [server, mongod] = await Promise.all([processorMsOf(pid), processorMsOf(lock.mongodPid)]);
      return server === undefined || mongod === undefined ? undefined : { server, mongod };
    },
    stop: () => end(child),
  };
}

/** User and system time of a process with all its threads, from Linux's /proc. */
async function processorMsOf(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => undefined);
  // The program's name, in parentheses, may hold blanks; user and system time are the 12th and 13th behind it.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields === undefined ? undefined : ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_A_SECOND;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(late);
}
