// The connection to MongoDB keeps to the settings that the promises rest on, whatever the address asks for.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { connectMongo } from '../../src/adapters/mongo/connect.ts';
import { findMongod } from '../../src/adapters/mongo/embedded/mongod-binary.ts';
import { freePort, untilListening } from '../../src/adapters/mongo/embedded/mongod-process.ts';
import { freshMongo } from '../support/mongod.ts';
import { silentLogger } from './silent-logger.ts';

test('writes to a majority with the journal and reads from one, even if the address says otherwise', async () => {
  const { uri, database } = await freshMongo();
  const weaker = new URL(uri);
  for (const [name, value] of [
    ['w', '1'],
    ['journal', 'false'],
    ['readConcernLevel', 'local'],
    ['readPreference', 'nearest'],
  ] as const) {
    weaker.searchParams.set(name, value);
  }
  const connection = await connectMongo(weaker.href, { database });

  expect(connection.db.writeConcern).toMatchObject({ w: 'majority', j: true, wtimeout: 5_000 });
  expect(connection.db.readConcern?.level).toBe('majority');
  expect(connection.db.readPreference.mode).toBe('primary');
  expect(connection.version).toMatch(/^\d+\.\d+\.\d+/);
  await connection.close();
});

test('takes the database of the address, unless one is given', async () => {
  const { uri, database } = await freshMongo();
  const named = new URL(uri);
  named.pathname = `/${database}`;
  const connection = await connectMongo(named.href);

  expect(connection.db.databaseName).toBe(database);
  await connection.db.dropDatabase();
  await connection.close();
});

test('says that access is denied, and never the password', async () => {
  const { uri } = await freshMongo();
  const stranger = new URL(uri);
  [stranger.username, stranger.password] = ['ada', 'secret'];

  const failure: unknown = await connectMongo(stranger.href).catch((error: unknown) => error);

  expect(failure).toMatchObject({ code: 'MONGODB_ACCESS_DENIED' });
  expect(String(failure)).not.toContain('secret');
});

test('makes its indexes once, from many servers at a time', async () => {
  const { uri, database } = await freshMongo();
  const connections = await Promise.all([1, 2, 3].map(() => connectMongo(uri, { database })));
  const [db] = connections.map((each) => each.db);

  expect(await db?.collection('log').indexes()).toHaveLength(4);
  await db?.dropDatabase();
  await Promise.all(connections.map((each) => each.close()));
});

/** Connects to a mongod that is started for it alone, with these arguments, and answers what came of it. */
async function connectTo(...options: readonly string[]): Promise<unknown> {
  const dbpath = mkdtempSync(join(tmpdir(), 'downbeat-test-mongod-'));
  const mongodPath = process.env['DOWNBEAT_MONGOD'];
  const { path } = await findMongod({
    cacheDir: join(homedir(), '.cache', 'downbeat', 'mongod'),
    offline: process.env['DOWNBEAT_OFFLINE'] === '1',
    log: silentLogger().log,
    ...(mongodPath === undefined || mongodPath === '' ? {} : { mongodPath }),
  });
  const port = await freePort();
  const place = [
    '--dbpath',
    dbpath,
    '--port',
    String(port),
    '--bind_ip',
    '127.0.0.1',
    '--wiredTigerCacheSizeGB',
    '0.25',
  ];
  const mongod = spawn(path, [...place, ...options], { stdio: 'ignore' });
  try {
    await untilListening(port, AbortSignal.timeout(20_000));
    return await connectMongo(`mongodb://127.0.0.1:${String(port)}/?directConnection=true`).catch(
      (error: unknown) => error,
    );
  } finally {
    const ended = once(mongod, 'exit');
    mongod.kill('SIGKILL');
    await ended;
    rmSync(dbpath, { recursive: true, force: true });
  }
}

test('refuses a standalone server, and says how to make a replica set of it', async () => {
  expect(await connectTo()).toMatchObject({
    code: 'NOT_A_REPLICA_SET',
    message: expect.stringContaining('standalone') as unknown,
  });
});

test('refuses a replica set that was never initiated, and says so', async () => {
  expect(await connectTo('--replSet', 'rs0')).toMatchObject({
    code: 'NOT_A_REPLICA_SET',
    hint: expect.stringContaining('rs.initiate()') as unknown,
  });
});

test.each(['', 'http://x', 'mongodb://', 'mongodb://a:b@c@d/?w=1'])(
  'says what is wrong with the address "%s"',
  async (uri) => {
    await expect(connectMongo(uri)).rejects.toMatchObject({ code: 'BAD_MONGODB_URI' });
  },
);
