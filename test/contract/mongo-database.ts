// One database for a file of contract tests, emptied before each test: quicker than a new one, whose indexes take a while.

import { afterAll, beforeAll, beforeEach } from 'vitest';

import { type Db } from 'mongodb';

import { connectMongo, type MongoConnection } from '../../src/adapters/mongo/connect.ts';
import { freshMongo } from '../support/mongod.ts';

/** One operation as MongoDB's profiler saw it. */
export interface Profiled {
  readonly op: string;
  readonly ns: string;
  readonly planSummary?: string;
  readonly keysExamined?: number;
  readonly docsExamined?: number;
  readonly nreturned?: number;
}

/** What MongoDB did to answer, operation by operation. */
export async function profiled(db: Db, work: () => Promise<unknown>): Promise<readonly Profiled[]> {
  await db.command({ profile: 0 });
  await db.dropCollection('system.profile');
  await db.command({ profile: 2 });
  await work();
  await db.command({ profile: 0 });
  const profile = db.collection<Profiled>('system.profile');
  return profile
    .find({ ns: { $not: /system[.]profile|[$]cmd/ }, op: { $in: ['query', 'command', 'getmore'] } })
    .sort({ ts: 1 })
    .toArray();
}

/** Connects for the file that calls it; the answer gives the connection within its tests. */
export function useMongoDatabase(): () => MongoConnection {
  let connection: MongoConnection | undefined;
  beforeAll(async () => {
    const { uri, database } = await freshMongo();
    connection = await connectMongo(uri, { database });
  });
  beforeEach(async () => {
    for (const collection of (await connection?.db.collections()) ?? []) {
      if (!collection.collectionName.startsWith('system.')) await collection.deleteMany({});
    }
  });
  afterAll(async () => {
    await connection?.db.dropDatabase();
    await connection?.close();
  });
  return () => {
    if (connection === undefined) throw new Error('The database is there only within tests.');
    return connection;
  };
}
