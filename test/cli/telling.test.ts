// `publish`, `stop`, `restart`, `pause` and `resume`.

import { describe, expect, it } from 'vitest';
import { aRun } from './samples.ts';
import { createStage } from './stage.ts';

const stage = createStage();

describe('publish', () => {
  const signal = { id: 'signal:01JD', name: 'measurements.ready', sequence: 17, takenBy: [] };
  const match = (workflowId: string, verdict: string, runId: string | null, text: string): object => ({
    triggerId: `trigger:${workflowId}/x`,
    workflowId,
    verdict,
    runId,
    text,
  });
  const receipt = {
    signal,
    duplicate: false,
    settled: true,
    matches: [] as object[],
    cursor: null,
    replayed: false,
    errors: [],
  };

  it('prints which runs started, and which triggers did not and why', async () => {
    const matches = [
      match('penguins', 'STARTED', 'run:penguins/12', 'rows 168 is >= 100'),
      match('other', 'STARTED', 'run:other/1', 'It started run:other/1.'),
      match('card', 'UNMET', null, 'rows 168 is not >= 500'),
    ];
    expect(
      await stage.ask(
        { publishSignal: () => ({ ...receipt, matches }) },
        'publish',
        'measurements.ready',
        '-p',
        'island=Biscoe',
        '-p',
        'rows=168',
      ),
    ).toBe(0);
    expect(stage.terminal.stdout()).toBe(
      '✓ measurements.ready #17 is published (signal:01JD)\n  ✓ penguins started penguins/12: rows 168 is >= 100\n  ✓ other started other/1\n  ○ card did not start: rows 168 is not >= 500\n',
    );
    expect(stage.inputOf()).toEqual({ name: 'measurements.ready', params: { island: 'Biscoe', rows: 168 } });
  });

  it.each([
    [
      {},
      '  ○ no trigger listens to measurements.ready and no step waits for it, so nothing started; it is kept all the same\n',
    ],
    [{ settled: false }, '  … not every trigger has answered yet; ask again with: downbeat explain signal:01JD\n'],
    [{ duplicate: true }, '= measurements.ready #17 was there already (signal:01JD): nothing happened now\n'],
  ])('with %j says so', async (different, text) => {
    expect(
      await stage.ask(
        { publishSignal: () => ({ ...receipt, ...different }) },
        'publish',
        'measurements.ready',
        '--idempotency-key',
        'k',
      ),
    ).toBe(0);
    expect(stage.terminal.stdout()).toContain(text);
    expect(stage.servers[0]?.requests[0]?.variables['input']).toMatchObject({ idempotencyKey: 'k' });
  });
});

describe('stop, restart, pause and resume', () => {
  const payload = { cursor: null, replayed: false, errors: [] };

  it('stop tells how far it is', async () => {
    expect(
      await stage.ask({ stopRun: () => ({ ...payload, run: aRun() }) }, 'stop', 'penguins/12', '--reason', 'enough'),
    ).toBe(0);
    expect(stage.terminal.stdout()).toBe('penguins/12 is being stopped (now: running)\n');
    expect(stage.inputOf()).toEqual({ runId: 'run:penguins/12', reason: 'enough' });
  });

  it('restart starts again', async () => {
    expect(
      await stage.ask({ restartRun: () => ({ ...payload, run: aRun({ attempt: 2 }) }) }, 'restart', 'penguins/12'),
    ).toBe(0);
    expect(stage.terminal.stdout()).toBe('✓ penguins/12 started again (running)\n');
  });

  it('pause and resume say what that means', async () => {
    const workflow = (triggersPaused: boolean): object => ({
      workflowId: 'penguins',
      triggersPaused,
      triggers: [{ text: 'a' }, { text: 'b' }],
    });
    const answers = {
      pauseTriggers: () => ({ ...payload, workflow: workflow(true) }),
      resumeTriggers: () => ({ ...payload, workflow: workflow(false) }),
    };
    expect(await stage.ask(answers, 'pause', 'penguins')).toBe(0);
    expect(await stage.ask(answers, 'resume', 'penguins')).toBe(0);
    expect(stage.terminal.stdout()).toBe(
      '■ penguins is paused: its 2 triggers will start nothing\n✓ penguins goes on: its 2 triggers may start runs\n',
    );
  });
});
