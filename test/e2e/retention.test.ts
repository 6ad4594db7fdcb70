// A log in a real MongoDB is cut, and a server that starts again on it goes on as if nothing had happened.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMongoBlobs } from '../../src/adapters/mongo/blobs.ts';
import { connectMongo, type MongoConnection } from '../../src/adapters/mongo/connect.ts';
import { createMongoEntities } from '../../src/adapters/mongo/entities.ts';
import { createMongoHistory } from '../../src/adapters/mongo/history.ts';
import { createMongoInbox } from '../../src/adapters/mongo/inbox.ts';
import { createMongoLog } from '../../src/adapters/mongo/log.ts';
import { createMongoPartitions } from '../../src/adapters/mongo/partitions.ts';
import { createMongoProjections } from '../../src/adapters/mongo/projections.ts';
import { createMongoStepLogs } from '../../src/adapters/mongo/step-logs.ts';
import { type Outside } from '../../src/engine/outside.ts';
import { foldAway } from '../../src/engine/retention.ts';
import { createTestEngine } from '../support/engine.ts';
import { freshMongo } from '../support/mongod.ts';

const caller = { actor: 'ada' };
let mongo: MongoConnection;

beforeAll(async () => {
  const { uri, database } = await freshMongo();
  mongo = await connectMongo(uri, { database });
});
afterAll(async () => {
  await mongo.db.dropDatabase();
  await mongo.close();
});

function store(): Partial<Outside> {
  const { db } = mongo;
  return {
    log: createMongoLog(db),
    entities: createMongoEntities(db),
    partitions: createMongoPartitions(db),
    inbox: createMongoInbox(db),
    blobs: createMongoBlobs(db),
    stepLogs: createMongoStepLogs(db),
    projections: createMongoProjections(db),
    history: createMongoHistory(db),
  };
}

test('after the cut a server starts again, shows old runs and makes new ones', async () => {
  const first = await createTestEngine(store());
  await first.apply('id: talker\ntriggers: [{ signal: ready }]\nsteps: [{ id: talk, run: echo hello }]');
  const early = await first.engine.head();
  await first.engine.publishSignals([{ name: 'ready', params: [] }], caller);
  const before = await first.ended('talker/1');
  await first.engine.rebuild();
  const blocks = await mongo.db.collection('log').countDocuments();
  const { outside } = first;
  const old = { workflowId: 'talker', number: 1, attempt: 1 };
  const timeline = await first.engine.timeline(old, 10);
  const parts = { opened: { has: () => true }, now: Date.now, least: 1 };

  await foldAway(outside, { ...parts, retention: 60_000 });
  expect(await mongo.db.collection('log').countDocuments()).toBe(blocks);
  await foldAway(outside, { ...parts, retention: -60_000 });
  expect(await mongo.db.collection('log').countDocuments()).toBeLessThan(blocks);
  expect(await mongo.db.collection('step_logs').countDocuments()).toBe(0);
  await first.stop();

  const again = await createTestEngine(store());
  const { engine } = again;
  expect((await engine.run(old))?.state).toEqual(before.state);
  expect((await engine.runs({ limit: 5, order: 'NEWEST_FIRST' }, {})).rows).toHaveLength(1);
  expect(timeline[0]).toMatchObject({ event: { version: 1 } });
  expect(await engine.timeline(old, 10)).toEqual(timeline);
  const seen: string[] = [];
  for await (const { kind, run } of engine.watchRun(old, early)) seen.push(`${kind} ${run?.state.status ?? ''}`);
  expect([seen[0]?.split(' ')[0], seen.at(-1)]).toEqual(['COMMIT', 'COMMIT SUCCEEDED']);
  await expect(engine.watch({ kind: 'all' }, early)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: 'CURSOR_EXPIRED',
  });
  await engine.publishSignals([{ name: 'ready', params: [] }], caller);
  expect((await again.ended('talker/2')).state.status).toBe('SUCCEEDED');
  await again.stop();
  expect([...first.errors, ...again.errors]).toEqual([]);
});
