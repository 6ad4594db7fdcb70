// `workflows`: which there are, in words.

import { expect, it } from 'vitest';
import { createStage } from './stage.ts';

const stage = createStage();

const BIRDS = {
  id: 'workflow:birds',
  workflowId: 'birds',
  name: 'Count the birds',
  owner: 'ada',
  labels: { team: 'red' },
  activeVersion: 3,
  triggersPaused: false,
  triggers: [
    { kind: 'CRON', text: 'every day at 06:00 UTC', paused: false, nextFire: '2026-11-24T06:00:00.000Z' },
    { kind: 'ABSENT', text: 'when birds.seen stays away for 26h', paused: false, nextFire: '2026-11-23T05:00:00.000Z' },
  ],
  runs: {
    nodes: [
      {
        id: 'run:birds/12',
        status: 'FAILED',
        createdAt: '2026-11-23T06:00:00.000Z',
        startedAt: '2026-11-23T06:00:01.000Z',
        endedAt: null,
      },
    ],
  },
};
const WALRUS = { ...BIRDS, workflowId: 'walrus', activeVersion: null, triggers: [], runs: { nodes: [] } };
const answer = (...nodes: readonly object[]): { readonly workflows: () => object } => ({
  workflows: () => ({ nodes, pageInfo: { hasNextPage: false } }),
});

it('says of each what starts it, when that is next, and how its last run went', async () => {
  expect(await stage.ask(answer(BIRDS, WALRUS), 'workflows')).toBe(0);
  const [head = '', birds = '', walrus = ''] = stage.terminal.stdout().split('\n');
  expect(head.split(/ {2,}/u)).toEqual([
    'WORKFLOW',
    'VERSION',
    'LAST RUN',
    'WHEN (UTC)',
    'NEXT (UTC)',
    'WHAT STARTS IT',
  ]);
  expect(birds).toMatch(
    /^birds\s+3\s+. failed \(12\)\s+2026-11-23 06:00:01\s+2026-11-24 06:00:00\s+every day at 06:00 UTC; when/u,
  );
  expect(walrus).toMatch(/^walrus\s+none active\s+none yet\s+somebody has to$/u);
});

it('says that its triggers are paused, and no next time', async () => {
  await stage.ask(answer({ ...BIRDS, triggersPaused: true }), 'workflows');
  expect(stage.terminal.stdout()).toContain('paused: every day at 06:00 UTC');
  expect(stage.terminal.stdout()).not.toContain('2026-11-24');
});

it('asks for what the options say', async () => {
  const options = '--text b --prefix bi --owner ada --label team=red --status timed-out --paused --order last-active';
  expect(await stage.ask(answer(), 'workflows', ...options.split(' '))).toBe(0);
  expect(stage.servers[0]?.requests[0]?.variables).toMatchObject({
    first: 50,
    orderBy: 'ACTIVE_LAST_FIRST',
    filter: {
      text: 'b',
      prefix: 'bi',
      owner: 'ada',
      labels: { team: 'red' },
      lastRun: ['TIMED_OUT'],
      paused: true,
    },
  });
  expect(stage.terminal.stderr()).toContain('There are no such workflows.');
});

it('refuses what cannot both hold', async () => {
  expect(await stage.ask(answer(), 'workflows', '--paused', '--active')).toBe(2);
});

it('prints one workflow a line as JSON', async () => {
  await stage.ask(answer(BIRDS, WALRUS), 'workflows', '--json');
  const lines = stage.terminal.stdout().trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as typeof BIRDS).workflowId)).toEqual(['birds', 'walrus']);
});
