// Every index, in one place. `log._id`, `entities._id`, `inbox._id` and `blobs._id` carry the promises; these make reads quick.

import { type CreateIndexesOptions, type Db, type IndexSpecification } from 'mongodb';

const DAY_SECONDS = 86_400;

type Index = readonly [IndexSpecification, CreateIndexesOptions?];

const newest = { 'row.at': -1, _id: -1 } as const;

/** For fields that many rows do not have. */
function partly(field: string): CreateIndexesOptions {
  return { partialFilterExpression: { [field]: { $exists: true } } };
}

const indexes: Readonly<Record<string, readonly Index[]>> = {
  log: [
    [{ ents: 1, _id: 1 }],
    [{ keys: 1 }, { sparse: true }],
    [{ to: 1, _id: 1 }, { partialFilterExpression: { to: { $exists: true } } }],
  ],
  entities: [[{ p: 1, d: 1, _id: 1 }, { partialFilterExpression: { d: { $exists: true } } }], [{ p: 1 }]],
  nodes: [[{ until: 1 }, { expireAfterSeconds: DAY_SECONDS }]],
  step_logs: [[{ at: 1 }]],
  inbox: [[{ p: 1, at: 1, _id: 1 }]],
  workflows: [[newest], [{ 'row.owner': 1, ...newest }], [{ name: 1 }]],
  runs: [
    [{ ...newest, 'row.newest': 1 }],
    [{ 'row.workflowId': 1, ...newest, 'row.newest': 1 }],
    [{ 'row.status': 1, ...newest, 'row.newest': 1 }],
    [{ 'row.cause.kind': 1, ...newest, 'row.newest': 1 }],
    [{ 'row.startedAt': -1, _id: -1, 'row.newest': 1 }],
    [{ 'row.endedAt': -1, _id: -1, 'row.newest': 1 }, partly('row.endedAt')],
    [{ 'row.took': -1, _id: -1, 'row.newest': 1 }],
    [{ 'row.scheduledFor': -1, _id: -1, 'row.newest': 1 }, partly('row.scheduledFor')],
    [{ 'row.awaits': 1, ...newest }, partly('row.awaits')],
    [{ 'row.labels.value': 1, 'row.at': -1, _id: -1 }, partly('row.labels.value')],
    [{ name: 1 }],
  ],
  signals: [[newest], [{ 'row.name': 1, ...newest }], [{ 'row.signal.publishedBy': 1, ...newest }]],
  audits: [[newest], [{ 'row.about': 1, ...newest }], [{ 'row.actor': 1, ...newest }]],
  templates: [[newest]],
  buckets: [[{ 'row.trigger': 1, 'row.isOpen': 1, 'row.generation': 1, ...newest }]],
  backfills: [[newest], [{ 'row.workflowId': 1, ...newest }]],
  triggers: [[newest], [{ 'row.workflowId': 1, ...newest }], [{ 'row.listens': 1, ...newest }]],
};

/** Makes the indexes that are not there yet; many servers may do so at once. */
export async function createIndexes(db: Db): Promise<void> {
  for (const [collection, wanted] of Object.entries(indexes)) {
    await db
      .collection(collection)
      .createIndexes(wanted.map(([key, options]) => ({ key: key as Record<string, 1 | -1>, ...options })));
  }
}

/** Fills in what rows of an earlier version lack and what can be told from the rest of them. Done already, it finds nothing. */
export async function completeRows(db: Db): Promise<void> {
  await db
    .collection('runs')
    .updateMany({ 'row.took': null, 'row.endedAt': { $gt: 0 }, 'row.startedAt': { $gt: 0 } }, [
      { $set: { 'row.took': { $subtract: ['$row.endedAt', '$row.startedAt'] } } },
    ]);
}
