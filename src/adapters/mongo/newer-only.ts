// Writes outside the log that are guarded by position: a document replaces only one with a smaller `n`, so a zombie can harm
// nothing (design §3, "Checkpoints and retention").

import {
  MongoBulkWriteError,
  type AnyBulkWriteOperation,
  type Collection,
  type Document,
  type Filter,
  type OptionalUnlessRequiredId,
} from 'mongodb';
import { reaching } from './deadline.ts';

/** A document with the position that it reflects. */
export interface Positioned extends Document {
  readonly _id: string;
  readonly n: number;
}

const CHUNK = 1_000;
const DUPLICATE_KEY = 11_000;

/**
 * Puts documents in the place of older ones; answers once all of it is durable. Those in `born` are expected to have no older
 * one: a plain insert costs the server a fraction of a search with an index for each.
 */
export async function replaceOlder<T extends Positioned>(
  what: string,
  collection: Collection<T>,
  documents: readonly T[],
  born: ReadonlySet<string> = new Set(),
): Promise<void> {
  const insert = (chunk: readonly T[]): Promise<unknown> =>
    collection.insertMany(chunk as readonly OptionalUnlessRequiredId<T>[], { ordered: false });
  const upsert = (chunk: readonly T[]): Promise<unknown> => replace(collection, chunk, true);
  await Promise.all([
    saveChunks(
      documents.filter(({ _id }) => born.has(_id)),
      { what, collection, write: insert },
    ),
    saveChunks(
      documents.filter(({ _id }) => !born.has(_id)),
      { what, collection, write: upsert },
    ),
  ]);
}

/** How documents are written when nothing newer is expected to be there. */
interface Way<T extends Positioned> {
  readonly what: string;
  readonly collection: Collection<T>;
  readonly write: (documents: readonly T[]) => Promise<unknown>;
}

async function saveChunks<T extends Positioned>(documents: readonly T[], way: Way<T>): Promise<void> {
  for (let from = 0; from < documents.length; from += CHUNK) await saveChunk(documents.slice(from, from + CHUNK), way);
}

async function saveChunk<T extends Positioned>(
  documents: readonly T[],
  { what, collection, write }: Way<T>,
): Promise<void> {
  const blocked = await reaching(what, async () => {
    try {
      await write(documents);
      return [];
    } catch (error) {
      return blockedBy(error, documents);
    }
  });
  if (blocked.length === 0) return;
  // A row was there: a newer one, or one that is older than ours and was not expected.
  await reaching(what, () => replace(collection, blocked, false));
}

function replace<T extends Positioned>(
  collection: Collection<T>,
  documents: readonly T[],
  upsert: boolean,
): Promise<unknown> {
  return collection.bulkWrite(
    documents.map((document) => replacing(document, upsert)),
    { ordered: false },
  );
}

function replacing<T extends Positioned>(document: T, upsert: boolean): AnyBulkWriteOperation<T> {
  const filter = { _id: document._id, n: { $lt: document.n } } as unknown as Filter<T>;
  return { replaceOne: { filter, replacement: document, upsert } };
}

function blockedBy<T>(error: unknown, documents: readonly T[]): readonly T[] {
  if (!(error instanceof MongoBulkWriteError)) throw error;
  const failed = error.result.getWriteErrors();
  const onlyDuplicates = failed.length > 0 && failed.every(({ code }) => code === DUPLICATE_KEY);
  if (!onlyDuplicates || error.result.getWriteConcernError() !== undefined) throw error;
  return failed.flatMap(({ index }) => documents.slice(index, index + 1));
}
