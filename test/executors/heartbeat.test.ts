// Signs of life: what a program may do so that its heartbeat does not end it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalAttempts, type LocalAttempts } from './local-attempts.ts';

let local: LocalAttempts;
beforeAll(async () => {
  local = await createLocalAttempts();
});
afterAll(async () => {
  expect(await local.places()).toEqual([]);
  await local.dispose();
});

/** For twice as long as the heartbeat allows, something is done every tenth of it. */
const heartbeat = 2_000;
const again = (what: string): string => `for i in $(seq 20); do ${what}; sleep 0.2; done`;

describe('a step with a heartbeat', () => {
  it.concurrent.each([
    ['prints', 'echo working'],
    ['prints to stderr, without ever ending a line', 'printf . >&2'],
    ['touches $DOWNBEAT_HEARTBEAT', 'touch "$DOWNBEAT_HEARTBEAT"'],
    ['gives outputs', 'echo "rows=$i" >> "$DOWNBEAT_OUTPUTS"'],
  ])('lives as long as it %s', async (_, what) => {
    const { result } = await local.run(again(what), { heartbeat, outputs: [{ name: 'rows', type: 'long' }] });
    expect(result).toMatchObject(
      what.includes('rows') ? { outcome: 'succeeded' } : { failure: { code: 'MISSING_OUTPUT' } },
    );
  });

  it('is ended where it writes to other files only, with all that it started', async () => {
    const { failure } = await local.run(`echo begun; ( ${again('date > notes')} ) & wait`, { heartbeat: 700 });
    expect(failure).toMatchObject({ kind: 'TIMEOUT', code: 'HEARTBEAT_TIMEOUT', retryable: true });
  });

  it('fails also where it takes the polite signal for a wish to be done', async () => {
    const { failure } = await local.run("trap 'exit 0' TERM; sleep 60 & wait", { heartbeat: 500 });
    expect(failure).toMatchObject({ code: 'HEARTBEAT_TIMEOUT' });
  });

  it('has time from the start of its program, whatever was made ready before', async () => {
    expect((await local.run('true', { heartbeat: 1_000 })).result).toMatchObject({ outcome: 'succeeded' });
  });

  it('that is told to stop is cancelled as any other', async () => {
    const { attempt, said } = local.start('echo ready; sleep 60', { heartbeat: 30_000 });
    await said(/ready/);
    attempt.cancel(0);
    expect(await attempt.result).toEqual({ outcome: 'cancelled' });
  });
});
