// `backfill`: what each verb asks, what it prints, and how it ends.

import { parse, validate } from 'graphql/index.js';
import { describe, expect, it } from 'vitest';
import * as operations from '../../src/cli/operations/backfill-operations.ts';
import { schema } from './fake-server.ts';
import { createStage } from './stage.ts';

const stage = createStage();

const backfill = {
  id: 'backfill:penguins/3',
  workflowId: 'penguins',
  version: 2,
  status: 'PLANNED',
  hash: '5f1d0c2b9a8e7d64',
  text: 'each time of cron, every day at 06:00 UTC, from 2026-11-01 00:00 UTC to 2026-11-07 23:59 UTC',
  redo: 'MISSING',
  concurrency: 2,
  stopAfterFailures: 3,
  estimatedMs: 125_000,
  total: 7,
  verdicts: [
    { verdict: 'NEW', count: 5 },
    { verdict: 'REDO', count: 0 },
    { verdict: 'SKIP', count: 1 },
    { verdict: 'CONFLICT', count: 1 },
  ],
  counts: [
    { status: 'WAITING', count: 5 },
    { status: 'RUNNING', count: 0 },
  ],
  createdAt: '2026-11-22T00:00:00Z',
  expiresAt: '2026-11-23T00:00:00Z',
  url: '/workflows/penguins/backfills/3',
};
const lines = {
  nodes: [
    {
      index: 0,
      scheduledFor: '2026-11-01T06:00:00.000Z',
      params: null,
      verdict: 'NEW',
      text: 'has no run yet',
      status: 'WAITING',
      runId: null,
    },
    {
      index: 1,
      scheduledFor: '2026-11-02T06:00:00.000Z',
      params: null,
      verdict: 'SKIP',
      text: 'is left out: run 4 succeeded',
      status: null,
      runId: null,
    },
  ],
};

describe('the documents about backfills', () => {
  it.each(Object.entries(operations))('%s asks only for what the schema has', (_name, { text }) => {
    expect(validate(schema, parse(text)).map((error) => error.message)).toEqual([]);
  });
});

describe('backfill plan', () => {
  it('says in plain words what would happen, and the exact line that applies it', async () => {
    const answers = { planBackfill: () => ({ backfill, errors: [] }), backfill: () => ({ ...backfill, lines }) };
    const words = [
      '--from',
      '2026-11-01',
      '--to',
      '2026-11-07',
      '--concurrency',
      '2',
      '--redo',
      'failed',
      '--newest-first',
    ];
    expect(await stage.ask(answers, 'backfill', 'plan', 'penguins', ...words, '--of-version', '2')).toBe(0);
    expect(stage.servers[0]?.requests[0]?.variables['input']).toMatchObject({
      workflowId: 'penguins',
      from: '2026-11-01',
      to: '2026-11-07',
      concurrency: 2,
      redo: 'FAILED',
      order: 'NEWEST_FIRST',
      version: 2,
      params: {},
    });
    expect(stage.terminal.stdout()).toBe(
      [
        `backfill:penguins/3: penguins version 2, ${backfill.text}`,
        '  +     5  new: no run of it yet',
        '  =     1  left out: a run of it is there',
        '  !     1  left out: a run of it is not over',
        '  5 runs, 2 at once, pausing after 3 failures, about 2 minutes going by the last runs',
        '    + 2026-11-01T06:00Z  has no run yet',
        '    = 2026-11-02T06:00Z  is left out: run 4 succeeded',
        '      and 5 lines more',
        '',
      ].join('\n'),
    );
    expect(stage.terminal.stderr()).toBe(
      'Nothing has started. Do it with: downbeat backfill apply backfill:penguins/3 --hash 5f1d0c2b9a8e7d64\n',
    );
  });

  it('reads keys from a file, and says what is wrong with one that holds none', async () => {
    stage.file('keys.json', '[{"island": "Dream"}]');
    stage.file('wrong.json', '{"island": "Dream"}');
    const answers = { planBackfill: () => ({ backfill, errors: [] }), backfill: () => ({ ...backfill, lines }) };
    expect(await stage.ask(answers, 'backfill', 'plan', 'penguins', '--keys', 'keys.json')).toBe(0);
    expect(stage.servers[0]?.requests[0]?.variables['input']).toMatchObject({ keys: [{ island: 'Dream' }] });
    expect(await stage.ask(answers, 'backfill', 'plan', 'penguins', '--keys', 'wrong.json')).toBe(2);
    expect(stage.terminal.stderr()).toContain('wrong.json holds no array.');
  });
});

describe('backfill apply', () => {
  it('shows what is different when the world moved, with the line that agrees to it, and fails', async () => {
    const moved = {
      backfill: null,
      differences: [
        {
          scheduledFor: '2026-11-01T06:00:00.000Z',
          params: null,
          text: 'has no run yet; now is left out: run 9 succeeded',
        },
      ],
      newHash: '00ff00ff00ff00ff',
      newVersion: 2,
      errors: [
        {
          __typename: 'InputError',
          code: 'ACTION_NOT_ALLOWED',
          message: 'The plan moved.',
          path: ['hash'],
          hint: null,
          docs: '',
        },
      ],
    };
    const words = ['backfill', 'apply', 'penguins/3', '--hash', backfill.hash];
    expect(await stage.ask({ applyBackfill: () => moved }, ...words)).toBe(1);
    expect(stage.terminal.stdout()).toBe('  2026-11-01T06:00Z  has no run yet; now is left out: run 9 succeeded\n');
    expect(stage.terminal.stderr()).toContain(
      'If that is what you want: downbeat backfill apply backfill:penguins/3 --hash 00ff00ff00ff00ff',
    );
  });

  it('says where to watch what has begun', async () => {
    const answer = {
      backfill: { ...backfill, status: 'RUNNING' },
      differences: [],
      newHash: null,
      newVersion: null,
      errors: [],
    };
    expect(await stage.ask({ applyBackfill: () => answer }, 'backfill', 'apply', backfill.id, '--hash', 'a')).toBe(0);
    expect(stage.terminal.stdout()).toBe('backfill:penguins/3 running: 5 waiting\n');
    expect(stage.terminal.stderr()).toContain('Watch it with: downbeat backfill watch backfill:penguins/3');
  });

  it('refuses what is no backfill', async () => {
    expect(await stage.ask({}, 'backfill', 'apply', 'penguins', '--hash', 'a')).toBe(2);
    expect(stage.terminal.stderr()).toContain('"penguins" is no backfill; one looks like backfill:penguins/3.');
  });
});

describe('holding a backfill', () => {
  it.each(['pause', 'resume', 'cancel', 'retry'])('backfill %s asks for it and shows how it stands', async (how) => {
    const answers = { [`${how}Backfill`]: () => ({ backfill: { ...backfill, status: 'PAUSED' }, errors: [] }) };
    expect(await stage.ask(answers, 'backfill', how, 'penguins/3', '--reason', 'tests')).toBe(0);
    expect(stage.servers[0]?.requests[0]?.variables['input']).toMatchObject({
      backfillId: 'backfill:penguins/3',
      reason: 'tests',
    });
    expect(stage.terminal.stdout()).toBe('backfill:penguins/3 paused: 5 waiting\n');
  });

  it('backfill list --json prints one a line', async () => {
    const answers = { backfills: () => ({ nodes: [backfill] }) };
    expect(await stage.ask(answers, '--json', 'backfill', 'list', 'penguins')).toBe(0);
    expect(JSON.parse(stage.terminal.stdout())).toMatchObject({ id: backfill.id });
  });
});
