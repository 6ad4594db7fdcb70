// The past of runs in MongoDB: one document for each block that touched a run, `_id: { r: run, n }`, inserted once and never
// changed. It holds a part of what was one document of the log, so it is never larger than that was.

import { MaxKey, MongoBulkWriteError, type Collection, type Db } from 'mongodb';
import { type EntityId } from '../../core/ids.ts';
import { blockCodec, type StoredCommit } from '../../core/partition/stored/stored-block.ts';
import { type Excerpt, type History } from '../../ports/history.ts';
import { newerFormat } from '../../ports/newer-format-error.ts';
import { reaching, serverDeadline } from './deadline.ts';
import { fromStored, toStored } from './stored-json.ts';

interface ExcerptDocument {
  readonly _id: { readonly r: EntityId; readonly n: number | MaxKey };
  readonly p: number;
  readonly writer: string;
  readonly epoch: number;
  readonly format: number;
  readonly commits: readonly StoredCommit[];
  readonly places: readonly number[];
}

const CHUNK = 500;
const DUPLICATE_KEY = 11_000;

const end = new MaxKey();

/** The history in a database that `connectMongo` has prepared. */
export function createMongoHistory(db: Db): History {
  const history = db.collection<ExcerptDocument>('history');
  return {
    append: async (excerpts) => {
      for (let from = 0; from < excerpts.length; from += CHUNK) {
        const documents = excerpts.slice(from, from + CHUNK).map(documentOf);
        await reaching('keep the history of runs', () => insertNew(history, documents));
      }
    },
    read: async (run, after, limit) => {
      if (limit <= 0) return [];
      const found = await reaching(`read the kept history of ${run}`, () =>
        history
          .find(
            { _id: { $gt: { r: run, n: after }, $lt: { r: run, n: end } } },
            { hint: { _id: 1 }, maxTimeMS: serverDeadline },
          )
          .sort({ _id: 1 })
          .limit(limit)
          .toArray(),
      );
      return found.map(excerptOf);
    },
  };
}

async function insertNew(history: Collection<ExcerptDocument>, documents: readonly ExcerptDocument[]): Promise<void> {
  try {
    await history.insertMany([...documents], { ordered: false });
  } catch (error) {
    if (!areOnlyRepeats(error)) throw error;
  }
}

/** Whether all that failed was there already, and is as durable as what was written now. */
function areOnlyRepeats(error: unknown): boolean {
  if (!(error instanceof MongoBulkWriteError)) return false;
  const failed = error.result.getWriteErrors();
  const isDurable = error.result.getWriteConcernError() === undefined;
  return isDurable && failed.length > 0 && failed.every(({ code }) => code === DUPLICATE_KEY);
}

function documentOf({ run, block, places }: Excerpt): ExcerptDocument {
  const { partition, n, writer, epoch, format, commits } = blockCodec.encode(block);
  const stored = toStored(commits) as readonly StoredCommit[];
  return { _id: { r: run, n }, p: partition, writer, epoch, format, commits: stored, places };
}

function excerptOf({ _id, p, writer, epoch, format, commits, places }: ExcerptDocument): Excerpt {
  const stored = {
    partition: p,
    n: _id.n as number,
    writer,
    epoch,
    format,
    commits: fromStored(commits) as readonly StoredCommit[],
  };
  return { run: _id.r, block: blockCodec.decode(stored, newerFormat), places };
}
