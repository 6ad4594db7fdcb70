// `plan` and `activate`.

import { describe, expect, it } from 'vitest';
import { createStage } from './stage.ts';

const stage = createStage();

const planned = {
  workflowId: 'hello',
  activeVersion: 3,
  version: 4,
  isKnown: false,
  changes: [
    { kind: 'CHANGED', subject: 'TRIGGER', name: 'cron-1', details: ['catchUp: latest → all'], keepsPlace: true },
    { kind: 'ADDED', subject: 'STEP', name: 'b', details: ['run: ls'], keepsPlace: null },
    { kind: 'REMOVED', subject: 'PARAM', name: 'day', details: [], keepsPlace: null },
  ],
  effects: [
    { code: 'RUNS', text: '1 run is going on.', unblock: null, until: null, subject: null },
    { code: 'BREAKS', text: 'card will fail.', unblock: 'Change card too.', until: null, subject: 'workflow:card' },
  ],
  errors: [],
};

describe('plan', () => {
  it('shows a small difference in words, and ends well though there are changes', async () => {
    stage.file('a.yaml', 'id: hello\nsteps: [{ id: b, run: ls }]\n');
    expect(await stage.ask({ plan: () => planned }, 'plan', 'a.yaml')).toBe(0);
    expect(stage.servers[0]?.requests[0]?.variables['input']).toEqual({
      source: 'id: hello\nsteps: [{ id: b, run: ls }]\n',
      files: [],
    });
    expect(stage.terminal.stdout()).toBe(
      [
        'hello: version 3 → 4',
        '  ~ trigger cron-1 (keeps its place)',
        '      catchUp: latest → all',
        '  + step b',
        '      run: ls',
        '  - param day',
        '  touches',
        '    1 run is going on.',
        '    ! card will fail.',
        '      help: Change card too.',
        '',
      ].join('\n'),
    );
    expect(stage.terminal.stderr()).toBe('Nothing was changed. Do it with: downbeat apply a.yaml\n');
  });

  it.each([
    [{ activeVersion: 4, isKnown: true }, '= hello version 4: nothing would change'],
    [{ activeVersion: null, version: 1 }, 'hello: new, version 1'],
    [
      { version: 2, isKnown: true },
      'hello: version 3 → 2, which is there already; only written or ordered in another way',
    ],
  ])('says %o in a line', async (more, line) => {
    stage.file('a.yaml', 'id: hello\nsteps: [{ id: b, run: ls }]\n');
    expect(await stage.ask({ plan: () => ({ ...planned, changes: [], effects: [], ...more }) }, 'plan', 'a.yaml')).toBe(
      0,
    );
    expect(stage.terminal.stdout()).toBe(`${line}\n`);
    expect(stage.terminal.stderr()).toBe('');
  });

  it('prints the plan of each workflow as JSON', async () => {
    stage.file('a.yaml', 'id: hello\nsteps: [{ id: b, run: ls }]\n');
    expect(await stage.ask({ plan: () => planned }, 'plan', 'a.yaml', '--json')).toBe(0);
    expect(JSON.parse(stage.terminal.stdout())).toEqual(planned);
    expect(stage.terminal.stderr()).toBe('');
  });

  it('shows what is wrong at its place, and asks no server about it', async () => {
    stage.file('a.yaml', 'id: hello\nsteps: [{ id: b, rnu: ls }]\n');
    expect(await stage.ask({ plan: () => planned }, 'plan', 'a.yaml')).toBe(1);
    expect(stage.terminal.stderr()).toMatch(/a\.yaml:2:18: error: /u);
    expect(stage.servers[0]?.requests).toEqual([]);
  });
});

describe('activate', () => {
  const payload = {
    version: 3,
    unchanged: false,
    armed: true,
    workflow: {
      workflowId: 'hello',
      url: 'x',
      activeVersion: 3,
      triggersPaused: false,
      triggers: [{ text: 'every day at 06:00, UTC', paused: false }],
    },
    errors: [],
  };

  it('sends the number, and says what starts the workflow now', async () => {
    expect(await stage.ask({ activateVersion: () => payload }, 'activate', 'hello', '3', '--reason', 'bad')).toBe(0);
    expect(stage.inputOf()).toEqual({ workflowId: 'hello', version: 3, reason: 'bad' });
    expect(stage.terminal.stdout()).toBe('✓ hello version 3 is in place\n    starts every day at 06:00, UTC\n');
    expect(stage.terminal.stderr()).toBe('Runs that are not over keep the version they began with.\n');
  });

  it('takes latest for the newest, and says that it was active already', async () => {
    const answers = { activateVersion: () => ({ ...payload, unchanged: true }) };
    expect(await stage.ask(answers, 'activate', 'hello', 'latest')).toBe(0);
    expect(stage.inputOf()).toEqual({ workflowId: 'hello' });
    expect(stage.terminal.stdout()).toContain('= hello version 3: nothing has changed\n');
  });

  it('refuses what is no version before it asks anybody', async () => {
    expect(await stage.ask({ activateVersion: () => payload }, 'activate', 'hello', 'v3')).toBe(2);
    expect(stage.terminal.stderr()).toBe(
      'error: "v3" is no version.\nhelp: Give its number, such as 3, or latest for the newest.\n',
    );
  });

  it('says why the server refused', async () => {
    const error = {
      __typename: 'InputError',
      code: 'NOT_FOUND',
      message: 'No version 7.',
      path: null,
      hint: 'See all.',
      docs: 'x',
    };
    const answers = { activateVersion: () => ({ ...payload, workflow: null, version: null, errors: [error] }) };
    expect(await stage.ask(answers, 'activate', 'hello', '7')).toBe(1);
    expect(stage.terminal.stderr()).toBe('error: No version 7.\nhelp: See all.\n');
  });
});
