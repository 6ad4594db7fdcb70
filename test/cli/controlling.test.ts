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

it('the queue of a workflow goes on', async () => {
  const answers = { unblockWorkflow: () => ({ ...payload, workflow: { workflowId: 'penguins' } }) };
  expect(await stage.ask(answers, 'unblock', 'penguins')).toBe(0);
  expect(stage.terminal.stdout()).toBe('✓ penguins goes on: no failed run holds the others up\n');
  expect(stage.inputOf()).toEqual({ workflowId: 'penguins' });
});
