// Where settings come from, what is refused, and that secrets stay unseen.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Config } from '../../src/config/config.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { type SettingFlags } from '../../src/config/settings.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'downbeat-config-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Environment = Readonly<Record<string, string>>;

function read(environment: Environment = {}, flags: SettingFlags = {}): Config {
  const result = readConfig(flags, { environment, folder });
  if (!result.ok) throw new Error(result.failure.join('\n'));
  return result.value;
}

function problems(environment: Environment = {}, flags: SettingFlags = {}): readonly string[] {
  const result = readConfig(flags, { environment, folder });
  return result.ok ? [] : result.failure;
}

function configFile(text: string): void {
  writeFileSync(join(folder, 'downbeat.config.yaml'), text);
}

function sourceOf(config: Config, name: string): string | undefined {
  return config.settings.find((row) => row.name === name)?.source;
}

describe('the settings of a fresh machine', () => {
  it('need nothing to be set', () => {
    const { server, store, client } = read();
    expect(server).toEqual({
      port: 4000,
      host: '127.0.0.1',
      dataDir: join(folder, '.downbeat'),
      allowedHosts: [],
      httpHosts: ['public'],
      introspection: true,
      retention: 30 * 86_400_000,
      hooks: [],
    });
    expect(store).toEqual({ offline: false });
    expect(client).toEqual({ url: 'http://127.0.0.1:4000' });
  });

  it('may name a cluster of Kubernetes by a path from this folder, or the cluster that the server runs in', () => {
    expect(read({ DOWNBEAT_KUBERNETES: 'kubeconfig' }).server.kubernetes).toBe(join(folder, 'kubeconfig'));
    expect(read({ DOWNBEAT_KUBERNETES: 'in-cluster' }).server.kubernetes).toBe('in-cluster');
    expect(read({ DOWNBEAT_KUBERNETES_IMAGES: 'a/, b:' }).server.kubernetesImages).toEqual(['a/', 'b:']);
    expect(problems({ DOWNBEAT_KUBERNETES_NAMESPACE: 'My Jobs' }).join()).toContain('the name of a namespace');
  });

  it('are all listed, each as a default', () => {
    const { settings } = read();
    expect(settings).toHaveLength(20);
    expect(new Set(settings.map((row) => row.source))).toEqual(new Set(['default']));
  });
});

describe('hooks', () => {
  const wanted = [{ id: 'github', scheme: 'github', secrets: ['GITHUB'], tolerance: 300, signal: 'pushed' }];

  it('come from the file as a map or from a variable as text, and show their ids alone', () => {
    configFile('hooks:\n  github: { scheme: github, secret: GITHUB, signal: pushed }\n');
    const config = read();
    expect(config.server.hooks).toEqual(wanted);
    expect(config.settings.find(({ name }) => name === 'DOWNBEAT_HOOKS')?.shown).toBe('github');
    configFile('');
    const text = 'github: { scheme: github, secret: GITHUB, signal: pushed }';
    expect(read({ DOWNBEAT_HOOKS: text }).server.hooks).toEqual(wanted);
  });

  it('are refused without printing what may be a secret', () => {
    const [problem = '', ...more] = problems({ DOWNBEAT_HOOKS: 'github: { scheme: github, secret: "s3cr3t value" }' });
    expect(more).toEqual([]);
    expect(problem).toContain('hooks.github.secret must name a secret');
    expect(problem).not.toContain('s3cr3t');
  });
});

describe('the order of sources', () => {
  it('is flag over environment over file over default', () => {
    configFile('port: 1111\nhost: fromfile\nnodeId: fromfile\n');
    const config = read({ PORT: '2222', DOWNBEAT_HOST: 'fromenv' }, { port: '3333' });
    expect(config.server).toMatchObject({ port: 3333, host: 'fromenv', nodeId: 'fromfile' });
    expect(sourceOf(config, 'PORT')).toBe('flag --port');
    expect(sourceOf(config, 'DOWNBEAT_HOST')).toBe('environment');
    expect(sourceOf(config, 'DOWNBEAT_NODE_ID')).toBe('downbeat.config.yaml');
    expect(sourceOf(config, 'DOWNBEAT_OFFLINE')).toBe('default');
  });

  it('takes an empty text as absent', () => {
    configFile('port: 1111\nhost: ""\n');
    expect(read({ PORT: '', REDIS_URL: '', NO_COLOR: '' }, { port: '' })).toMatchObject({
      server: { port: 1111, host: '127.0.0.1' },
      store: { offline: false },
      surroundings: { noColour: false },
    });
  });

  it('reads a value from the file that NAME_FILE names', () => {
    writeFileSync(join(folder, 'uri'), 'mongodb://db/downbeat\n');
    const config = read({ MONGODB_URI_FILE: 'uri' });
    expect(config.store.mongodbUri?.reveal()).toBe('mongodb://db/downbeat');
    expect(sourceOf(config, 'MONGODB_URI')).toBe('file of MONGODB_URI_FILE');
  });

  it('takes an empty config file as no settings', () => {
    configFile('# nothing yet\n');
    expect(read().server.port).toBe(4000);
  });
});

describe('the address of the server', () => {
  it.each([
    [{ PORT: '4100' }, 'http://127.0.0.1:4100'],
    [{ DOWNBEAT_HOST: '0.0.0.0' }, 'http://127.0.0.1:4000'],
    [{ DOWNBEAT_HOST: '::1' }, 'http://[::1]:4000'],
    [{ DOWNBEAT_URL: 'https://lab.example.org/' }, 'https://lab.example.org'],
    [{ DOWNBEAT_URL: 'https://lab.example.org/graphql' }, 'https://lab.example.org'],
  ])('with %j is %s', (environment, url) => {
    expect(read(environment).client.url).toBe(url);
  });
});

describe('values', () => {
  it.each([
    ['on', true],
    ['Yes', true],
    ['1', true],
    ['off', false],
    ['FALSE', false],
    ['0', false],
  ])('read %s as a switch', (text, value) => {
    expect(read({ DOWNBEAT_OFFLINE: text, DOWNBEAT_INTROSPECTION: text })).toMatchObject({
      store: { offline: value },
      server: { introspection: value },
    });
  });

  it.each([
    ['7d', 7 * 86_400_000, '7d'],
    ['36h 12d', 13.5 * 86_400_000, '13.5d'],
    ['365d', 365 * 86_400_000, '365d'],
  ])('read %s as how long the log is kept', (text, length, shown) => {
    const { server, settings } = read({ DOWNBEAT_RETENTION: text });
    expect(server.retention).toBe(length);
    expect(settings.find((row) => row.name === 'DOWNBEAT_RETENTION')).toMatchObject({ shown, source: 'environment' });
  });

  it('read a list of hosts from a text and from the file', () => {
    expect(read({ DOWNBEAT_ALLOWED_HOSTS: 'Lab.example.org, other' }).server.allowedHosts).toEqual([
      'lab.example.org',
      'other',
    ]);
    configFile('allowedHosts: [a, b]\noffline: true\n');
    expect(read()).toMatchObject({ server: { allowedHosts: ['a', 'b'] }, store: { offline: true } });
  });

  it.each([
    ['public, LOCALHOST:8080,*.corp.example', ['public', 'localhost:8080', '*.corp.example']],
    ['10.0.0.0/8,[::1]:80,fd00::/8', ['10.0.0.0/8', '[::1]:80', 'fd00::/8']],
    ['none', ['none']],
  ])('read where requests may go: %s', (text, words) => {
    expect(read({ DOWNBEAT_HTTP_HOSTS: text }).server.httpHosts).toEqual(words);
  });

  it.each([
    ['http://example.org', '"http://example.org" is no range of addresses'],
    ['300.0.0.0/8', '"300.0.0.0/8" is no range of addresses'],
    ['10.0.0.0/33', '"10.0.0.0/33" is no range of addresses'],
    ['exa mple', '"exa mple" is no host'],
    ['*', '"*" is no host'],
    ['none,public', '`none` stands alone'],
    [',', 'an empty list says nothing'],
  ])('refuse %s as where requests may go', (text, why) => {
    expect(problems({ DOWNBEAT_HTTP_HOSTS: text }).join('\n')).toContain(why);
  });

  it('cannot be changed afterwards', () => {
    const config = read();
    expect(Object.isFrozen(config) && Object.isFrozen(config.server) && Object.isFrozen(config.settings[0])).toBe(true);
  });
});

describe('what is refused', () => {
  it.each<[Environment, string]>([
    [
      { DOWNBEAT_RETENTION: '6d 23h' },
      'DOWNBEAT_RETENTION (environment) is 6d 23h, but must be at least 7d, since idempotency keys hold for seven days.',
    ],
    [{ DOWNBEAT_RETENTION: '30' }, 'DOWNBEAT_RETENTION (environment) is 30, but must be a length of time such as 30d.'],
    [{ PORT: 'abc' }, 'PORT (environment) is abc, but must be a whole number from 0 to 65535.'],
    [{ PORT: '70000' }, 'PORT (environment) is 70000, but must be a whole number from 0 to 65535.'],
    [
      { DOWNBEAT_OFFLINE: 'maybe' },
      'DOWNBEAT_OFFLINE (environment) is maybe, but must be on or off (also true, false, yes, no, 1, 0).',
    ],
    [
      { DOWNBEAT_HOST: 'a b' },
      'DOWNBEAT_HOST (environment) is a b, but must be a host name or address such as 127.0.0.1, without a port.',
    ],
    [
      { REDIS_URL: 'http://u:secret@r' },
      'REDIS_URL (environment) is http://•••@r, but must be an address that begins with redis:// or rediss://.',
    ],
    [
      { DOWNBEAT_URL: 'http://me:secret@lab' },
      'DOWNBEAT_URL (environment) is http://•••@lab, but must be an address such as http://127.0.0.1:4000, without a user or a password in it.',
    ],
    [
      { MONGODB_URI: 'secret' },
      'MONGODB_URI (environment) is (hidden, since it is not an address), but must be an address that begins with mongodb:// or mongodb+srv://.',
    ],
    [
      { DOWNBEAT_TOKEN: 'a', DOWNBEAT_TOKEN_FILE: 'b' },
      'DOWNBEAT_TOKEN and DOWNBEAT_TOKEN_FILE are both set in the environment, and only one may be: unset one of them.',
    ],
  ])('%j is said in one sentence', (environment, message) => {
    expect(problems(environment)).toEqual([message]);
  });

  it('is said with the flag that it came from', () => {
    expect(problems({}, { port: '-1' })).toEqual([
      'PORT (flag --port) is -1, but must be a whole number from 0 to 65535.',
    ]);
  });

  it('is said all at once', () => {
    expect(problems({ PORT: 'x', REDIS_URL: 'y', DOWNBEAT_NODE_ID: 'a/b' })).toHaveLength(3);
  });

  it('includes unknown keys of the file, with what was meant', () => {
    configFile('prot: 1\nMONGODB_URI: mongodb://a\nxyzzy: 1\n');
    const [port, mongo, other] = problems();
    expect(port).toBe('downbeat.config.yaml has "prot", which is no setting: did you mean "port"?');
    expect(mongo).toBe('downbeat.config.yaml has "MONGODB_URI", which is no setting: did you mean "mongodbUri"?');
    expect(other).toMatch(/"xyzzy", which is no setting: there are port, host, /u);
  });

  it('includes a file that is no YAML map', () => {
    configFile('- port\n');
    expect(problems()).toEqual([
      'downbeat.config.yaml holds no settings: write one "name: value" a line, such as "port: 4000".',
    ]);
    configFile('port: [\n');
    expect(problems()[0]).toMatch(/^downbeat\.config\.yaml is not YAML: .*\.$/u);
  });

  it('includes a value of the wrong kind in the file', () => {
    configFile('port: {a: 1}\nhost: 5\n');
    expect(problems()).toEqual([
      'PORT (downbeat.config.yaml) is {"a":1}, but must be a whole number from 0 to 65535.',
      'DOWNBEAT_HOST (downbeat.config.yaml) is 5, but must be a host name or address.',
    ]);
  });

  it('includes a NAME_FILE that is not there', () => {
    expect(problems({ DOWNBEAT_TOKEN_FILE: 'nowhere' })[0]).toMatch(
      /^DOWNBEAT_TOKEN_FILE in the environment names nowhere, which cannot be read: .*no such file/u,
    );
  });
});

describe('the surroundings', () => {
  it('hand on what steps may see, and nothing else', () => {
    const { surroundings } = read({ PATH: '/bin', HOME: '/home/ada', TZ: 'UTC', AWS_SECRET: 'x', TERM: 'dumb' });
    expect(surroundings).toEqual({
      environment: { PATH: '/bin', HOME: '/home/ada', TZ: 'UTC' },
      packaging: {},
      secrets: {},
      cacheDir: '/home/ada/.cache/downbeat',
      noColour: false,
      dumbTerminal: true,
    });
  });

  it('ask for plain text by NO_COLOR', () => {
    expect(read({ NO_COLOR: '1' }).surroundings.noColour).toBe(true);
    expect(read().surroundings.noColour).toBe(false);
  });
});

describe('secrets', () => {
  it('print nowhere', () => {
    const config = read({
      MONGODB_URI: 'mongodb://ada:pa/ss@w0rd@a:1,b:2/downbeat?authToken=w0rd',
      REDIS_URL: 'redis://:w0rd@r:6379',
      DOWNBEAT_TOKEN: 'w0rd',
    });
    expect(config.client.token?.reveal()).toBe('w0rd');
    expect(JSON.stringify(config) + inspect(config, { depth: 9 }) + String(config.client.token)).not.toContain('w0rd');
    expect(config.settings.find((row) => row.name === 'MONGODB_URI')?.shown).toBe('mongodb://•••@a:1,b:2/downbeat');
  });

  it('of steps are variables by the rest of their name, and print nowhere either', () => {
    const config = read({
      DOWNBEAT_SECRET_GITHUB_TOKEN: 'w0rd',
      DOWNBEAT_SECRET_EMPTY: '',
      DOWNBEAT_SECRET_1: 'w0rd',
      DOWNBEAT_SECRET_: 'w0rd',
    });
    expect(Object.keys(config.surroundings.secrets)).toEqual(['GITHUB_TOKEN']);
    expect(config.surroundings.secrets['GITHUB_TOKEN']?.reveal()).toBe('w0rd');
    expect(JSON.stringify(config) + inspect(config, { depth: 9 })).not.toContain('w0rd');
  });

  it('of steps may be in a file or folder, which is named from where Downbeat starts', () => {
    const config = read({ DOWNBEAT_SECRETS_FILE: 'mine/secrets' });
    expect(config.server.secretsFile).toBe(join(folder, 'mine/secrets'));
    expect(sourceOf(config, 'DOWNBEAT_SECRETS_FILE')).toBe('environment');
  });
});
