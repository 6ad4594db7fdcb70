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
});
