// `runs` with filters, `stop --all` and the like, `audit`, `diff`, `set` and `delete`.

import { parse, validate } from 'graphql/index.js';
import { describe, expect, it } from 'vitest';
import * as operations from '../../src/cli/operations/admin-operations.ts';
import { schema } from './fake-server.ts';
import { aRun } from './samples.ts';
import { createStage } from './stage.ts';

const stage = createStage();
const payload = { cursor: null, replayed: false, errors: [] };

describe('the documents', () => {
  it.each(Object.entries(operations))('%s asks only for what the schema has', (_name, { text }) => {
    expect(validate(schema, parse(text)).map((error) => error.message)).toEqual([]);
  });
});

describe('runs', () => {
  const none = { runs: () => ({ edges: [], nodes: [], pageInfo: { hasNextPage: false, hasPreviousPage: false } }) };

  it('are chosen by workflow, status, label, time and text, and come in the order that is asked for', async () => {
    const argv = ['--workflow', 'a', '--workflow', 'b', '--status', 'failed', '--label', 'team=red', '--text', 'zoo'];
    await stage.ask(none, 'runs', ...argv, '--since', '2026-11-01', '--until', '2026-11-02', '--order', 'longest');
    expect(stage.servers[0]?.requests[0]?.variables).toEqual({
      first: 20,
      orderBy: 'LONGEST_FIRST',
      filter: {
        workflowIds: ['a', 'b'],
        status: ['FAILED'],
        labels: { team: 'red' },
        text: 'zoo',
        created: { from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T00:00:00.000Z' },
      },
    });
  });

  it.each([
    ['--since', 'yesterday'],
    ['--label', 'red'],
    ['--order', 'size'],
  ])('%s %s is wrong use', async (option, value) => {
    expect(await stage.ask(none, 'runs', option, value)).toBe(2);
    expect(stage.servers[0]?.requests).toEqual([]);
  });
});

describe('an action on many runs', () => {
  const preview = {
    token: 'abc',
    action: 'STOP',
    matching: 12,
    covered: 12,
    byStatus: [
      { status: 'RUNNING', count: 11 },
      { status: 'SUCCEEDED', count: 1 },
    ],
    sample: [aRun()],
    refusals: [{ status: 'SUCCEEDED', count: 1, text: 'They are over already.' }],
  };
  const outcome = {
    ...payload,
    results: [
      { id: 'run:penguins/12', ok: true },
      { id: 'run:penguins/9', ok: false, message: 'Run penguins/9 is SUCCEEDED, so there is nothing to stop.' },
    ],
    gone: ['run:penguins/8'],
    joined: 0,
  };
  const answers = { previewBulk: () => preview, applyBulk: () => outcome };

  it('shows what it would do, and then does it to what was shown; one that is refused is said, with exit code 1', async () => {
    const code = await stage.ask(answers, 'stop', '--all', '--workflow', 'penguins', '--yes', '--reason', 'quota');
    expect(code).toBe(1);
    expect(stage.terminal.stdout()).toBe(
      [
        'stop: 12 runs (runs: 11 running, 1 succeeded)',
        '  ● penguins/12',
        '  … and 11 more',
        '1 that is succeeded will be refused: They are over already.',
        '✓ 1 run done',
        '',
      ].join('\n'),
    );
    expect(stage.terminal.stderr()).toContain('✗ penguins/9: Run penguins/9 is SUCCEEDED');
    const [first, second] = stage.servers[0]?.requests ?? [];
    expect(first?.variables['input']).toEqual({
      action: 'STOP',
      filter: { workflowId: 'penguins', status: ['QUEUED', 'RUNNING', 'PAUSED'] },
    });
    expect(second?.variables['input']).toEqual({ token: 'abc', reason: 'quota' });
  });

  it('does nothing where nobody can be asked and --yes was not said', async () => {
    expect(await stage.ask(answers, 'kill', '--all', '--status', 'running')).toBe(2);
    expect(stage.terminal.stderr()).toContain('add --yes');
    expect(stage.servers[0]?.requests).toHaveLength(1);
  });

  it('asks whoever sits there', async () => {
    const io = stage.terminal.io as unknown as { ask?: (question: string) => Promise<string> };
    io.ask = () => Promise.resolve('n');
    expect(await stage.ask(answers, 'pause', '--all')).toBe(0);
    expect(stage.terminal.stderr()).toContain('Nothing was done.');
    io.ask = () => Promise.resolve('y');
    expect(await stage.ask(answers, 'pause', '--all')).toBe(1);
    expect(stage.servers[1]?.requests).toHaveLength(2);
  });

  it('with --json and without --yes is the preview alone', async () => {
    expect(await stage.ask(answers, 'restart', '--all', '--from', 'incomplete', '--json')).toBe(0);
    expect(JSON.parse(stage.terminal.stdout())).toMatchObject({ token: 'abc', matching: 12 });
    expect(stage.servers[0]?.requests[0]?.variables['input']).toMatchObject({ action: 'RESTART', from: 'INCOMPLETE' });
  });

  it.each([[['stop']], [['stop', 'penguins/12', '--all']], [['unblock']]])('%j is wrong use', async (argv) => {
    expect(await stage.ask(answers, ...argv)).toBe(2);
  });
});

describe('the audit', () => {
  const line = {
    id: 'audit:1.2.0',
    at: '2026-11-22T06:00:00Z',
    actor: 'ada',
    operation: 'stopRun',
    reason: 'too cold',
    about: ['run:penguins/12'],
    text: 'ada stopped penguins/12.',
    cursor: '1:2.0',
  };
  const found = {
    audit: () => ({ edges: [], nodes: [line], pageInfo: { hasNextPage: false, hasPreviousPage: false } }),
  };

  it('says who did what, when and why', async () => {
    expect(await stage.ask(found, 'audit', 'penguins/12', '--operation', 'stopRun', '--actor', 'ada')).toBe(0);
    expect(stage.terminal.stdout()).toBe(
      'WHEN (UTC)           WHAT                      WHY\n2026-11-22 06:00:00  ada stopped penguins/12.  too cold\n',
    );
    expect(stage.servers[0]?.requests[0]?.variables).toEqual({
      first: 20,
      filter: { about: 'run:penguins/12', actor: 'ada', operations: ['stopRun'] },
    });
  });
});

describe('two runs', () => {
  it('are shown side by side', async () => {
    const comparison = {
      a: aRun({ id: 'run:penguins/11', status: 'SUCCEEDED' }),
      b: aRun({ id: 'run:penguins/12', status: 'FAILED' }),
      params: [{ name: 'island', a: 'Dream', b: null }],
      outputs: [],
      steps: [
        {
          stepId: 'train',
          isSame: false,
          a: { status: 'SUCCEEDED', durationMs: 1200, tries: 1 },
          b: { status: 'FAILED', durationMs: null, tries: 2 },
        },
      ],
      definition: [{ kind: 'CHANGED', subject: 'STEP', name: 'train', details: ['timeout: 5m → 10m'] }],
    };
    expect(await stage.ask({ compareRuns: () => comparison }, 'diff', 'penguins/11', 'penguins/12')).toBe(0);
    const lines = stage.terminal
      .stdout()
      .split('\n')
      .map((text) => text.trim().split(/ {2,}/u));
    expect(lines).toContainEqual(['parameter island', '"Dream"', '–']);
    expect(lines).toContainEqual(['train', '✓ succeeded, 1.2 s', '✗ failed, 2 tries']);
    expect(lines).toContainEqual(['timeout: 5m → 10m']);
    expect(await stage.ask({ compareRuns: () => null }, 'diff', 'penguins/11', 'penguins/12')).toBe(1);
  });
});

describe('a workflow', () => {
  it('gets an owner and labels by hand, and loses what is taken back', async () => {
    const workflow = {
      workflowId: 'penguins',
      owner: 'ada',
      labels: { team: 'red' },
      description: null,
      snapshots: [],
    };
    const answers = { updateWorkflow: () => ({ ...payload, workflow }) };
    expect(
      await stage.ask(answers, 'set', 'penguins', '--owner', 'ada', '--label', 'team=red', '--unset', 'description'),
    ).toBe(0);
    expect(stage.inputOf()).toEqual({
      workflowId: 'penguins',
      owner: 'ada',
      labels: { team: 'red' },
      description: null,
    });
    expect(stage.terminal.stdout()).toContain('labels       team=red');
    expect(await stage.ask(answers, 'set', 'penguins')).toBe(2);
    expect(await stage.ask(answers, 'set', 'penguins', '--unset', 'name')).toBe(2);
  });

  it('is deleted, with its runs if that is said', async () => {
    const answers = { deleteWorkflow: () => ({ ...payload, workflow: { workflowId: 'penguins' } }) };
    expect(await stage.ask(answers, 'delete', 'penguins', '--stop-runs', '--reason', 'old')).toBe(0);
    expect(stage.inputOf()).toEqual({ workflowId: 'penguins', stopRuns: true, reason: 'old' });
    expect(stage.terminal.stdout()).toContain('penguins is deleted');
  });
});
