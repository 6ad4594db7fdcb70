// `init`: what is written, what is said, what is refused.

import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDefinitions } from '../../../src/core/definition/read.ts';
import { createStage } from '../stage.ts';
import { downbeat } from '../terminal.ts';

const stage = createStage();

function written(name: string): string {
  return readFileSync(join(stage.terminal.folder, name), 'utf8');
}

describe('init', () => {
  it('turns three scripts into a chain of steps, and says what to do next', async () => {
    stage.file('birds/03_plot.mjs', '');
    stage.file('birds/01_get.sh', 'echo');
    stage.file('birds/02_clean.py', '');
    expect(await downbeat(stage.terminal, ['init', 'birds'])).toBe(0);
    expect(stage.terminal.stdout()).toBe(
      [
        '✓ birds/birds.downbeat.yaml is written, with 3 steps',
        '    get    01_get.sh',
        '    clean  02_clean.py',
        '    plot   03_plot.mjs',
        '',
        'Next:',
        '  downbeat serve                            in another terminal',
        '  downbeat apply birds/birds.downbeat.yaml',
        '  downbeat run birds --watch',
        '',
      ].join('\n'),
    );
    const text = written('birds/birds.downbeat.yaml');
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=http://127.0.0.1:4000/schema/workflow.json');
    const read = readDefinitions(text);
    expect(read.ok && read.value[0]?.definition.steps).toMatchObject([
      { id: 'get', needs: [], work: { kind: 'shell', script: 'sh 01_get.sh' } },
      { id: 'clean', needs: [{ step: 'get' }], work: { kind: 'python', program: { file: '02_clean.py' } } },
      { id: 'plot', needs: [{ step: 'clean' }], work: { kind: 'node', program: { file: '03_plot.mjs' } } },
    ]);
    expect(await downbeat(stage.terminal, ['validate', 'birds/birds.downbeat.yaml'])).toBe(0);
  });

  it('has a cron trigger and a parameter at hand that only want their marks taken away', async () => {
    stage.file('birds/a.sh', '');
    await downbeat(stage.terminal, ['init', 'birds']);
    const bare = written('birds/birds.downbeat.yaml').replace(/^# (?=params:|triggers:| )/gmu, '');
    const read = readDefinitions(bare);
    expect(read.ok && read.value[0]?.definition).toMatchObject({
      params: [{ name: 'day', value: '2026-01-31' }],
      triggers: [{ cron: '0 6 * * mon-fri', timezone: 'Europe/Madrid' }],
    });
  });

  it('takes the folder where it stands, and the address from the settings', async () => {
    stage.file('a.sh', '');
    const environment = { DOWNBEAT_URL: 'http://example.org:81/' };
    expect(await downbeat(stage.terminal, ['init', '--json'], { environment })).toBe(0);
    const said = JSON.parse(stage.terminal.stdout()) as { file: string; workflowId: string };
    expect(said).toMatchObject({ file: `${basename(stage.terminal.folder)}.downbeat.yaml`, steps: [{ stepId: 'a' }] });
    expect(written(said.file)).toContain('$schema=http://example.org:81/schema/workflow.json');
  });

  it('never overwrites', async () => {
    stage.file('birds/a.sh', '');
    stage.file('birds/birds.downbeat.yaml', 'mine');
    expect(await downbeat(stage.terminal, ['init', 'birds'])).toBe(2);
    expect(stage.terminal.stderr()).toMatch(
      /birds\/birds\.downbeat\.yaml is there already, and nothing was changed\./u,
    );
    expect(written('birds/birds.downbeat.yaml')).toBe('mine');
  });

  it('says what it looked for where there is nothing, and that a folder is not there', async () => {
    stage.file('birds/.hidden.py', '');
    stage.file('birds/node_modules/x.js', '');
    stage.file('birds/tests/a.py', '');
    stage.file('birds/test_b.py', '');
    stage.file('birds/notes.txt', '');
    expect(await downbeat(stage.terminal, ['init', 'birds'])).toBe(2);
    expect(stage.terminal.stderr()).toContain(
      'There are no scripts in birds: looked for files that end in .py, .js, .mjs, .cjs, .ts, .sh, and passed over hidden files',
    );
    expect(existsSync(join(stage.terminal.folder, 'birds/birds.downbeat.yaml'))).toBe(false);
    expect(await downbeat(stage.terminal, ['init', 'fish'])).toBe(2);
    expect(stage.terminal.stderr()).toContain('There is no folder fish.');
  });

  it('writes names that YAML and the shell would misread so that both read them right', async () => {
    stage.file('My Birds/1 get $it.sh', 'echo \'x\' > "my data.csv"\n');
    stage.file("My Birds/2 it's.py", 'open("my data.csv")\n');
    stage.file('My Birds/3: on.py', '');
    expect(await downbeat(stage.terminal, ['init', 'My Birds'])).toBe(0);
    const read = readDefinitions(written('My Birds/my-birds.downbeat.yaml'));
    expect(read.ok && read.value[0]?.definition).toMatchObject({
      id: 'my-birds',
      steps: [
        { id: 'get-it', work: { script: "sh '1 get $it.sh'" }, artifacts: ['my data.csv'] },
        {
          id: 'it-s',
          work: { script: "cat \"$DOWNBEAT_INPUTS\"/'get-it/my data.csv' > 'my data.csv'\npython3 '2 it'\\''s.py'\n" },
        },
        { id: 'on', work: { program: { file: '3: on.py' } } },
      ],
    });
  });
});
