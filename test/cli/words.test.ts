// What the command line understands, what it refuses, and how it ends without a server.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startFakeServer } from './fake-server.ts';
import { createStage } from './stage.ts';
import { downbeat } from './terminal.ts';

const stage = createStage();

describe('the words themselves', () => {
  it('without any show the help, grouped by what a person wants', async () => {
    expect(await downbeat(stage.terminal, [])).toBe(0);
    for (const heading of [
      'Begin:',
      'Say what should happen:',
      'Let it happen:',
      'See what happens, and why:',
      'Hold it, or let it go on:',
      'Look after it:',
    ]) {
      expect(stage.terminal.stdout()).toContain(`\n${heading}\n`);
    }
    expect(stage.terminal.stderr()).toBe('');
  });

  it.each([
    'serve',
    'doctor',
    'token',
    'validate',
    'apply',
    'run',
    'publish',
    'restart',
    'watch',
    'runs',
    'workflows',
    'export',
    'logs',
    'explain',
    'stop',
    'kill',
    'pause',
    'resume',
    'skip',
    'retry',
    'unblock',
  ])('%s has a help with an example and the options that all have', async (verb) => {
    expect(await downbeat(stage.terminal, [verb, '--help'])).toBe(0);
    expect(stage.terminal.stdout()).toContain(`Example:\n  $ downbeat ${verb}`);
    expect(stage.terminal.stdout()).toMatch(/--url[^]*--token[^]*--json/u);
  });

  it.each([
    [['rnu', 'penguins'], "unknown command 'rnu'\n(Did you mean run"],
    [['run'], "missing required argument 'workflow'"],
    [['run', 'penguins', '--wacth'], "unknown option '--wacth'\n(Did you mean --watch?)"],
    [['run', 'penguins', 'extra'], 'too many arguments'],
    [['runs', '--status', 'happy'], 'There are queued, running, paused, succeeded'],
    [['runs', '--limit', '0'], 'It must be a whole number from 1 to 100.'],
    [['run', 'penguins', '--for', 'tomorrow'], '--for tomorrow is no time.'],
    [['publish', 'a', '-p', 'x'], '-p x is no parameter.'],
    [['pause', 'penguins/12/train'], '"penguins/12/train" is neither a run'],
    [['skip', 'penguins', 'train'], '"penguins" is no run'],
    [['skip', 'penguins/12'], "missing required argument 'step'"],
    [['apply', 'nowhere.yaml'], 'There is no file nowhere.yaml.'],
    [['doctor', '--url', 'lab'], 'DOWNBEAT_URL (flag --url) is (hidden, since it is not an address)'],
  ])('%j are wrong use', async (argv, message) => {
    expect(await downbeat(stage.terminal, argv)).toBe(2);
    expect(stage.terminal.stderr()).toContain(message);
    expect(stage.terminal.stdout()).toBe('');
  });

  it('print the version', async () => {
    expect(await downbeat(stage.terminal, ['--version'])).toBe(0);
    expect(stage.terminal.stdout()).toBe('1.2.3\n');
  });
});

describe('serve', () => {
  it('is handed on with its flags as settings', async () => {
    const code = await downbeat(
      stage.terminal,
      [
        'serve',
        '--port',
        '0',
        '--mongo',
        'mongodb://db',
        '--redis',
        'redis://r',
        '--node-id',
        'n1',
        '--offline',
        '--data-dir',
        'd',
        '--introspection',
        'off',
      ],
      {
        serve: (config) => {
          expect(config.server).toMatchObject({
            port: 0,
            nodeId: 'n1',
            introspection: false,
            dataDir: join(stage.terminal.folder, 'd'),
          });
          expect(config.store.offline).toBe(true);
          expect([config.store.mongodbUri?.reveal(), config.store.redisUrl?.reveal()]).toEqual([
            'mongodb://db',
            'redis://r',
          ]);
          return Promise.resolve(7);
        },
      },
    );
    expect(code).toBe(7);
  });

  it('is not begun with wrong settings', async () => {
    expect(await downbeat(stage.terminal, ['serve', '--port', 'x'])).toBe(2);
    expect(stage.terminal.stderr()).toBe(
      'error: PORT (flag --port) is x, but must be a whole number from 0 to 65535.\n' +
        'help: Correct it where it is said, or take it away: every setting may be left out.\n',
    );
  });
});

describe('a server that is not there', () => {
  it.each(['runs', 'watch a/1', 'run a', 'publish a', 'explain a', 'stop a/1', 'pause a', 'logs a/1'])(
    'ends %s with 3 and says how to start one',
    async (words) => {
      const server = await startFakeServer({});
      await server.close();
      expect(await downbeat(stage.terminal, [...words.split(' '), '--url', server.url])).toBe(3);
      expect(stage.terminal.stderr()).toContain(
        `error: No Downbeat server answers at ${server.url} (nothing listens there).\nhelp: Start one`,
      );
    },
  );
});
