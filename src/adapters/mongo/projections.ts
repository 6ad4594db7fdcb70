// Rows for lists, in MongoDB: one collection a list, the row's fields below `row`, pages by key (at, id) rather than by count.

import { type Collection as MongoCollection, type Db, type Document, type Filter } from 'mongodb';
import { kindOf, nameOf, type EntityId } from '../../core/ids.ts';
import { type RunRow, type SummaryRow } from '../../core/partition/summary.ts';
import {
  type Bounds,
  type Collection,
  type Projections,
  type RowCondition,
  type RowQuery,
  type StoredRow,
} from '../../ports/projections.ts';
import { reaching } from './deadline.ts';
import { replaceOlder } from './newer-only.ts';
import { fromStored, toStored } from './stored-json.ts';

interface RowDocument extends Document {
  readonly _id: EntityId;
  readonly p: number;
  readonly n: number;
  /** The id's name in lower case, for prefixes. */
  readonly name: string;
  readonly row: SummaryRow;
}

interface ProjectedDocument {
  readonly _id: number;
  readonly n: number;
}

const remade: readonly Collection[] = ['workflows', 'runs', 'signals', 'triggers', 'backfills', 'buckets', 'templates'];
const lists: readonly Collection[] = [...remade, 'audits'];

/** The lists in a database that `connectMongo` has prepared. */
export function createMongoProjections(db: Db): Projections {
  const list = (name: Collection): MongoCollection<RowDocument> => db.collection<RowDocument>(name);
  const projected = db.collection<ProjectedDocument>('projected');
  return {
    save: async (rows, progress, born) => {
      await Promise.all(
        lists.map((name) =>
          replaceOlder(
            `save rows of ${name}`,
            list(name),
            rows.filter(({ row }) => row.collection === name).map(documentOf),
            born,
          ),
        ),
      );
      if (progress.length === 0) return;
      const steps = progress.map(({ partition, n }) => ({
        updateOne: { filter: { _id: partition }, update: { $max: { n } }, upsert: true },
      }));
      await reaching('save how far the lists are', () => projected.bulkWrite(steps, { ordered: false }));
    },
    get: async (id) => {
      const name = lists.find((each) => `${kindOf(id)}s` === each);
      const found =
        name === undefined ? null : await reaching(`read the row of ${id}`, () => list(name).findOne({ _id: id }));
      return found === null ? undefined : storedOf<SummaryRow>(found);
    },
    page: async <C extends Collection>(collection: C, query: RowQuery) => {
      const documents = await reaching(`list ${collection}`, () => pageOf(list(collection), query));
      const rows = documents
        .slice(0, query.limit)
        .map((document) => storedOf<Extract<SummaryRow, { collection: C }>>(document));
      return { rows, more: documents.length > query.limit };
    },
    count: (collection, condition, limit) =>
      reaching(`count ${collection}`, () => list(collection).countDocuments(filterOf(condition), { limit })),
    latestRuns: () =>
      reaching('read the last run of each workflow', async () => {
        // Sorted as its index is, so that the server jumps from workflow to workflow.
        const found = await list('runs')
          .aggregate<{ readonly last: RowDocument }>([
            { $sort: { 'row.workflowId': 1, 'row.at': -1, _id: -1 } },
            { $group: { _id: '$row.workflowId', last: { $first: '$$ROOT' } } },
          ])
          .toArray();
        return found.map(({ last }) => storedOf<RunRow>(last));
      }),
    projected: () =>
      reaching('read how far the lists are', async () => {
        const rows = await projected.find().sort({ _id: 1 }).toArray();
        return rows.map(({ _id, n }) => ({ partition: _id, n }));
      }),
    clear: async () => {
      // Progress first: rows that are gone while progress says otherwise would be missed for ever.
      await reaching('clear how far the lists are', () => projected.deleteMany({}));
      for (const name of remade) await reaching(`clear ${name}`, () => list(name).deleteMany({}));
    },
  };
}

function pageOf(collection: MongoCollection<RowDocument>, query: RowQuery): Promise<RowDocument[]> {
  const direction = query.order === 'OLDEST_FIRST' ? 1 : -1;
  const { by = 'at' } = query;
  return collection
    .find({ $and: [filterOf(query), ...placesOf(query)] } as Filter<RowDocument>)
    .sort({ ...(by === 'id' ? {} : { [`row.${by}`]: direction }), _id: direction })
    .limit(query.limit + 1)
    .toArray();
}

function filterOf({ where, prefix, within, holding, text }: RowCondition): Filter<RowDocument> {
  const parts: Filter<Document>[] = [
    ...Object.entries(where).map(([paths, wanted]) => equals(paths, wanted)),
    ...Object.entries(within ?? {}).map(([path, bounds]) => ({ [`row.${path}`]: boundsOf(bounds) })),
    ...Object.entries(holding ?? {}).flatMap(([path, wanted]) =>
      wanted.map(({ name, value }) => ({ [`row.${path}`]: { $elemMatch: { name, value: { $eq: value } } } })),
    ),
  ];
  if (prefix !== undefined) parts.push({ name: { $regex: `^${literal(prefix.toLowerCase())}` } });
  if (text !== undefined) {
    const pattern = { $regex: literal(text.contains), $options: 'i' };
    parts.push({ $or: text.fields.map((path) => ({ [`row.${path}`]: pattern })) });
  }
  return (parts.length === 0 ? {} : { $and: parts }) as Filter<RowDocument>;
}

function equals(paths: string, wanted: RowCondition['where'][string]): Filter<Document> {
  const value = Array.isArray(wanted) ? { $in: wanted } : { $eq: wanted };
  const [only = '', ...others] = paths.split('|');
  if (others.length === 0) return { [`row.${only}`]: value };
  return { $or: [only, ...others].map((path) => ({ [`row.${path}`]: value })) };
}

/** A number within bounds: also without bounds it must be a number. */
function boundsOf({ from, to }: Bounds): Document {
  return { $gte: from ?? -Infinity, ...(to === undefined ? {} : { $lt: to }) };
}

/** Where in the order the rows must be: with a place in it at all, and behind the one that was seen. */
function placesOf({ by = 'at', order, after }: RowQuery): readonly Filter<Document>[] {
  const [beyond, upTo] = order === 'OLDEST_FIRST' ? (['$gt', '$gte'] as const) : (['$lt', '$lte'] as const);
  if (by === 'id') return after === undefined ? [] : [{ _id: { [beyond]: after.id } }];
  const key = `row.${by}`;
  const isThere = by === 'at' ? [] : [{ [key]: boundsOf({}) }];
  if (after === undefined) return isThere;
  const { at, id } = after;
  // The bound on the key alone lets the index start there; the rest settles rows of the same instant.
  return [...isThere, { [key]: { [upTo]: at } }, { $or: [{ [key]: { [beyond]: at } }, { _id: { [beyond]: id } }] }];
}

/** A text as the pattern that matches it alone. */
function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function documentOf({ id, partition, n, row }: StoredRow): RowDocument {
  return { _id: id, p: partition, n, name: nameOf(id).toLowerCase(), row: toStored(row) as SummaryRow };
}

function storedOf<Row extends SummaryRow>({ _id, p, n, row }: RowDocument): StoredRow<Row> {
  return { id: _id, partition: p, n, row: fromStored(row) as Row };
}
