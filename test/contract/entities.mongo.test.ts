// Entity states in MongoDB are kept as a store keeps them, and the directory costs no look at a state.

import { describe, expect, test } from 'vitest';

import { createMongoEntities } from '../../src/adapters/mongo/entities.ts';
import { workflowEntity } from '../../src/core/ids.ts';
import { anEntity, entitiesContract } from './entities.ts';
import { profiled, useMongoDatabase } from './mongo-database.ts';

const database = useMongoDatabase();
entitiesContract('MongoDB', () => createMongoEntities(database().db));

describe('entities in MongoDB', () => {
  test('reads the directory from its index alone', async () => {
    const entities = createMongoEntities(database().db);
    const ids = Array.from({ length: 20 }, (_, index) => workflowEntity(`w${String(index)}`));
    const directory = { calendar: false, hosts: ['a', 'b'] };
    await entities.save(
      ids.map((id, index) => anEntity(id, 1, { partition: index % 2, ...(index < 10 ? { directory } : {}) })),
    );

    const operations = await profiled(database().db, () => entities.directory(1));

    expect(operations).toMatchObject([
      { planSummary: 'IXSCAN { p: 1, d: 1, _id: 1 }', keysExamined: 5, docsExamined: 0, nreturned: 5 },
    ]);
  });

  test('keeps the format of every state, and reads a state without one as the first', async () => {
    const entities = createMongoEntities(database().db);
    const stored = database().db.collection('entities');
    const one = anEntity(workflowEntity('one'), 1);
    await entities.save([one]);

    expect(await stored.countDocuments({ format: 1 })).toBe(1);
    await stored.updateOne({}, { $unset: { format: '' } });
    expect(await entities.load([one.id])).toEqual([one]);
  });

  test('refuses a state that is newer than it knows, however it is read', async () => {
    const entities = createMongoEntities(database().db);
    const one = anEntity(workflowEntity('one'), 1);
    await entities.save([one]);
    await database()
      .db.collection('entities')
      .updateOne({}, { $set: { format: 2 } });

    const message =
      'The saved state of workflow:one is in format 2, and this version of Downbeat knows formats up to 1.';
    await expect(entities.load([one.id])).rejects.toMatchObject({ code: 'NEWER_FORMAT', message });
    await expect(entities.all(1)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ message });
  });
});
