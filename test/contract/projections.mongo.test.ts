// Lists in MongoDB, and that a page costs what it shows, however long the list is.

import { describe, expect, test } from 'vitest';

import { completeRows } from '../../src/adapters/mongo/indexes.ts';
import { createMongoProjections } from '../../src/adapters/mongo/projections.ts';
import { type RunStatus } from '../../src/core/run/state.ts';
import { type RowQuery } from '../../src/ports/projections.ts';
import { profiled, useMongoDatabase } from './mongo-database.ts';
import { aRun, projectionsContract } from './projections.ts';

const database = useMongoDatabase();
projectionsContract('MongoDB', () => createMongoProjections(database().db));

describe('lists in MongoDB', () => {
  test('get what rows of an earlier version lack, once, and only where the rest of the row tells it', async () => {
    const { db } = database();
    const lists = createMongoProjections(db);
    await lists.save([aRun('a', 1, { startedAt: 5, endedAt: 9 }), aRun('a', 2, { startedAt: 5 }), aRun('a', 3)], []);

    await completeRows(db);
    await completeRows(db);

    const { rows } = await lists.page('runs', { where: {}, order: 'OLDEST_FIRST', limit: 10 });
    expect(rows.map(({ row }) => row.took)).toEqual([4, undefined, undefined]);
  });

  test.each<readonly [string, RowQuery['where']]>([
    ['of all', { newest: true }],
    ['of one workflow', { newest: true, workflowId: 'w3' }],
    ['in two states', { newest: true, status: ['FAILED', 'STOPPED'] }],
    ['of one cause', { newest: true, 'cause.kind': ['CRON'] }],
  ])('show a page of runs %s at the cost of a page', async (_what, where) => {
    const { db } = database();
    const lists = createMongoProjections(db);
    const statuses: readonly RunStatus[] = ['SUCCEEDED', 'FAILED', 'STOPPED', 'RUNNING'];
    const rows = Array.from({ length: 400 }, (_, index) =>
      aRun(`w${String(index % 5)}`, index, {
        status: statuses[index % 4] ?? 'QUEUED',
        cause: index % 3 === 0 ? { kind: 'CRON', trigger: 't' } : { kind: 'MANUAL', actor: 'ada' },
      }),
    );
    await lists.save(rows, []);

    const query = { where, order: 'NEWEST_FIRST', limit: 10, after: { at: 300, id: 'run:w0/300.1' } } as const;
    const [operation] = await profiled(db, () => lists.page('runs', query));

    expect(operation?.planSummary).toContain('IXSCAN');
    expect(operation?.nreturned).toBe(11);
    expect(operation?.docsExamined).toBeLessThanOrEqual(33);
  });
});
