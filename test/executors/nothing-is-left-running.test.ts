// When an attempt has settled, none of its processes runs any more, whatever they did to stay.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

function pidsIn(lines: readonly string[]): readonly number[] {
  return lines.flatMap((line) => /^pid (\d+)$/.exec(line)?.[1] ?? []).map(Number);
}

const DAEMON = `
import os, sys, time
if os.fork() == 0:
    os.setsid()
    pid = os.fork()
    if pid == 0:
        os.chdir("/")
        os.close(1); os.close(2)
        time.sleep(1000)
    print("pid", pid)
    sys.stdout.flush()
    os._exit(0)
os.wait()
`;

describe('nothing is left running', () => {
  it('kills a background process that holds the output open when the step has ended', async () => {
    const { result, out } = await local.run('sleep 1000 & echo pid $!');
    expect(result.outcome).toBe('succeeded');
    expect(pidsIn(out).map(isAlive)).toEqual([false]);
  });

  it('kills a grandchild that ignores polite signals when the attempt is stopped', async () => {
    const { attempt, said } = local.start(`sh -c 'trap "" TERM; echo pid $$; while true; do sleep 1000; done' & wait`);
    const line = await said(/^pid/);
    attempt.cancel(20);
    expect(await attempt.result).toEqual({ outcome: 'cancelled' });
    expect(pidsIn([line]).map(isAlive)).toEqual([false]);
  });

  it('does not wait for the grace to end when all of the group went politely', async () => {
    const { attempt, said } = local.start('echo pid $$; sleep 1000');
    const line = await said(/^pid/);
    attempt.cancel(3_600_000);
    expect(await attempt.result).toEqual({ outcome: 'cancelled' });
    expect(pidsIn([line]).map(isAlive)).toEqual([false]);
  });

  it('takes the shorter grace when told to stop twice', async () => {
    const { attempt, said } = local.start("trap '' TERM; echo pid $$; while true; do sleep 1000; done");
    await said(/^pid/);
    attempt.cancel(3_600_000);
    attempt.cancel(0);
    expect(await attempt.result).toEqual({ outcome: 'cancelled' });
  });

  it('lets a step tidy up within its grace, and still calls it cancelled', async () => {
    const { attempt, lines, said } = local.start("trap 'echo tidied; exit 0' TERM; echo ready; sleep 1000 & wait $!");
    await said(/^ready/);
    attempt.cancel(60_000);
    expect(await attempt.result).toEqual({ outcome: 'cancelled' });
    const out = lines.filter((line) => line.stream === 'out');
    expect(out.map((line) => line.text)).toEqual(['ready', 'tidied']);
  });

  it('kills a process that made a session of its own', async () => {
    const { result, out } = await local.run(
      "mkfifo up; setsid sh -c 'echo pid $$; echo > up; exec sleep 1000' & read -r _ < up",
    );
    expect(result.outcome).toBe('succeeded');
    expect(pidsIn(out)).toHaveLength(1);
    expect(pidsIn(out).map(isAlive)).toEqual([false]);
  });

  it('kills a daemon that forked twice and went to another folder', async () => {
    const { result, out } = await local.run('', { work: { kind: 'python', program: { code: DAEMON } } });
    expect(result.outcome).toBe('succeeded');
    expect(pidsIn(out)).toHaveLength(1);
    expect(pidsIn(out).map(isAlive)).toEqual([false]);
  });

  it('leaves no launcher and no watchdog behind, also if the step kills its own group', async () => {
    const { failure, out } = await local.run('echo pid $PPID; echo pid $$; kill -KILL 0');
    expect(failure).toMatchObject({ kind: 'PLATFORM', code: 'KILLED' });
    expect(pidsIn(out).map(isAlive)).toEqual([false, false]);
  });

  it('kills the program when the step kills its launcher', async () => {
    const { failure, out } = await local.run('echo pid $$; kill -KILL $PPID; sleep 1000');
    expect(failure).toMatchObject({ kind: 'PLATFORM', code: 'KILLED' });
    expect(pidsIn(out).map(isAlive)).toEqual([false]);
  });
});
