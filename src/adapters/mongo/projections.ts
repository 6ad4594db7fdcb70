// Rows for lists, in MongoDB: one collection a list, the row's fields below `row`, pages by key (at, id) rather than by count.

import { type Collection as MongoCollection, type Db, type Document, type Filter } from 'mongodb';
import { kindOf, nameOf, type EntityId } from '../../core/ids.ts';
import { type SummaryRow } from '../../core/partition/summary.ts';
import { type Collection, type Projections, type RowQuery, type StoredRow } from '../../ports/projections.ts';
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

const lists: readonly Collection[] = ['workflows', 'runs', 'signals', 'triggers'];

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
    count: (collection, query, limit) =>
      reaching(`count ${collection}`, () => list(collection).countDocuments(filterOf(query), { limit })),
    projected: () =>
      reaching('read how far the lists are', async () => {
        const rows = await projected.find().sort({ _id: 1 }).toArray();
        return rows.map(({ _id, n }) => ({ partition: _id, n }));
      }),
    clear: async () => {
      // Progress first: rows that are gone while progress says otherwise would be missed for ever.
      await reaching('clear how far the lists are', () => projected.deleteMany({}));
      for (const name of lists) await reaching(`clear ${name}`, () => list(name).deleteMany({}));
    },
  };
}

function pageOf(collection: MongoCollection<RowDocument>, query: RowQuery): Promise<RowDocument[]> {
  const direction = query.order === 'OLDEST_FIRST' ? 1 : -1;
  return collection
    .find(filterOf(query))
    .sort({ 'row.at': direction, _id: direction })
    .limit(query.limit + 1)
    .toArray();
}

function filterOf(
  query: Pick<RowQuery, 'where' | 'prefix' | 'after'> & { readonly order?: RowQuery['order'] },
): Filter<RowDocument> {
  const filter: Record<string, unknown> = {};
  for (const [path, wanted] of Object.entries(query.where))
    filter[`row.${path}`] = Array.isArray(wanted) ? { $in: wanted } : { $eq: wanted };
  if (query.prefix !== undefined) filter['name'] = { $regex: `^${literal(query.prefix.toLowerCase())}` };
  if (query.after !== undefined) {
    const { at, id } = query.after;
    const [beyond, upTo] = query.order === 'OLDEST_FIRST' ? (['$gt', '$gte'] as const) : (['$lt', '$lte'] as const);
    // The bound on `at` alone lets the index start there; the rest settles rows of the same instant.
    filter['row.at'] = { [upTo]: at };
    filter['$or'] = [{ 'row.at': { [beyond]: at } }, { _id: { [beyond]: id } }];
  }
  return filter;
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
