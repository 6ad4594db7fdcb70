// `run` and `watch`: from the start of a run to its end.

import { describe, expect, it } from 'vitest';
import { aFailure, aRun, ending, SNAPSHOT, watched } from './samples.ts';
import { createStage } from './stage.ts';

const stage = createStage();

const refusal = {
  __typename: 'InputError',
  code: 'BAD_INPUT',
  message: 'There is no parameter "islnd".',
  path: ['params', 'islnd'],
  hint: 'Did you mean "island"?',
  docs: 'x',
};

describe('run', () => {
  const workflow = {
    definition: {
      params: [
        { name: 'island', type: 'string' },
        { name: 'cutoff', type: 'long' },
      ],
    },
  };
  const started = { run: aRun(), cursor: null, replayed: false, errors: [] };

  it('reads parameters as the workflow declares them', async () => {
    const code = await stage.ask(
      { workflow: () => workflow, startRun: () => started },
      'run',
      'penguins',
      '-p',
      'island=1',
      '-p',
      'cutoff=40',
      '--for',
      '2026-11-01',
    );
    expect(code).toBe(0);
    expect(stage.inputOf(1)).toEqual({
      workflowId: 'penguins',
      params: { island: '1', cutoff: 40 },
      scheduledFor: '2026-11-01T00:00:00.000Z',
    });
    expect(stage.terminal.stdout()).toBe('✓ penguins/12 started (running)\n');
    expect(stage.terminal.stderr()).toMatch(
      /downbeat watch penguins\/12 .* http:\/\/127\.0\.0\.1:\d+\/runs\/penguins\/12\n/u,
    );
  });

  it('tells what the server refuses, with the way out', async () => {
    const code = await stage.ask(
      { workflow: () => workflow, startRun: () => ({ ...started, run: null, errors: [refusal] }) },
      'run',
      'penguins',
      '-p',
      'islnd=Biscoe',
    );
    expect(code).toBe(1);
    expect(stage.terminal.stderr()).toBe('error: There is no parameter "islnd".\nhelp: Did you mean "island"?\n');
  });

  it('with --watch shows the steps and ends as the run does', async () => {
    const code = await stage.ask(
      { ...watched(SNAPSHOT, ending('SUCCEEDED')), startRun: () => started },
      'run',
      'penguins',
      '--watch',
    );
    expect(stage.terminal.stdout().split('\n')).toEqual([
      '✓ penguins/12 started (running)',
      '06:00:01 ● clean running',
      '06:00:02 ✓ clean succeeded 1.2 s',
      '✓ penguins/12 succeeded in 4.0 s',
      '',
    ]);
    expect(code).toBe(0);
  });

  it('with --json prints the run and nothing else', async () => {
    expect(await stage.ask({ startRun: () => started }, 'run', 'penguins', '--json')).toBe(0);
    expect(JSON.parse(stage.terminal.stdout())).toMatchObject({ id: 'run:penguins/12', status: 'RUNNING' });
    expect(stage.terminal.stderr()).toBe('');
  });
});

describe('watch', () => {
  it('fails when the run failed, and says why', async () => {
    expect(
      await stage.ask(
        watched(SNAPSHOT, ending('FAILED', { ...aFailure('clean failed.'), retryable: false })),
        'watch',
        'penguins/12',
      ),
    ).toBe(1);
    expect(stage.terminal.stdout()).toContain(
      '✗ penguins/12 failed in 4.0 s\n  clean failed. [EXIT_CODE]\n  help: Look at its log.\n',
    );
    expect(stage.terminal.stderr()).toContain('downbeat explain penguins/12');
  });

  it('fails when there is no such run', async () => {
    expect(await stage.ask({ run: () => null }, 'watch', 'penguins/99')).toBe(1);
    expect(stage.terminal.stderr()).toBe(
      'error: There is no run penguins/99.\nhelp: See which there are with: downbeat runs\n',
    );
  });

  it('with --json prints one change a line', async () => {
    expect(await stage.ask(watched(SNAPSHOT, ending('SUCCEEDED')), '--json', 'watch', 'run:penguins/12')).toBe(0);
    const changes = stage.terminal
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string });
    expect(changes.map((change) => change.kind)).toEqual(['SNAPSHOT', 'COMMIT']);
  });

  it('says that the connection was lost, and goes on', async () => {
    let subscriptions = 0;
    const answers = {
      run: () => aRun(),
      runChanges: async function* () {
        subscriptions++;
        yield { runChanges: await Promise.resolve(subscriptions === 1 ? SNAPSHOT : ending('SUCCEEDED')) };
      },
    };
    expect(await stage.ask(answers, 'watch', 'penguins/12')).toBe(0);
    expect(stage.terminal.stderr()).toBe('Connection lost, resuming…\nConnected again.\n');
  });

  it('ends with 130 at Ctrl-C, and says that the run goes on', async () => {
    const answers = {
      run: () => aRun(),
      runChanges: async function* () {
        yield { runChanges: await Promise.resolve(SNAPSHOT) };
        await new Promise(() => undefined);
      },
    };
    const code = stage.ask(answers, 'watch', 'penguins/12');
    await stage.terminal.said('clean running');
    stage.terminal.interrupt();
    expect(await code).toBe(130);
    expect(stage.terminal.stderr()).toBe('The run goes on. Look at it again with: downbeat watch penguins/12\n');
  });

  it('draws a picture on a terminal, with the log of the step that runs, and gives the cursor back', async () => {
    stage.useRealTerminal();
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const answers = {
      run: () => aRun(),
      runChanges: async function* () {
        yield { runChanges: await Promise.resolve(SNAPSHOT) };
        await finished;
        yield { runChanges: ending('SUCCEEDED') };
      },
      stepLogs: async function* () {
        const lines = [{ number: 1, at: SNAPSHOT.at, stream: 'out', text: 'row 17' }];
        yield { stepLogs: await Promise.resolve({ cursor: '0:1.0', attemptId: 'a', lines }) };
      },
    };
    const code = stage.ask(answers, 'watch', 'penguins/12');
    await stage.terminal.said('clean │ row 17');
    finish();
    expect(await code).toBe(0);
    expect(stage.terminal.stdout()).toContain('\u001B[?25h');
    expect(stage.terminal.stdout()).toMatch(
      /✓ clean {2}succeeded[^\n]*\n[^\n]*○ train {2}waiting[^\n]*\n[^\n]*✓ penguins\/12 succeeded[^\n]* in 4\.0 s\n$/u,
    );
  });
});
