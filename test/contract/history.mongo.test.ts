// History in MongoDB.

import { describe, expect, test } from 'vitest';

import { createMongoHistory } from '../../src/adapters/mongo/history.ts';
import { NewerFormatError } from '../../src/ports/newer-format-error.ts';
import { aRun, anExcerpt, historyContract } from './history.ts';
import { profiled, useMongoDatabase } from './mongo-database.ts';

const database = useMongoDatabase();
historyContract('MongoDB', () => createMongoHistory(database().db));

describe('history in MongoDB', () => {
  test('is read by an index, and nothing in vain', async () => {
    const history = createMongoHistory(database().db);
    await history.append([1, 2, 3].flatMap((number) => [1, 2, 3, 4].map((n) => anExcerpt(aRun(number), n))));

    const [search] = await profiled(database().db, () => history.read(aRun(2), 1, 2));

    expect(search).toMatchObject({ planSummary: 'IXSCAN { _id: 1 }', docsExamined: 2, nreturned: 2 });
  });

  test('has each event with the version of its shape, and is not read by a program that is older than it', async () => {
    const { db } = database();
    const history = createMongoHistory(db);
    await history.append([anExcerpt(aRun(1), 1)]);
    const stored = db.collection('history');
    expect(await stored.findOne()).toMatchObject({ p: 3, format: 1, commits: [{ events: [{ v: 1 }] }, {}] });

    await stored.updateMany({}, { $set: { 'commits.1.events.0.v': 2 } });

    await expect(history.read(aRun(1), 0, 1)).rejects.toThrow(NewerFormatError);
  });
});
