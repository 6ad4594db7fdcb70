// What steps print, in MongoDB: documents of many consecutive lines, `_id: { a: attempt, n: first number }`.

import { MaxKey, MinKey, MongoBulkWriteError, type Collection, type Db } from 'mongodb';
import { type NumberedLine, type StepLogs } from '../../ports/step-logs.ts';
import { reaching, reachingEach } from './deadline.ts';

interface LinesDocument {
  readonly _id: { readonly a: string; readonly n: number | MinKey | MaxKey };
  /** The number of the last line. */
  readonly last: number;
  /** The time of the newest line. */
  readonly at: number;
  readonly lines: readonly { readonly at: number; readonly s: NumberedLine['stream']; readonly t: string }[];
}

const MOST_LINES = 500;
const MOST_CHARACTERS = 1_000_000;
/** Documents that one call removes: it ends well within the time limits. */
const MOST_REMOVED = 1_000;
const DUPLICATE_KEY = 11_000;

const start = new MinKey();
const end = new MaxKey();

/** The lines in a database that `connectMongo` has prepared. */
export function createMongoStepLogs(db: Db): StepLogs {
  const logs = db.collection<LinesDocument>('step_logs');
  const read = async (a: string, after: number, limit: number): Promise<readonly NumberedLine[]> => {
    const kept = new Map<number, NumberedLine>();
    const documents = logs.find({ _id: { $gt: { a, n: after - MOST_LINES }, $lt: { a, n: end } } }).sort({ _id: 1 });
    for await (const document of reachingEach('read a step log', documents)) {
      if (kept.size >= limit) break;
      keep(kept, document, after);
    }
    return [...kept.values()].slice(0, limit);
  };
  return {
    append: (attemptId, lines) => reaching('append to a step log', () => append(logs, attemptId, lines)),
    read,
    tail: async (a, limit) => {
      if (limit <= 0) return [];
      const [newest] = await reaching('read the end of a step log', () =>
        logs
          .find({ _id: { $gt: { a, n: start }, $lt: { a, n: end } } })
          .project<{ last: number }>({ last: 1 })
          .sort({ _id: -1 })
          .limit(1)
          .toArray(),
      );
      return newest === undefined ? [] : read(a, newest.last - limit, limit);
    },
    removeBefore: async (at) => {
      for (;;) {
        const removed = await reaching('remove old step logs', () => removeSome(logs, at));
        if (removed < MOST_REMOVED) return;
      }
    },
  };
}

/** Removes the oldest documents that have nothing as new as `at`; answers how many. */
async function removeSome(logs: Collection<LinesDocument>, at: number): Promise<number> {
  const old = await logs
    .find({ at: { $lt: at } })
    .project<Pick<LinesDocument, '_id'>>({ _id: 1 })
    .sort({ at: 1 })
    .limit(MOST_REMOVED)
    .toArray();
  if (old.length > 0) await logs.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } });
  return old.length;
}

async function append(logs: Collection<LinesDocument>, a: string, lines: readonly NumberedLine[]): Promise<void> {
  const [first, last] = [lines[0]?.number, lines.at(-1)?.number];
  if (first === undefined || last === undefined) return;
  const overlapping = await logs
    .find({ _id: { $gt: { a, n: first - MOST_LINES }, $lte: { a, n: last } }, last: { $gte: first } })
    .project<Pick<LinesDocument, '_id' | 'last'>>({ last: 1 })
    .toArray();
  const isThere = ({ number }: NumberedLine): boolean =>
    overlapping.some((document) => (document._id.n as number) <= number && number <= document.last);
  const documents = runsOf(lines.filter((line) => !isThere(line))).map((run) => documentOf(a, run));
  if (documents.length === 0) return;
  try {
    await logs.insertMany(documents, { ordered: false });
  } catch (error) {
    // The same lines came a second time and were quicker.
    const failed = error instanceof MongoBulkWriteError ? error.result.getWriteErrors() : [];
    if (failed.length === 0 || failed.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
  }
}

/** Runs of consecutive lines, each small enough for a document. */
function runsOf(lines: readonly NumberedLine[]): readonly (readonly NumberedLine[])[] {
  const runs: NumberedLine[][] = [];
  let characters = 0;
  for (const line of lines) {
    const run = runs.at(-1);
    characters += line.text.length;
    const fits = run !== undefined && run.length < MOST_LINES && characters <= MOST_CHARACTERS;
    if (fits && run.at(-1)?.number === line.number - 1) {
      run.push(line);
    } else {
      runs.push([line]);
      characters = line.text.length;
    }
  }
  return runs;
}

function documentOf(a: string, run: readonly NumberedLine[]): LinesDocument {
  const n = run[0]?.number ?? 0;
  return {
    _id: { a, n },
    last: n + run.length - 1,
    at: Math.max(...run.map(({ at }) => at)),
    lines: run.map(({ at, stream, text }) => ({ at, s: stream, t: text })),
  };
}

/** Takes a document's lines over; of a number that came twice, the first stays. */
function keep(kept: Map<number, NumberedLine>, { _id, lines }: LinesDocument, after: number): void {
  for (const [index, { at, s, t }] of lines.entries()) {
    const number = (_id.n as number) + index;
    if (number > after && !kept.has(number)) kept.set(number, { number, at, stream: s, text: t });
  }
}
