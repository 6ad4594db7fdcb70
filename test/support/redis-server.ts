// Starts Debian's redis-server on a free port of loopback, in memory only.

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import { freePort } from '../../src/adapters/mongo/embedded/mongod-process.ts';

/** A redis-server of the tests. */
export interface RedisServer {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a redis-server, and answers when it takes connections. On the same port again when `port` is given. */
export async function startRedisServer(options: {
  readonly folder: string;
  readonly port?: number;
}): Promise<RedisServer> {
  const port = options.port ?? (await freePort());
  const memoryOnly = ['--save', '', '--appendonly', 'no', '--dir', options.folder];
  const child = spawn('redis-server', ['--bind', '127.0.0.1', '--port', String(port), ...memoryOnly], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const pid = await untilReady(child);
  return {
    url: `redis://127.0.0.1:${String(port)}`,
    pid,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function untilReady(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', () => {
      reject(
        new Error('redis-server is not installed, and these tests need it (Debian: apt-get install redis-server).'),
      );
    });
    child.once('exit', (code) => {
      reject(new Error(`redis-server ended with code ${String(code)} before it was ready.`));
    });
    if (child.stdout === null || child.pid === undefined) return;
    const pid = child.pid;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('Ready to accept connections')) resolve(pid);
    });
  });
}
