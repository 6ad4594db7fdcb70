// The embedded MongoDB with real processes: first and next starts, killed owners, crashes, clashes of folder and port.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { claimDataFolder } from '../../src/adapters/mongo/embedded/data-folder-lock.ts';
import { type EmbeddedMongod, startEmbeddedMongod } from '../../src/adapters/mongo/embedded/embedded-mongod.ts';
import {
  DataFolderInUseError,
  MongodUnavailableError,
} from '../../src/adapters/mongo/embedded/embedded-mongod-error.ts';
import { isAlive, startTimeOf } from '../../src/adapters/mongo/embedded/process-identity.ts';
import { type Logger } from '../../src/ports/logger.ts';

const cacheDir = join(homedir(), '.cache', 'downbeat', 'mongod');
let dataDir = '';
let facts: string[] = [];
let running: EmbeddedMongod[] = [];
let owners: ChildProcess[] = [];
let strangers: Server[] = [];

const log: Logger = {
  info: (fact, fields) => void facts.push(`${fact} ${JSON.stringify(fields ?? {})}`),
  warn: (fact, fields) => void facts.push(`${fact} ${JSON.stringify(fields ?? {})}`),
  error: (fact, error) => void facts.push(`${fact} ${String(error)}`),
};

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'downbeat-embedded-'));
  facts = [];
  running = [];
  owners = [];
  strangers = [];
});

afterEach(async () => {
  for (const owner of owners) owner.kill('SIGKILL');
  for (const stranger of strangers) stranger.close();
  for (const mongod of running) await mongod.stop();
  endMongodOfALostOwner();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

async function start(): Promise<EmbeddedMongod> {
  const mongod = await startEmbeddedMongod({ dataDir, log, offline: false, cacheDir });
  running.push(mongod);
  return mongod;
}

function ownerProcess(): ChildProcess {
  const program = join(import.meta.dirname, '..', 'support', 'embedded-owner.ts');
  const owner = spawn(process.execPath, ['--import', 'tsx', program, dataDir, cacheDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  owners.push(owner);
  return owner;
}

async function firstLine(owner: ChildProcess): Promise<string> {
  if (owner.stdout === null) throw new Error('The owner has no stdout.');
  const [line] = (await once(createInterface({ input: owner.stdout }), 'line')) as [string];
  return line;
}

async function kill(owner: ChildProcess): Promise<void> {
  const ended = once(owner, 'exit');
  owner.kill('SIGKILL');
  await ended;
}

async function occupy(port: number): Promise<void> {
  const stranger = createServer((socket) => socket.destroy());
  strangers.push(stranger);
  stranger.listen(port, '127.0.0.1');
  await once(stranger, 'listening');
}

async function write(uri: string, word: string): Promise<void> {
  await usingClient(uri, (client) =>
    client
      .db('test')
      .collection('words')
      .insertOne({ word }, { writeConcern: { w: 1, journal: true } }),
  );
}

async function read(uri: string): Promise<unknown[]> {
  return usingClient(uri, async (client) => {
    const rows = await client.db('test').collection('words').find().toArray();
    return rows.map((row): unknown => row['word']);
  });
}

async function usingClient<T>(uri: string, use: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(uri);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

function lockPath(): string {
  return join(dataDir, 'server.json');
}

function lockRecord(): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(lockPath(), 'utf8')) as Readonly<Record<string, unknown>>;
}

function endMongodOfALostOwner(): void {
  const { mongodPid, mongodStartTime } = existsSync(lockPath()) ? lockRecord() : {};
  if (typeof mongodPid !== 'number' || typeof mongodStartTime !== 'string') return;
  if (isAlive(mongodPid, mongodStartTime)) process.kill(mongodPid, 'SIGKILL');
}

describe('a data folder without a server', () => {
  test('gets a mongod that is primary of a replica set of one, with transactions, on loopback only', async () => {
    const mongod = await start();
    const client = new MongoClient(mongod.uri);
    try {
      const hello = await client.db('admin').command({ hello: 1 });
      expect(hello).toMatchObject({ isWritablePrimary: true, setName: 'downbeat' });
      const options = await client.db('admin').command({ getCmdLineOpts: 1 });
      expect(options['parsed']).toMatchObject({ net: { bindIp: '127.0.0.1' } });
      await client.withSession((session) =>
        session.withTransaction(async () => client.db('test').collection('kept').insertOne({ a: 1 }, { session })),
      );
      expect(await client.db('test').collection('kept').countDocuments()).toBe(1);
    } finally {
      await client.close();
    }
  });

  test('keeps what was written, and its port, over a stop and a start', async () => {
    const first = await start();
    await write(first.uri, 'before the stop');
    await first.stop();
    const second = await start();
    expect(second.uri).toBe(first.uri);
    expect(await read(second.uri)).toEqual(['before the stop']);
  });

  test('leaves no process behind after a stop', async () => {
    const mongod = await start();
    const { pid } = mongod;
    await mongod.stop();
    expect(startTimeOf(pid)).toBeUndefined();
  });
});

describe('a folder that is in use', () => {
  test('is refused with the address of the server that has it', async () => {
    const mongod = await start();
    mongod.announce('http://127.0.0.1:4000');
    const refusal: unknown = await start().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DataFolderInUseError);
    expect(refusal).toMatchObject({ address: 'http://127.0.0.1:4000', pid: process.pid });
  });

  test('has one winner when several processes start at once', async () => {
    await (await start()).stop();
    const starters = [ownerProcess(), ownerProcess(), ownerProcess()];
    const outcomes = await Promise.all(starters.map((starter) => firstLine(starter)));
    expect(outcomes.filter((line) => line.startsWith('up'))).toHaveLength(1);
    expect(outcomes.filter((line) => line === 'refused DATA_FOLDER_IN_USE')).toHaveLength(2);
  });
});

describe('a server that was killed', () => {
  test('leaves its mongod to the next one, which adopts it with everything in it', async () => {
    const owner = ownerProcess();
    const [, uri = '', pid = ''] = (await firstLine(owner)).split(' ');
    await write(uri, 'by the killed owner');
    await kill(owner);
    const next = await start();
    expect(String(next.pid)).toBe(pid);
    expect(await read(next.uri)).toEqual(['by the killed owner']);
    await next.stop();
    expect(startTimeOf(Number(pid))).toBeUndefined();
  });

  test('leaves its mongod adoptable even when the next one is killed before it has adopted it', async () => {
    const owner = ownerProcess();
    const [, , pid = ''] = (await firstLine(owner)).split(' ');
    await kill(owner);
    await claimDataFolder(dataDir);
    // What the claim wrote, as if the process that made it were gone.
    writeFileSync(lockPath(), JSON.stringify({ ...lockRecord(), startTime: 'of a process that is gone' }));
    expect(String((await start()).pid)).toBe(pid);
  });

  test('and its mongod too: the next one starts afresh on the same files', async () => {
    const owner = ownerProcess();
    const [, uri = '', pid = ''] = (await firstLine(owner)).split(' ');
    await write(uri, 'durable');
    await kill(owner);
    process.kill(Number(pid), 'SIGKILL');
    const next = await start();
    expect(String(next.pid)).not.toBe(pid);
    expect(await read(next.uri)).toEqual(['durable']);
  });

  test('whose process id now belongs to another program does not lock the folder', async () => {
    await (await start()).stop();
    const { port } = lockRecord();
    writeFileSync(lockPath(), JSON.stringify({ pid: process.ppid, startTime: 'another time', port }));
    const mongod = await start();
    expect(mongod.uri).toContain(String(port));
  });

  test('and left half a lock file does not lock the folder', async () => {
    writeFileSync(lockPath(), '{"pid":');
    expect((await start()).pid).toBeGreaterThan(0);
  });
});

describe('a mongod in trouble', () => {
  test('that is killed is started again on the same port, and clients go on', async () => {
    const mongod = await start();
    await write(mongod.uri, 'before the crash');
    const killed = mongod.pid;
    process.kill(killed, 'SIGKILL');
    await expect.poll(() => mongod.pid, { timeout: 20_000, interval: 20 }).not.toBe(killed);
    expect(await read(mongod.uri)).toEqual(['before the crash']);
  });

  test('whose port was taken meanwhile moves to another port and is primary there', async () => {
    const first = await start();
    await write(first.uri, 'on the old port');
    await first.stop();
    const { port } = lockRecord();
    await occupy(Number(port));
    const second = await start();
    expect(second.uri).not.toBe(first.uri);
    expect(await read(second.uri)).toEqual(['on the old port']);
  });

  test('whose files another mongod uses is explained with the process to end', async () => {
    const mongod = await start();
    const copy = mkdtempSync(join(tmpdir(), 'downbeat-embedded-twin-'));
    try {
      // Two data folders that lead to the same files, as after a mistaken copy or link.
      symlinkSync(join(dataDir, 'mongodb'), join(copy, 'mongodb'));
      await expect(startEmbeddedMongod({ dataDir: copy, log, offline: false, cacheDir })).rejects.toMatchObject({
        code: 'MONGOD_FOLDER_IN_USE',
        hint: expect.stringContaining(`kill ${String(mongod.pid)}`) as unknown,
      });
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });

  test('that lacks a shared library is explained with the package to install', async () => {
    const program = join(dataDir, 'mongod-without-library');
    writeFileSync(
      program,
      '#!/bin/sh\necho "mongod: error while loading shared libraries: libcurl.so.4: cannot open" >&2\nexit 127\n',
      {
        mode: 0o755,
      },
    );
    const options = { dataDir, log, offline: true, cacheDir, mongodPath: program };
    await expect(startEmbeddedMongod(options)).rejects.toThrow(/libcurl\.so\.4.*apt-get install libcurl4/);
  });
});

describe('without any mongod', () => {
  test('says what was tried and what to do, and gives the folder back', async () => {
    const empty = join(dataDir, 'empty-cache');
    const options = { dataDir, log, offline: true, cacheDir: empty };
    // This only says something where no mongod is installed; elsewhere the one on the PATH is rightly used.
    const outcome: unknown = await startEmbeddedMongod(options).then(
      async (mongod) => mongod.stop(),
      (error: unknown) => error,
    );
    if (outcome !== undefined) {
      expect(outcome).toBeInstanceOf(MongodUnavailableError);
      expect(outcome).toMatchObject({ exitCode: 78, message: expect.stringContaining('DOWNBEAT_OFFLINE') as unknown });
    }
    expect((await start()).pid).toBeGreaterThan(0);
  });

  test('an older version in the cache that does not run is passed over for one that does', async () => {
    const found = (await start()).pid;
    expect(isAlive(found, startTimeOf(found) ?? '')).toBe(true);
    const used = facts.find((fact) => fact.startsWith('mongod found')) ?? '';
    const path = /"path":"([^"]+)"/.exec(used)?.[1] ?? '';
    const cache = join(dataDir, 'cache');
    mkdirSync(join(cache, '99.0.0'), { recursive: true });
    mkdirSync(join(cache, '6.0.5'), { recursive: true });
    writeFileSync(join(cache, '99.0.0', 'mongod'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    if (path.startsWith('/')) cpSync(path, join(cache, '6.0.5', 'mongod'));
    const other = await startEmbeddedMongod({ dataDir: join(dataDir, 'other'), log, offline: true, cacheDir: cache });
    running.push(other);
    expect(other.pid).not.toBe(found);
  });
});
