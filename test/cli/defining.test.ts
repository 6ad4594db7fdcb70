// `validate`, `apply` and `doctor`.

import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startFakeServer } from './fake-server.ts';
import { createStage } from './stage.ts';
import { downbeat } from './terminal.ts';

const stage = createStage();

const HELLO = 'id: hello\nsteps:\n  - id: greet\n    python: scripts/greet.py\n';

describe('validate', () => {
  it('needs no server', async () => {
    stage.file('a.downbeat.yaml', `${HELLO}---\nid: other\nsteps: [{ id: b, run: "true" }]\n`);
    stage.file('scripts/greet.py', 'print("hi")\n');
    expect(await downbeat(stage.terminal, ['validate', 'a.downbeat.yaml'])).toBe(0);
    expect(stage.terminal.stdout()).toBe('✓ hello in a.downbeat.yaml is fine\n✓ other in a.downbeat.yaml is fine\n');
  });

  it('shows mistakes at their place in the file, also in a later document', async () => {
    stage.file('a.downbeat.yaml', `# two of them\n${HELLO}---\nid: other\nstpes: [{ id: b, run: "true" }]\n`);
    stage.file('scripts/greet.py', 'print("hi")\n');
    expect(await downbeat(stage.terminal, ['validate', 'a.downbeat.yaml'])).toBe(1);
    expect(stage.terminal.stderr()).toMatch(
      /a\.downbeat\.yaml:8:1: error: [^]* {3}8 \| stpes: [^]*\n {5}\| \^\n[^]*steps/u,
    );
    expect(stage.terminal.stdout()).toBe('');
  });

  it('misses files that are named, and says which one may be meant', async () => {
    stage.file('a.downbeat.yaml', HELLO);
    stage.file('scripts/gret.py', '');
    expect(await downbeat(stage.terminal, ['validate', 'a.downbeat.yaml'])).toBe(1);
    expect(stage.terminal.stderr()).toMatch(
      /a\.downbeat\.yaml:4:13: error: .*scripts\/greet\.py.*\[missing-file\][^]*scripts\/gret\.py/u,
    );
  });

  it('knows offline which cron texts and time zones mean nothing, as does apply', async () => {
    stage.file(
      'a.downbeat.yaml',
      'id: x\ntriggers:\n  - cron: "0 25 * * *"\n  - cron: "0 6 * * *"\n    timezone: Europe/Madird\nsteps: [{ id: b, run: "true" }]\n',
    );
    for (const verb of ['validate', 'apply']) {
      expect(await downbeat(stage.terminal, [verb, 'a.downbeat.yaml'])).toBe(1);
      expect(stage.terminal.stderr()).toMatch(/a\.downbeat\.yaml:3:11: error: .*25.* \[bad-cron\]/u);
      expect(stage.terminal.stderr()).toMatch(/a\.downbeat\.yaml:5:15: error: .*Europe\/Madird.* \[bad-cron\]/u);
      expect(stage.terminal.stderr()).toMatch(/error: There are 2 problems\.\n$/u);
    }
  });

  it('lets no link lead out of the folder', async () => {
    stage.file('home/a.downbeat.yaml', HELLO);
    stage.file('secret', 'password');
    mkdirSync(join(stage.terminal.folder, 'home/scripts'));
    symlinkSync('../../secret', join(stage.terminal.folder, 'home/scripts/greet.py'));
    expect(await downbeat(stage.terminal, ['validate', 'home/a.downbeat.yaml'])).toBe(1);
    expect(stage.terminal.stderr()).toContain(
      'The definition names scripts/greet.py, which leads out of the folder of the definition.',
    );
  });

  it('finds one workflow in two files', async () => {
    stage.file('a.yaml', 'id: x\nsteps: [{ id: b, run: "true" }]\n');
    stage.file('b.yaml', 'id: x\nsteps: [{ id: b, run: "true" }]\n');
    expect(await downbeat(stage.terminal, ['validate', 'a.yaml', 'b.yaml', '--json'])).toBe(1);
    expect(JSON.parse(stage.terminal.stdout())).toMatchObject({
      problems: [{ file: 'b.yaml', line: 1, rule: 'duplicate-workflow' }],
    });
  });
});

describe('apply', () => {
  const workflow = {
    workflowId: 'hello',
    url: 'http://x',
    activeVersion: 3,
    triggersPaused: false,
    triggers: [{ text: 'every day at 06:00 UTC', paused: false }],
  };
  const applied = { workflow, version: 3, unchanged: false, armed: true, cursor: null, replayed: false, errors: [] };

  it('uploads each document with its own text and files', async () => {
    stage.file('a.downbeat.yaml', `${HELLO}---\nid: other\nfiles: [data.bin]\nsteps: [{ id: b, run: "true" }]\n`);
    stage.file('scripts/greet.py', 'print("hi")\n');
    stage.file('data.bin', Buffer.from([0xff, 0x00]));
    expect(await stage.ask({ applyWorkflow: () => applied }, 'apply', 'a.downbeat.yaml')).toBe(0);
    expect(stage.inputOf(0)).toEqual({
      source: HELLO.trimEnd(),
      files: [{ path: 'scripts/greet.py', text: 'print("hi")\n' }],
    });
    expect(stage.inputOf(1)).toMatchObject({ files: [{ path: 'data.bin', base64: '/wA=' }] });
    expect(stage.terminal.stdout()).toContain('✓ hello version 3 is in place\n    starts every day at 06:00 UTC\n');
  });

  it('says that a version is not active, and that triggers are paused by the definition', async () => {
    stage.file('a.yaml', 'id: hello\nsteps: [{ id: b, run: "true" }]\n');
    const kept = { ...applied, workflow: { ...workflow, activeVersion: 2 } };
    expect(await stage.ask({ applyWorkflow: () => kept }, 'apply', 'a.yaml')).toBe(0);
    const trigger = { text: 'when a arrives', paused: true };
    const paused = { ...applied, workflow: { ...workflow, triggers: [...workflow.triggers, trigger] } };
    expect(await stage.ask({ applyWorkflow: () => paused }, 'apply', 'a.yaml')).toBe(0);
    expect(stage.terminal.stdout()).toBe(
      [
        '✓ hello version 3 is kept, and not active',
        '    let starts use it with: downbeat activate hello 3',
        '✓ hello version 3 is in place',
        '    starts every day at 06:00 UTC',
        '    starts when a arrives (paused)',
        '    some of its triggers are paused; let them go on with: downbeat resume hello',
        '',
      ].join('\n'),
    );
  });

  it('uploads nothing when one file is wrong', async () => {
    stage.file('a.yaml', 'id: a\nsteps: [{ id: b, run: "true" }]\n');
    stage.file('b.yaml', 'id: b\nsteps: []\n');
    expect(await stage.ask({ applyWorkflow: () => applied }, 'apply', 'a.yaml', 'b.yaml')).toBe(1);
    expect(stage.servers[0]?.requests).toEqual([]);
  });

  it('shows what the server finds at its place in the file', async () => {
    stage.file(
      'a.yaml',
      '# head\nid: a\nsteps: [{ id: b, run: "true" }]\n---\nid: hello\nsteps: [{ id: b, run: "true" }]\n',
    );
    const error = {
      __typename: 'DefinitionError',
      code: 'BAD_DEFINITION',
      message: 'No.',
      path: ['id'],
      hint: null,
      docs: 'x',
      line: 2,
      column: 5,
      rule: 'taken',
      suggestion: 'hello2',
    };
    const answers = {
      applyWorkflow: ({ input }: { input: { source: string } }) =>
        input.source.includes('hello') ? { ...applied, errors: [error] } : applied,
    };
    expect(await stage.ask(answers, 'apply', 'a.yaml')).toBe(1);
    expect(stage.terminal.stderr()).toBe(
      'a.yaml:5:5: error: No. [taken]\n   5 | id: hello\n     |     ^\n  help: write hello2\n\nerror: There is 1 problem.\n',
    );
  });

  it('says that nothing has changed, and how to start what nothing starts', async () => {
    stage.file('a.yaml', 'id: hello\nsteps: [{ id: b, run: "true" }]\n');
    expect(
      await stage.ask(
        { applyWorkflow: () => ({ ...applied, unchanged: true, workflow: { ...workflow, triggers: [] } }) },
        'apply',
        'a.yaml',
      ),
    ).toBe(0);
    expect(stage.terminal.stdout()).toBe(
      '= hello version 3: nothing has changed\n    nothing starts it by itself; start it with: downbeat run hello --watch\n',
    );
  });
});

describe('doctor', () => {
  const server = {
    server: () => ({
      version: '0.1.0',
      nodeId: 'a',
      role: 'OWNER',
      cursor: '0:0.0',
      nodes: [{ nodeId: 'a', address: 'x', partitions: 16 }],
    }),
  };

  it('shows each setting with its source, and what is there', async () => {
    expect(await stage.ask(server, 'doctor')).toBe(0);
    expect(stage.terminal.stdout()).toMatch(/^SETTING +VALUE +FROM\nPORT +4000 +default\n/u);
    expect(stage.terminal.stdout()).toMatch(/DOWNBEAT_URL +http:\S+ +environment\n/u);
    expect(stage.terminal.stdout()).toMatch(/✓ Server +http:\S+, version 0\.1\.0, 1 node\n/u);
    expect(stage.terminal.stdout()).toMatch(/✓ Node\.js +\d/u);
  });

  it('fails when the server that was named does not answer', async () => {
    const gone = await startFakeServer({});
    await gone.close();
    expect(await downbeat(stage.terminal, ['doctor', '--json'], { environment: { DOWNBEAT_URL: gone.url } })).toBe(1);
    const { checks } = JSON.parse(stage.terminal.stdout()) as { checks: { name: string; state: string }[] };
    expect(checks.find((check) => check.name === 'Server')?.state).toBe('missing');
  });

  it('names the secrets that there are, and never their values', async () => {
    stage.file('mine/secrets', 'db_password=hunter2-file\n');
    chmodSync(join(stage.terminal.folder, 'mine/secrets'), 0o600);
    await stage.ask(server, 'doctor', '--json');
    const environment = {
      DOWNBEAT_URL: stage.servers[0]?.url ?? '',
      DOWNBEAT_SECRETS_FILE: 'mine/secrets',
      DOWNBEAT_SECRET_API_KEY: 'hunter2-variable',
    };
    expect(await downbeat(stage.terminal, ['doctor'], { environment })).toBe(0);
    expect(stage.terminal.stdout()).toMatch(
      /✓ Secrets {2}API_KEY \(environment\), db_password \(\S+mine\/secrets\)\n/u,
    );
    expect(stage.terminal.stdout()).toMatch(/DOWNBEAT_SECRETS_FILE +\S+mine\/secrets +environment\n/u);
    expect(stage.terminal.stdout() + stage.terminal.stderr()).not.toContain('hunter2');
  });

  it('fails when others may read the secrets, and says how to close them', async () => {
    stage.file('mine/secrets', 'db_password=hunter2-file\n');
    chmodSync(join(stage.terminal.folder, 'mine/secrets'), 0o644);
    await stage.ask(server, 'doctor', '--json');
    const environment = { DOWNBEAT_URL: stage.servers[0]?.url ?? '', DOWNBEAT_SECRETS_FILE: 'mine/secrets' };
    expect(await downbeat(stage.terminal, ['doctor'], { environment })).toBe(1);
    expect(stage.terminal.stdout()).toMatch(
      /✗ Secrets {2}\S+ is refused, since it is open to every user of the machine/u,
    );
    expect(stage.terminal.stdout()).toContain('→ Close it with: chmod o= ');
  });

  it('fails when the mongod that was named does not run', async () => {
    await stage.ask(server, 'doctor', '--json');
    expect(
      await downbeat(stage.terminal, ['doctor'], {
        environment: { DOWNBEAT_MONGOD: '/nowhere/mongod', DOWNBEAT_URL: stage.servers[0]?.url ?? '' },
      }),
    ).toBe(1);
    expect(stage.terminal.stdout()).toContain('✗ MongoDB  DOWNBEAT_MONGOD names /nowhere/mongod, which does not run\n');
  });
});
