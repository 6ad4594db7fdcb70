// Between the server and its steps stands one small process that starts them. It is as mortal as any other.

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isAlive } from './alive.ts';
import { createLocalAttempts, type LocalAttempts } from './local-attempts.ts';

let local: LocalAttempts;
beforeAll(async () => {
  local = await createLocalAttempts();
});
afterAll(async () => {
  expect(await local.places()).toEqual([]);
  await local.dispose();
});

function pidIn(line: string): number {
  return Number(/(\d+)$/.exec(line)?.[1]);
}

/** The parent of the process that leads the step's group. */
async function spawnerOf(leader: number): Promise<number> {
  const stat = await readFile(`/proc/${String(leader)}/stat`, 'latin1');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

describe('the process that starts steps', () => {
  it('is the same for one step after the other', async () => {
    const parents = [];
    for (const time of [1, 2]) {
      const { attempt, said } = local.start(`echo ${String(time)} leader $PPID; sleep 1000`);
      parents.push(await spawnerOf(pidIn(await said(/leader/))));
      attempt.cancel(0);
      await attempt.result;
    }
    expect(parents[1]).toBe(parents[0]);
    expect(parents[0]).not.toBe(process.pid);
  });

  it('takes its steps along when it dies; they have failed for no fault of theirs, and the next step runs', async () => {
    const { attempt, said } = local.start('echo $$ leader $PPID; sleep 1000');
    const line = await said(/leader/);
    const [step, leader] = [Number.parseInt(line), pidIn(line)];
    process.kill(await spawnerOf(leader), 'SIGKILL');
    expect(await attempt.result).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'PLATFORM', code: 'EXECUTOR_FAILED', retryable: true },
    });
    await vi.waitFor(
      () => {
        expect([leader, step].filter(isAlive)).toEqual([]);
      },
      { timeout: 5_000, interval: 10 },
    );
    expect((await local.run('echo again')).out).toEqual(['again']);
  });

  it('reads a flood no faster than the server takes it, and loses nothing of what is kept', async () => {
    const { result, out } = await local.run('i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done');
    expect(result.outcome).toBe('succeeded');
    expect(out.slice(0, 3)).toEqual(['line 0', 'line 1', 'line 2']);
    expect(out.every((line, index) => line === `line ${String(index)}`)).toBe(true);
  });
});
