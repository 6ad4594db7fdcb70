// The log in MongoDB does what a log does, by its indexes, and never says more than it knows.

import { describe, expect, test } from 'vitest';

import { createMongoLog } from '../../src/adapters/mongo/log.ts';
import { signalEntity } from '../../src/core/ids.ts';
import { aBlock, aCommit, logContract } from './log.ts';
import { profiled, useMongoDatabase } from './mongo-database.ts';

const database = useMongoDatabase();
logContract('MongoDB', () => createMongoLog(database().db));

describe('the log in MongoDB', () => {
  test('refuses a block that is too large, and keeps the others of its flight', async () => {
    const log = createMongoLog(database().db);
    const huge = aCommit([], {
      command: { id: 'x'.repeat(17_000_000), actor: 'a', outcome: { type: 'Done', entity: signalEntity('01') } },
    });

    expect(await log.append([aBlock(1, 1), aBlock(2, 1, { commits: [huge] }), aBlock(3, 1)])).toEqual([
      'durable',
      'refused',
      'durable',
    ]);
    expect(await log.at(3, 1)).toBeDefined();
  });

  test('refuses a block that is no JSON, and keeps the others of its flight', async () => {
    const log = createMongoLog(database().db);
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const bad = aBlock(2, 1, { commits: [circular as never] });
    const worse = aBlock(4, 1, {
      commits: [aCommit([], { out: [{ to: 1, sequence: 1, message: { $x: 1n } as never }] })],
    });

    expect(await log.append([aBlock(1, 1), bad, aBlock(3, 1), worse])).toEqual([
      'durable',
      'refused',
      'durable',
      'refused',
    ]);
  });

  test('stores the version of every event, and reads events without one as the first', async () => {
    const log = createMongoLog(database().db);
    const stored = database().db.collection('log');
    const version = 'commits.0.events.0.v';
    const block = aBlock(1, 1, { commits: [aCommit([signalEntity('01')])] });
    await log.append([block]);

    expect(await stored.countDocuments({ [version]: 1 })).toBe(1);
    await stored.updateOne({}, { $unset: { [version]: '' } });
    expect(await log.at(1, 1)).toEqual(block);
  });

  test('refuses events and blocks that are newer than it knows, however they are read', async () => {
    const log = createMongoLog(database().db);
    const stored = database().db.collection('log');
    const commit = aCommit([signalEntity('01')], {
      command: { id: 'k', actor: 'a', key: 'k', outcome: { type: 'Done', entity: signalEntity('01') } },
      out: [{ to: 2, sequence: 1, message: { type: 'Unsubscribe', name: 'x' } }],
    });
    await log.append([aBlock(1, 1, { commits: [commit] })]);
    await stored.updateOne({}, { $set: { 'commits.0.events.0.v': 9 } });

    const newer = { code: 'NEWER_FORMAT', message: expect.stringContaining('SignalNumbered in block 1') as string };
    await expect(log.at(1, 1)).rejects.toMatchObject(newer);
    await expect(log.read(1, 0, 10)).rejects.toMatchObject(newer);
    await expect(log.ofEntity(1, signalEntity('01'), 0, 10)).rejects.toMatchObject(newer);
    await expect(log.messagesTo(2, 1, 0, 10)).rejects.toMatchObject(newer);
    await expect(log.withKey('k')).rejects.toMatchObject(newer);

    await stored.updateOne({}, { $set: { format: 9, commits: [] } });
    await expect(log.at(1, 1)).rejects.toThrow('Block 1 of partition 1 is in format 9');
  });

  test('has nothing unique but the place', async () => {
    const indexes = await database().db.collection('log').indexes();

    expect(indexes.filter(({ unique }) => unique === true)).toEqual([]);
  });

  test('reads by an index, and no block in vain', async () => {
    const log = createMongoLog(database().db);
    const commit = aCommit([signalEntity('01')], {
      command: { id: 'k', actor: 'a', key: 'k', outcome: { type: 'Done', entity: signalEntity('01') } },
      out: [{ to: 2, sequence: 1, message: { type: 'Unsubscribe', name: 'x' } }],
    });
    const others = [0, 2, 3].flatMap((p) => Array.from({ length: 50 }, (_, n) => aBlock(p, n + 1)));
    await log.append([...others, ...[1, 2, 3, 5].map((n) => aBlock(1, n)), aBlock(1, 4, { commits: [commit] })]);

    const operations = await profiled(database().db, async () => {
      await log.at(1, 4);
      await log.head(1);
      await log.read(1, 3, 1);
      await log.ofEntity(1, signalEntity('01'), 0, 10);
      await log.messagesTo(2, 1, 0, 10);
      await log.withKey('k');
      await log.first(1);
      await log.before(5, 0);
    });

    const plans = operations.map(({ planSummary, docsExamined, nreturned }) => ({
      planSummary,
      docsExamined,
      nreturned,
    }));
    expect(plans).toEqual([
      { planSummary: 'IXSCAN { _id: 1 }', docsExamined: 1, nreturned: 1 },
      { planSummary: 'IXSCAN { _id: 1 }', docsExamined: 0, nreturned: 1 },
      { planSummary: 'IXSCAN { _id: 1 }', docsExamined: 1, nreturned: 1 },
      { planSummary: 'IXSCAN { ents: 1, _id: 1 }', docsExamined: 1, nreturned: 1 },
      { planSummary: 'IXSCAN { to: 1, _id: 1 }', docsExamined: 1, nreturned: 1 },
      { planSummary: 'IXSCAN { keys: 1 }', docsExamined: 1, nreturned: 1 },
      { planSummary: 'IXSCAN { _id: 1 }', docsExamined: 0, nreturned: 1 },
      { planSummary: 'IXSCAN { _id: 1 }', docsExamined: 0, nreturned: 0 },
      { planSummary: 'IXSCAN { _id: 1 }', docsExamined: 0, nreturned: 0 },
    ]);
  });
});
