// Writes outside the log that are guarded by position: a document replaces only one with a smaller `n`, so a zombie can harm
// nothing (design §3, "Checkpoints and retention").

import { MongoBulkWriteError, type AnyBulkWriteOperation, type Collection, type Document, type Filter } from 'mongodb';
import { reaching } from './deadline.ts';

/** A document with the position that it reflects. */
export interface Positioned extends Document {
  readonly _id: string;
  readonly n: number;
}

const CHUNK = 1_000;
const DUPLICATE_KEY = 11_000;

/** Puts documents in the place of older ones; answers once all of it is durable. */
export async function replaceOlder<T extends Positioned>(
  what: string,
  collection: Collection<T>,
  documents: readonly T[],
): Promise<void> {
  for (let from = 0; from < documents.length; from += CHUNK) {
    await replaceChunk(what, collection, documents.slice(from, from + CHUNK));
  }
}

async function replaceChunk<T extends Positioned>(
  what: string,
  collection: Collection<T>,
  documents: readonly T[],
): Promise<void> {
  const blocked = await reaching(what, async () => {
    try {
      await collection.bulkWrite(
        documents.map((document) => replacing(document, true)),
        { ordered: false },
      );
      return [];
    } catch (error) {
      return blockedBy(error, documents);
    }
  });
  if (blocked.length === 0) return;
  // A row was there: a newer one, or one that another writer made just now and that is older than ours.
  await reaching(what, () =>
    collection.bulkWrite(
      blocked.map((document) => replacing(document, false)),
      { ordered: false },
    ),
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
