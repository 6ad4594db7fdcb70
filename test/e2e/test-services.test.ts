// The services that the tests themselves stand on: one real MongoDB and one real Redis for a run, a place in it for each.

import { once } from 'node:events';
import { createConnection } from 'node:net';
import { MongoClient } from 'mongodb';
import { expect, test } from 'vitest';

import { freshMongo } from '../support/mongod.ts';
import { freshRedis } from '../support/redis.ts';

test('two callers get the same MongoDB, and databases that do not see each other', async () => {
  const [ours, theirs] = await Promise.all([freshMongo(), freshMongo()]);
  expect(theirs.uri).toBe(ours.uri);
  const client = new MongoClient(ours.uri);
  try {
    await client.db(ours.database).collection('things').insertOne({ name: 'ours' });
    expect(await client.db(ours.database).collection('things').countDocuments()).toBe(1);
    expect(await client.db(theirs.database).collection('things').countDocuments()).toBe(0);
  } finally {
    await client.close();
  }
});

test('two callers get the same Redis, and prefixes of their own', async () => {
  const [ours, theirs] = await Promise.all([freshRedis(), freshRedis()]);
  expect(theirs.url).toBe(ours.url);
  expect(theirs.prefix).not.toBe(ours.prefix);
  const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(ours.url).port) });
  try {
    socket.write('PING\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toBe('+PONG\r\n');
  } finally {
    socket.destroy();
  }
});
