// `kill`, `pause` and `resume` of a run, `skip`, `retry`, `restart --from` and `unblock`.

import { describe, expect, it } from 'vitest';
import { aRun, aStep } from './samples.ts';
import { createStage } from './stage.ts';

const stage = createStage();
const payload = { cursor: null, replayed: false, errors: [] };
const ofRun = (different: Parameters<typeof aRun>[0] = {}) => ({ ...payload, run: aRun(different) });

const refused = {
  ...payload,
  run: null,
  step: null,
  errors: [
    {
      __typename: 'ActionNotAllowed',
      code: 'ACTION_NOT_ALLOWED',
      message: 'Run penguins/12 is SUCCEEDED, so there is nothing to kill.',
      path: ['runId'],
      hint: 'To run it again, restart it.',
      docs: 'x',
      status: 'SUCCEEDED',
      allowed: ['RESTART'],
    },
  ],
};

describe('a run', () => {
  it('is killed', async () => {
    expect(await stage.ask({ killRun: () => ofRun() }, 'kill', 'penguins/12', '--reason', 'wrong data')).toBe(0);
    expect(stage.terminal.stdout()).toBe('penguins/12 is being killed (now: running)\n');
    expect(stage.inputOf()).toEqual({ runId: 'run:penguins/12', reason: 'wrong data' });
  });

  it('that is over is not killed: exit code 1, with the way out', async () => {
    expect(await stage.ask({ killRun: () => refused }, 'kill', 'penguins/12')).toBe(1);
    expect(stage.terminal.stderr()).toBe(
      'error: Run penguins/12 is SUCCEEDED, so there is nothing to kill.\nhelp: To run it again, restart it.\n',
    );
  });

  it('is paused and resumed by its id, and so is an iteration of a loop', async () => {
    const answers = { pauseRun: () => ofRun({ status: 'PAUSED' }), resumeRun: () => ofRun() };
    expect(await stage.ask(answers, 'pause', 'penguins/12')).toBe(0);
    expect(await stage.ask(answers, 'resume', 'run:penguins/12')).toBe(0);
    expect(stage.terminal.stdout()).toBe(
      '‖ penguins/12 is paused: nothing more of it begins\n✓ penguins/12 goes on (now: running)\n',
    );
    expect(stage.terminal.stderr()).toContain('Undo with: downbeat resume penguins/12\n');
    expect(await stage.ask(answers, 'pause', 'penguins/12/each[2]')).toBe(0);
    expect(stage.servers[2]?.requests[0]?.variables['input']).toMatchObject({ runId: 'run:penguins/12/each[2]' });
  });

  it.each([
    [[], {}],
    [['--from', 'beginning'], { from: 'BEGINNING' }],
    [['--from', 'incomplete'], { from: 'INCOMPLETE' }],
    [['--from', 'train'], { from: 'STEP', stepId: 'train' }],
    [['--from', 'step:penguins/12/beginning'], { from: 'STEP', stepId: 'step:penguins/12/beginning' }],
  ])('is restarted with %j', async (words, input) => {
    expect(await stage.ask({ restartRun: () => ofRun({ attempt: 2 }) }, 'restart', 'penguins/12', ...words)).toBe(0);
    expect(stage.terminal.stdout()).toBe('✓ penguins/12 started again (running)\n');
    expect(stage.inputOf()).toEqual({ runId: 'run:penguins/12', ...input });
  });
});

describe('a step', () => {
  it.each([
    ['skip', 'skipStep', 'SKIPPED', 'is skipped (now: skipped; the run: running)'],
    ['retry', 'retryStep', 'RUNNING', 'begins again (now: running; the run: running)'],
  ])('%s', async (verb, field, status, words) => {
    const changed = { ...ofRun(), step: aStep('train', status) };
    expect(await stage.ask({ [field]: () => changed }, verb, 'penguins/12', 'train')).toBe(0);
    expect(stage.terminal.stdout()).toBe(`✓ penguins/12/train ${words}\n`);
    expect(stage.inputOf()).toEqual({ stepId: 'step:penguins/12/train' });
  });

  it('in a loop is named by the way to it', async () => {
    const skipped = { ...ofRun(), step: aStep('train', 'SKIPPED') };
    const skip = { skipStep: () => skipped };
    expect(await stage.ask(skip, 'skip', 'penguins/12', 'each[2]/train')).toBe(0);
    expect(await stage.ask(skip, 'skip', 'penguins/12/each[2]', 'train')).toBe(0);
    for (const server of stage.servers) {
      expect(server.requests[0]?.variables['input']).toMatchObject({ stepId: 'step:penguins/12/each[2]/train' });
    }
  });

  it('with --json prints what came of it and nothing else', async () => {
    const changed = { ...ofRun(), step: aStep('train', 'SKIPPED') };
    expect(await stage.ask({ skipStep: () => changed }, 'skip', 'penguins/12', 'train', '--json')).toBe(0);
    expect(JSON.parse(stage.terminal.stdout())).toMatchObject({
      step: { id: 'step:penguins/12/train' },
      run: { id: 'run:penguins/12' },
    });
    expect(stage.terminal.stderr()).toBe('');
  });
});

describe('a fork', () => {
  it.each([
    [[], {}],
    [['--from', 'train'], { from: 'train' }],
    [['--workflow-version', '3'], { version: 3 }],
    [['--output', 'clean.rows=100', '--output', 'clean.name=x'], { outputs: { clean: { rows: 100, name: 'x' } } }],
    [['--step-param', 'train.rounds=3'], { stepParams: { train: { rounds: 3 } } }],
  ])('is made with %j', async (words, input) => {
    const fork = { forkRun: () => ofRun({ id: 'run:penguins/13' }) };
    expect(await stage.ask(fork, 'fork', 'penguins/12', ...words)).toBe(0);
    expect(stage.terminal.stdout()).toBe('✓ penguins/13 started, from penguins/12 (running)\n');
    expect(stage.inputOf()).toEqual({ runId: 'run:penguins/12', ...input });
  });

  it('needs a step before the name of an output', async () => {
    expect(await stage.ask({}, 'fork', 'penguins/12', '--output', 'rows=100')).toBe(2);
    expect(stage.terminal.stderr()).toContain('Write the step before the name: clean.rows=100.');
  });
});

describe('a breakpoint', () => {
  const workflow = { workflowId: 'penguins', breakpoints: [] };
  it('is set and cleared', async () => {
    const answers = {
      setBreakpoint: () => ({ ...payload, workflow }),
      clearBreakpoint: () => ({ ...payload, workflow }),
    };
    expect(await stage.ask(answers, 'break', 'penguins', 'train', '--run', '12', '--workflow-version', '2')).toBe(0);
    expect(stage.inputOf()).toEqual({ workflowId: 'penguins', stepId: 'train', runId: 'run:penguins/12', version: 2 });
    expect(await stage.ask(answers, 'break', 'penguins', 'train', '--clear')).toBe(0);
    expect(stage.terminal.stdout()).toBe(
      '‖ train will not begin: it stops at the breakpoint\n✓ no breakpoint at train any more: what stood there goes on\n',
    );
    expect(stage.terminal.stderr()).toContain('downbeat resume penguins/<number>/train');
  });

  it('is listed', async () => {
    const breakpoint = { stepId: 'train', version: null, run: 12, setBy: 'ada', setAt: '2026-01-15T12:00:00.000Z' };
    const some = { workflow: () => ({ ...workflow, breakpoints: [breakpoint] }) };
    expect(await stage.ask(some, 'break', 'penguins')).toBe(0);
    expect(stage.terminal.stdout()).toContain('train  all      penguins/12  2026-01-15 12:00:00  ada');
    expect(await stage.ask({ workflow: () => workflow }, 'break', 'penguins')).toBe(0);
    expect(stage.terminal.stderr()).toContain('penguins has no breakpoints.');
    expect(await stage.ask({ workflow: () => null }, 'break', 'penguins')).toBe(1);
  });

  it('is left by the step that is resumed', async () => {
    const resumed = { resumeStep: () => ({ ...ofRun(), step: aStep('train', 'RUNNING') }) };
    expect(await stage.ask(resumed, 'resume', 'penguins/12/train')).toBe(0);
    expect(stage.terminal.stdout()).toBe('✓ penguins/12/train goes on (now: running; the run: running)\n');
    expect(stage.inputOf()).toEqual({ stepId: 'step:penguins/12/train' });
  });
});

it('the queue of a workflow goes on', async () => {
  const answers = { unblockWorkflow: () => ({ ...payload, workflow: { workflowId: 'penguins' } }) };
  expect(await stage.ask(answers, 'unblock', 'penguins')).toBe(0);
  expect(stage.terminal.stdout()).toBe('✓ penguins goes on: no failed run holds the others up\n');
  expect(stage.inputOf()).toEqual({ workflowId: 'penguins' });
});
