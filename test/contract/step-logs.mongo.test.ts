// Step logs in MongoDB.

import { describe, expect, test } from 'vitest';

import { createMongoStepLogs } from '../../src/adapters/mongo/step-logs.ts';
import { profiled, useMongoDatabase } from './mongo-database.ts';
import { stepLogsContract } from './step-logs.ts';

const database = useMongoDatabase();
stepLogsContract('MongoDB', () => createMongoStepLogs(database().db));

describe('step logs in MongoDB', () => {
  test('find what is old by an index', async () => {
    const logs = createMongoStepLogs(database().db);
    for (const at of [1, 2, 3, 4])
      await logs.append(`attempt:${String(at)}`, [{ number: 1, at, stream: 'out', text: 'x' }]);

    const [search] = await profiled(database().db, () => logs.removeBefore(2));

    expect(search).toMatchObject({ planSummary: 'IXSCAN { at: 1 }', keysExamined: 1, nreturned: 1 });
    expect(await database().db.collection('step_logs').countDocuments()).toBe(3);
  });
});
