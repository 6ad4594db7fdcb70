// `export`, where it is refused, and what it never does: write outside of the folder that was named.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStage } from './stage.ts';

const stage = createStage();

const TEXT = {
  text: 'id: birds\n',
  notes: ['step a: It came from the template x, version 1, and is written out whole here.'],
};
const birds = (different: object = {}): object => ({
  workflowId: 'birds',
  activeVersion: 1,
  versionCount: 2,
  definition: {
    version: 1,
    yaml: TEXT,
    nativeJson: TEXT,
    maestroJson: null,
    maestroYaml: null,
    whyNoMaestroYaml: 'not imported',
  },
  ...different,
});

describe('a workflow', () => {
  it('goes to stdout, and what a person should know to stderr', async () => {
    expect(await stage.ask({ workflow: () => birds() }, 'export', 'birds')).toBe(0);
    expect(stage.terminal.stdout()).toBe('id: birds\n');
    expect(stage.terminal.stderr()).toContain('note: step a: It came from the template x');
  });

  it('that is not there is refused, with the name that was probably meant', async () => {
    const answers = { workflow: () => null, workflows: () => ({ nodes: [{ workflowId: 'birds' }] }) };
    expect(await stage.ask(answers, 'export', 'brids')).toBe(1);
    expect(stage.terminal.stderr()).toContain('Did you mean birds?');
  });

  it('has the versions that it has', async () => {
    const answers = { workflow: () => birds({ definition: null }) };
    expect(await stage.ask(answers, 'export', 'birds', '--workflow-version', '7')).toBe(1);
    expect(stage.terminal.stderr()).toContain('"birds" has no version 7.');
    expect(stage.terminal.stderr()).toContain('Its versions are 1 to 2.');
  });

  it.each(['maestro-json', 'maestro-yaml'])('of our own is not written as %s', async (format) => {
    expect(await stage.ask({ workflow: () => birds() }, 'export', 'birds', '--as', format)).toBe(1);
    expect(stage.terminal.stderr()).toContain('was not imported from Maestro');
  });

  it("is not written in Maestro's YAML where that would mean something else, and it says what", async () => {
    const definition = {
      version: 1,
      yaml: TEXT,
      nativeJson: TEXT,
      maestroJson: {},
      maestroYaml: null,
      whyNoMaestroYaml: 'The workflow "birds" cannot be written so: its loop.',
    };
    expect(await stage.ask({ workflow: () => birds({ definition }) }, 'export', 'birds', '--as', 'maestro-yaml')).toBe(
      1,
    );
    expect(stage.terminal.stderr()).toContain('cannot be written so: its loop.');
    expect(stage.terminal.stderr()).toContain('downbeat export birds --as maestro-json');
  });

  it.each([
    [['birds', '--output', 'x'], '--output belongs to runs'],
    [['birds/1', '--as', 'json'], '--as and --workflow-version belong to workflows'],
    [['birds/1/count'], 'is neither a workflow nor a run'],
  ])('and a run have options of their own: %j', async (words, said) => {
    expect(await stage.ask({}, 'export', ...words)).toBe(2);
    expect(stage.terminal.stderr()).toContain(said);
  });
});

const RUN = {
  id: 'run:birds/1',
  number: 1,
  attempt: 1,
  path: null,
  workflowId: 'birds',
  version: 1,
  status: 'SUCCEEDED',
  isTerminal: true,
  scheduledFor: null,
  labels: {},
  createdAt: '2026-11-23T06:00:00.000Z',
  startedAt: '2026-11-23T06:00:00.000Z',
  endedAt: '2026-11-23T06:00:01.000Z',
  url: '/runs/birds/1',
  cause: { kind: 'MANUAL', text: 'ada started it', signal: null, signals: null },
  params: {},
  paramTrace: [],
  outputs: {},
  counts: [],
  timeline: [],
  definition: null,
};
const artifact = { path: '../../../outside.txt', size: '1', hash: 'f'.repeat(64), url: '/artifacts/f' };
const STEP = {
  id: 'step:birds/1/count',
  stepId: 'count',
  kind: 'shell',
  phase: 'SUCCEEDED',
  status: 'SUCCEEDED',
  needs: [],
  isFinal: false,
  onFailure: 'FAIL_AFTER_RUNNING',
  outputs: {},
  paramTrace: [],
  awaits: [],
  attempts: [],
  artifacts: [artifact],
};
const answers = {
  server: () => ({ version: '1' }),
  run: () => ({ ...RUN, steps: { nodes: [STEP], pageInfo: { hasNextPage: false, endCursor: null } } }),
};

describe('a run', () => {
  it('is one record of JSON', async () => {
    expect(await stage.ask(answers, 'export', 'birds/1')).toBe(0);
    expect(JSON.parse(stage.terminal.stdout())).toMatchObject({
      record: 'downbeat-run',
      recordVersion: 1,
      run: { id: 'run:birds/1', cause: { text: 'ada started it' } },
      steps: [{ stepId: 'count', artifacts: [{ path: '../../../outside.txt' }] }],
      notes: [],
    });
  });

  it('never writes outside of its folder, whatever a path says', async () => {
    await stage.ask(answers, 'export', 'birds/1', '--output', 'a/b/c');
    expect(existsSync(join(stage.terminal.folder, 'outside.txt'))).toBe(false);
    expect(existsSync(join(stage.terminal.folder, 'a/b/c/run.json'))).toBe(true);
  });

  it('is not written into a folder that has something in it', async () => {
    stage.file('full/x', '1');
    expect(await stage.ask(answers, 'export', 'birds/1', '--output', 'full')).toBe(2);
    expect(stage.terminal.stderr()).toContain('has something in it already');
  });
});
