// The server dies without a word (kill -9): its steps must not go on, or the same step would run twice at once.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isAlive } from './alive.ts';
import { createLocalAttempts } from './local-attempts.ts';

const SERVER = fileURLToPath(new URL('server-that-runs-a-step.ts', import.meta.url));

let workRoot: string;
beforeEach(async () => {
  workRoot = await mkdtemp(join(tmpdir(), 'downbeat-killed-'));
});
afterEach(async () => {
  await rm(workRoot, { recursive: true, force: true });
});

function startServer(script: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', SERVER, workRoot, script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function pidsSaid(server: ChildProcess, count: number): Promise<readonly number[]> {
  const pids: number[] = [];
  if (server.stdout === null) return pids;
  for await (const line of createInterface({ input: server.stdout })) {
    pids.push(Number(/^pid (\d+)$/.exec(line)?.[1]));
    if (pids.length === count) break;
  }
  return pids;
}

async function allDie(pids: readonly number[]): Promise<void> {
  await vi.waitFor(
    () => {
      expect(pids.filter(isAlive)).toEqual([]);
    },
    { timeout: 5_000, interval: 10 },
  );
}

const STUBBORN = `trap '' TERM HUP
echo pid $PPID
echo pid $$
sleep 1000 & echo pid $!
setsid sh -c 'echo pid $$; exec sleep 1000' &
wait`;

describe('the server is killed', () => {
  it('takes the whole group of its step along, and what left the group', async () => {
    const server = startServer(STUBBORN);
    const pids = await pidsSaid(server, 4);
    expect(pids.map(isAlive)).toEqual([true, true, true, true]);
    server.kill('SIGKILL');
    await allDie(pids);
  });

  it('leaves folders that the next server on this machine removes', async () => {
    const server = startServer('echo pid $$; sleep 1000');
    const pids = await pidsSaid(server, 1);
    server.kill('SIGKILL');
    await allDie([...pids, server.pid ?? 0]);
    const left = await readdir(workRoot);
    expect(left).toHaveLength(1);
    const next = await createLocalAttempts({ workRoot });
    await next.run('true');
    expect(await readdir(workRoot)).not.toContain(left[0]);
    await next.dispose();
  });
});
