// A real server in a process of its own, on the run's MongoDB with a database of its own, and the command line to it.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServer } from '../../scripts/build.mjs';
import { freshMongo, type FreshMongo } from './mongod.ts';

/** How a program ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A server that runs. */
export interface TestServer {
  readonly url: string;
  readonly mongo: FreshMongo;
  readonly process: ChildProcess;
  /** What it has said on stderr so far. */
  log(): string;
  /** Runs `downbeat` with these words against this server. */
  cli(...words: readonly string[]): Promise<Ended>;
  /** One GraphQL operation over HTTP; fails if it has top-level errors. */
  graphql<T>(query: string, variables?: object): Promise<T>;
  /** Asks it to end, and answers its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Resolves with its exit code or signal when it has ended. */
  readonly ended: Promise<number | null>;
}

/** How a server is started. */
export interface TestServerOptions {
  /** The database of an earlier server; a fresh one if not given. */
  readonly mongo?: FreshMongo;
  readonly env?: Readonly<Record<string, string>>;
  /** Resolve at once, without waiting for `ready`. */
  readonly isMortal?: boolean;
}

const program = join(import.meta.dirname, '../../dist/downbeat.js');

/** Starts a server and waits until it is ready. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  await buildServer();
  const mongo = options.mongo ?? (await freshMongo());
  const dataDir = await mkdtemp(join(tmpdir(), 'downbeat-server-'));
  const uri = new URL(mongo.uri);
  uri.pathname = `/${mongo.database}`;
  const child = spawn(process.execPath, [program, 'serve'], {
    cwd: dataDir,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: '0',
      MONGODB_URI: uri.href,
      DOWNBEAT_DATA_DIR: dataDir,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => {
      void rm(dataDir, { recursive: true, force: true }).finally(() => {
        resolve(code);
      });
    }),
  );
  const url = await readyAddress(child, ended, () => stderr, options.isMortal ?? false);
  return {
    url,
    mongo,
    process: child,
    log: () => stderr,
    ended,
    cli: (...words) => runCli(url, words),
    graphql: (query, variables) => askGraphql(url, query, variables),
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Runs `downbeat` with these words against a server. */
export async function runCli(url: string, words: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...words], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DOWNBEAT_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  return new Promise((resolve) =>
    child.once('close', (code) => {
      resolve({ code, ...said });
    }),
  );
}

async function askGraphql<T>(url: string, query: string, variables: object | undefined): Promise<T> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { readonly data?: T; readonly errors?: unknown };
  if (answer.data === undefined || answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

function readyAddress(
  child: ChildProcess,
  ended: Promise<number | null>,
  said: () => string,
  isMortal: boolean,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const address = /^ready (\S+)$/m.exec(stdout)?.[1];
      if (address !== undefined) resolve(address);
    });
    void ended.then((code) => {
      if (isMortal) resolve('');
      else reject(new Error(`The server ended with ${String(code)} before it was ready:\n${said()}`));
    });
  });
}
