// Every index, in one place. `log._id`, `entities._id`, `inbox._id` and `blobs._id` carry the promises; these make reads quick.

import { type CreateIndexesOptions, type Db, type IndexSpecification } from 'mongodb';

const DAY_SECONDS = 86_400;

type Index = readonly [IndexSpecification, CreateIndexesOptions?];

const newest = { 'row.at': -1, _id: -1 } as const;

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
  ],
  signals: [[newest], [{ 'row.name': 1, ...newest }]],
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
