// The log in MongoDB: one document a block, `_id: { p, n }`, and that is its only unique index (reliability §5.4).
// Appends go out as they are given, and say no more than is known (append-outcomes.ts). Every read is a majority read.

import { MaxKey, MinKey, type Collection, type Db, type Filter } from 'mongodb';
import { type Block } from '../../core/partition/commit.ts';
import { blockCodec, type StoredCommit } from '../../core/partition/stored/stored-block.ts';
import { type AppendOutcome, type Log } from '../../ports/log.ts';
import { newerFormat } from '../../ports/newer-format-error.ts';
import { outcomesOf } from './append-outcomes.ts';
import { reaching, serverDeadline, withinDeadline } from './deadline.ts';
import { fromStored, toStored } from './stored-json.ts';

/** Where a block is; bounds of a search lie below and above all numbers. */
interface Place {
  readonly p: number;
  readonly n: number | MinKey | MaxKey;
}

/** A block as stored. */
interface BlockDocument {
  readonly _id: Place;
  readonly writer: string;
  readonly epoch: number;
  readonly format: number;
  /** The time of its last commit; a fence has none. */
  readonly at?: number;
  readonly commits: readonly StoredCommit[];
  readonly ents: readonly string[];
  readonly keys?: readonly string[];
  readonly to?: readonly number[];
}

/** Longer than the server's own limit for a write concern, so that its answer wins. */
const APPEND_DEADLINE = 8_000;

type IndexKeys = Readonly<Record<string, 1>>;

const byPlace: IndexKeys = { _id: 1 };
const byEntity: IndexKeys = { ents: 1, _id: 1 };
const byRecipient: IndexKeys = { to: 1, _id: 1 };
const byKey: IndexKeys = { keys: 1 };

const start = new MinKey();
const end = new MaxKey();

/** The log in a database that `connectMongo` has prepared. */
export function createMongoLog(db: Db): Log {
  const log = db.collection<BlockDocument>('log');
  // The planner likes to walk `_id` for all of these, so each read names its index.
  const find = (
    what: string,
    filter: Filter<BlockDocument>,
    limit: number,
    hint: IndexKeys,
  ): Promise<readonly Block[]> =>
    limit <= 0
      ? Promise.resolve([])
      : reaching(what, async () => {
          const found = log.find(filter, { hint, maxTimeMS: serverDeadline }).sort({ _id: 1 }).limit(limit);
          return (await found.toArray()).map(blockOf);
        });
  return {
    append: async (blocks) => {
      const documents = blocks.map(documentUnlessMalformed);
      const outcomes = await append(
        log,
        documents.filter((document) => document !== undefined),
      );
      const next = outcomes.values();
      return documents.map((document) => (document === undefined ? 'refused' : (next.next().value ?? 'unknown')));
    },
    at: async (p, n) =>
      (await find(`read block ${String(n)} of partition ${String(p)}`, { _id: { p, n } }, 1, byPlace))[0],
    head: (p) => reaching(`find the head of partition ${String(p)}`, async () => (await edge(log, p, -1))?._id.n ?? 0),
    first: (p) =>
      reaching(`find the first block of partition ${String(p)}`, async () => (await edge(log, p, 1))?._id.n ?? 0),
    before: (p, at) => reaching(`find old blocks of partition ${String(p)}`, () => lastBefore(log, p, at)),
    read: (p, after, limit) => find(`read partition ${String(p)}`, { _id: behind(p, after) }, limit, byPlace),
    ofEntity: (p, entity, after, limit) =>
      find(`read the history of ${entity}`, { ents: entity, _id: behind(p, after) }, limit, byEntity),
    messagesTo: (recipient, p, from, limit) =>
      find(
        `read messages to partition ${String(recipient)}`,
        { to: recipient, _id: { $gte: { p, n: from }, $lt: { p, n: end } } },
        limit,
        byRecipient,
      ),
    withKey: async (key) => (await find('look up an idempotency key', { keys: key }, 1, byKey))[0],
    cut: async (p, below) => {
      await reaching(`cut partition ${String(p)}`, () =>
        log.deleteMany({ _id: { $gt: { p, n: start }, $lt: { p, n: below } } }),
      );
    },
  };
}

/** A block's place as it is found: without bounds. */
interface Found {
  readonly _id: { readonly n: number };
}

/** The place of the first block of a partition (1) or of the last (-1), from the index alone. */
async function edge(log: Collection<BlockDocument>, p: number, direction: 1 | -1): Promise<Found | undefined> {
  const options = { projection: { _id: 1 }, maxTimeMS: serverDeadline } as const;
  const inPartition = { _id: { $gt: { p, n: start }, $lt: { p, n: end } } };
  const [found] = await log.find<Found>(inPartition, options).sort({ _id: direction }).limit(1).toArray();
  return found;
}

/** Halves the search: a partition's time never goes back, so that old commits all lie before young ones. */
async function lastBefore(log: Collection<BlockDocument>, p: number, at: number): Promise<number> {
  const first = (await edge(log, p, 1))?._id.n ?? 1;
  /** Commits up to here are old. */
  let old = first - 1;
  /** The first commit that is known to be young. */
  let young = ((await edge(log, p, -1))?._id.n ?? 0) + 1;
  /** No commit from here to `young` is old. */
  let bound = young;
  while (old + 1 < bound) {
    const middle = Math.floor((old + bound) / 2);
    const found = await firstWithTime(log, { p, n: middle }, { p, n: bound });
    if (found !== undefined && found.at < at) {
      old = found._id.n;
    } else {
      young = found?._id.n ?? young;
      bound = middle;
    }
  }
  return young > first ? young - 1 : 0;
}

async function firstWithTime(
  log: Collection<BlockDocument>,
  from: Place,
  to: Place,
): Promise<(Found & { readonly at: number }) | undefined> {
  const filter = { _id: { $gte: from, $lt: to }, at: { $exists: true } };
  const options = { projection: { at: 1 }, hint: byPlace, maxTimeMS: serverDeadline } as const;
  const [found] = await log.find<Found & { readonly at: number }>(filter, options).sort({ _id: 1 }).limit(1).toArray();
  return found;
}

function behind(p: number, after: number): { readonly $gt: Place; readonly $lt: Place } {
  return { $gt: { p, n: after }, $lt: { p, n: end } };
}

async function append(
  log: Collection<BlockDocument>,
  documents: readonly BlockDocument[],
): Promise<readonly AppendOutcome[]> {
  if (documents.length === 0) return [];
  const unknown = (): readonly AppendOutcome[] => documents.map(() => 'unknown');
  const outcomes = await withinDeadline(flight(log, documents), APPEND_DEADLINE, unknown);
  if (outcomes !== undefined) return outcomes;
  const each = await Promise.all(documents.map((document) => append(log, [document])));
  return each.flat();
}

async function flight(
  log: Collection<BlockDocument>,
  documents: readonly BlockDocument[],
): Promise<readonly AppendOutcome[] | undefined> {
  try {
    const { acknowledged, insertedCount } = await log.insertMany([...documents], { ordered: false });
    const isDurable = acknowledged && insertedCount === documents.length;
    return documents.map(() => (isDurable ? 'durable' : 'unknown'));
  } catch (error) {
    return outcomesOf(error, documents.length);
  }
}

/** Undefined for what is no plain JSON, or nested beyond all measure: it can never be written. */
function documentUnlessMalformed(block: Block): BlockDocument | undefined {
  try {
    return documentOf(block);
  } catch {
    return undefined;
  }
}

function documentOf(block: Block): BlockDocument {
  const keys = block.commits.flatMap(({ command }) => (command?.key === undefined ? [] : [command.key]));
  const to = new Set(block.commits.flatMap(({ out }) => out.map((message) => message.to)));
  const at = block.commits.at(-1)?.at;
  return {
    _id: { p: block.partition, n: block.n },
    writer: block.writer,
    epoch: block.epoch,
    format: block.format,
    ...(at === undefined ? {} : { at }),
    commits: toStored(blockCodec.encode(block).commits) as readonly StoredCommit[],
    ents: [...new Set(block.commits.flatMap(({ events }) => events.map(({ entity }) => entity)))],
    ...(keys.length === 0 ? {} : { keys }),
    ...(to.size === 0 ? {} : { to: [...to] }),
  };
}

function blockOf(document: BlockDocument): Block {
  const { _id, writer, epoch, format, commits } = document;
  const stored = {
    partition: _id.p,
    n: _id.n as number,
    writer,
    epoch,
    format,
    commits: fromStored(commits) as readonly StoredCommit[],
  };
  return blockCodec.decode(stored, newerFormat);
}
