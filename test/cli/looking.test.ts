// `runs`, `logs` and `explain`.

import { describe, expect, it } from 'vitest';
import { type Answers } from './fake-server.ts';
import { aRun, aStep, ending, SNAPSHOT, watched } from './samples.ts';
import { createStage } from './stage.ts';

const stage = createStage();

describe('runs', () => {
  const page = (nodes: readonly object[]): Answers => ({
    runs: () => ({
      nodes,
      edges: [],
      cursor: '0:1.0',
      pageInfo: { hasNextPage: nodes.length > 0, hasPreviousPage: false },
    }),
  });

  it('are a table', async () => {
    const ended = aRun({ id: 'run:penguins/11', status: 'FAILED', endedAt: '2026-11-22T06:00:03.000Z' });
    expect(
      await stage.ask(page([ended]), 'runs', '--workflow', 'penguins', '--status', 'failed', '--status', 'timed-out'),
    ).toBe(0);
    expect(stage.terminal.stdout()).toBe(
      'RUN          STATUS    SINCE (UTC)          TOOK   WHY IT STARTED\npenguins/11  ✗ failed  2026-11-22 06:00:01  2.0 s  ada started it\n',
    );
    expect(stage.servers[0]?.requests[0]?.variables).toEqual({
      first: 20,
      filter: { workflowId: 'penguins', status: ['FAILED', 'TIMED_OUT'] },
    });
  });

  it('with --json are one a line', async () => {
    expect(await stage.ask(page([aRun(), aRun()]), 'runs', '--json')).toBe(0);
    expect(stage.terminal.stdout().trim().split('\n')).toHaveLength(2);
  });

  it('may be none', async () => {
    expect(await stage.ask(page([]), 'runs')).toBe(0);
    expect([stage.terminal.stdout(), stage.terminal.stderr()]).toEqual([
      '',
      'There are no such runs. Start one with: downbeat run <workflow>\n',
    ]);
  });
});

describe('logs', () => {
  const line = (number: number, text: string, stream = 'out'): object => ({
    number,
    at: '2026-11-22T06:00:01.000Z',
    stream,
    text,
  });
  const steps = {
    nodes: [aStep('clean', 'SUCCEEDED'), aStep('train', 'RUNNING'), aStep('announce', 'NOT_CREATED')],
    pageInfo: { hasNextPage: false, endCursor: null },
  };
  const printed = new Map([
    ['step:penguins/12/clean', [line(1, 'one'), line(2, '\u001B[2Jtwo', 'err')]],
    ['step:penguins/12/train', [line(1, 'three')]],
  ]);
  const stored: Answers = {
    run: () => ({ ...aRun(), steps }),
    step: ({ id }: { readonly id: string }) => ({ id, logTail: printed.get(id) }),
  };

  it('of all steps say which step printed what', async () => {
    expect(await stage.ask(stored, 'logs', 'penguins/12')).toBe(0);
    expect(stage.terminal.stdout()).toBe('clean │ one\nclean │ \u001B[2Jtwo\ntrain │ three\n');
  });

  it('of one step go into a pipe as they were printed', async () => {
    expect(await stage.ask(stored, 'logs', 'penguins/12', 'clean')).toBe(0);
    expect(stage.terminal.stdout()).toBe('one\n\u001B[2Jtwo\n');
  });

  it('of a step inside a loop are those of its iteration', async () => {
    const asked: unknown[] = [];
    const answers: Answers = {
      ...stored,
      run: ({ id }: { readonly id: string }) => {
        asked.push(id);
        return { ...aRun(), steps };
      },
    };
    expect(await stage.ask(answers, 'logs', 'penguins/12', 'each[2]/clean')).toBe(0);
    expect(asked).toEqual(['run:penguins/12/each[2]']);
    expect(stage.terminal.stdout()).toBe('one\n\u001B[2Jtwo\n');
  });

  it('are harmless on a terminal', async () => {
    stage.useRealTerminal();
    expect(await stage.ask(stored, 'logs', 'penguins/12', 'clean')).toBe(0);
    expect(stage.terminal.stdout()).toContain('\\x1b[2Jtwo');
  });

  it('of a step that is not there name those that are', async () => {
    expect(await stage.ask(stored, 'logs', 'penguins/12', 'clena')).toBe(1);
    expect(stage.terminal.stderr()).toBe(
      'error: The run penguins/12 has no step "clena".\nhelp: Its steps are: clean, train, announce\n',
    );
  });

  it('that are longer than was asked for say so', async () => {
    expect(await stage.ask(stored, 'logs', 'penguins/12', 'clean', '--lines', '2')).toBe(0);
    expect(stage.terminal.stderr()).toBe('These are the last 2 lines of clean; there may be more before them.\n');
  });

  it('of a step that has not begun are none yet', async () => {
    expect(await stage.ask(stored, 'logs', 'penguins/12', 'announce')).toBe(0);
    expect([stage.terminal.stdout(), stage.terminal.stderr()]).toEqual(['', 'Nothing has been printed yet.\n']);
  });

  it('with --follow go on to the end of the run, each try of a step once', async () => {
    const logs = async function* ({ stepId, attempt }: { stepId: string; attempt: number }): AsyncGenerator<object> {
      const lines = [line(1, `${stepId} try ${String(attempt)}`)];
      yield { stepLogs: await Promise.resolve({ cursor: '0:1.0', attemptId: 'a', lines }) };
    };
    const twice = aStep('clean', 'SUCCEEDED', {
      attempts: [1, 2].map((number) => ({ number, startedAt: SNAPSHOT.at, failure: null })),
    });
    const answers = {
      ...stored,
      ...watched(SNAPSHOT, { ...ending('SUCCEEDED'), steps: [twice] }),
      run: stored['run'] ?? (() => null),
      stepLogs: logs,
    };
    expect(await stage.ask(answers, 'logs', 'penguins/12', '--follow')).toBe(0);
    expect(stage.terminal.stdout().trim().split('\n').sort()).toEqual([
      'clean │ step:penguins/12/clean try 1',
      'clean │ step:penguins/12/clean try 2',
    ]);
  });
});

describe('explain', () => {
  it('answers in sentences', async () => {
    const reasons = [
      {
        code: 'SCHEDULE',
        text: 'The next tick is at six.',
        unblock: 'Start it by hand: downbeat run penguins',
        until: '2026-11-23T05:00:00.000Z',
        subject: null,
      },
    ];
    expect(
      await stage.ask(
        { explain: () => ({ id: 'workflow:penguins', summary: 'penguins waits for its time.', reasons }) },
        'explain',
        'penguins',
      ),
    ).toBe(0);
    expect(stage.terminal.stdout()).toBe(
      'penguins waits for its time.\n  • The next tick is at six.\n    → Start it by hand: downbeat run penguins\n    by itself at 2026-11-23 05:00:00 UTC\n',
    );
    expect(stage.servers[0]?.requests[0]?.variables).toEqual({ id: 'workflow:penguins' });
  });

  it('says that there is nothing of that id', async () => {
    const nothing = { explain: () => null, signalType: () => null, pool: () => null, workflows: () => ({ nodes: [] }) };
    expect(await stage.ask(nothing, 'explain', 'nothing')).toBe(1);
    expect(stage.terminal.stderr()).toContain('There is nothing of the id nothing.');
  });

  it('guesses which workflow was meant, also in the name of a run', async () => {
    const known = { explain: () => null, workflows: () => ({ nodes: [{ workflowId: 'penguins' }] }) };
    expect(await stage.ask(known, 'explain', 'pengiuns/12')).toBe(1);
    expect(stage.terminal.stderr()).toContain('Did you mean penguins/12?');
  });

  it('shows how a pool and the name of a signal stand, which explains them', async () => {
    const pool = { name: 'gpu', size: 2, held: 1, waiting: 0, description: null, holders: NOBODY, queue: NOBODY };
    expect(await stage.ask({ pool: () => pool }, 'explain', 'pool:gpu')).toBe(0);
    expect(stage.terminal.stdout()).toContain('gpu  1 of 2 held');
    expect(await stage.ask({ explain: () => null, signalType: () => A_NAME }, 'explain', 'birds.seen')).toBe(0);
    expect(stage.terminal.stdout()).toContain('birds.seen, published once');
  });
});

const NOBODY = { totalCount: 0, nodes: [] };
const A_NAME = {
  name: 'birds.seen',
  published: 1,
  contract: null,
  listeners: [],
  waitingSteps: [],
  waitingRuns: NOBODY,
  publishingSteps: [],
  publishers: [],
  quarantine: { totalCount: 0, dropped: 0, nodes: [] },
};
