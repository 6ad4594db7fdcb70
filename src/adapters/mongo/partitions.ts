// Ownership and liveness in MongoDB, by the server's clock alone (`$$NOW`): no node's clock is ever compared with it.

import { MongoServerError, type Collection, type Db, type Document } from 'mongodb';
import { type PartitionCheckpoint } from '../../core/partition/commit.ts';
import { NewerFormatError } from '../../ports/newer-format-error.ts';
import {
  type Beat,
  type Breadcrumb,
  keptDeaths,
  type LastOut,
  type NodeRow,
  type PartitionRow,
  type Partitions,
} from '../../ports/partitions.ts';
import { type Instant, type Milliseconds } from '../../core/time.ts';
import { reaching } from './deadline.ts';

interface MetaDocument {
  readonly _id: 'store';
  readonly partitions: number;
  readonly format: number;
}

interface PartitionDocument {
  readonly _id: number;
  readonly epoch: number;
  readonly owner?: string;
  readonly checkpoint?: PartitionCheckpoint & { readonly epoch: number };
  readonly deaths?: readonly Date[];
  readonly breadcrumb?: Breadcrumb;
}

interface NodeDocument {
  readonly _id: string;
  readonly nodeId: string;
  readonly address: string;
  readonly lastOut: readonly LastOut[];
  readonly at: Date;
  readonly until: Date;
}

const DUPLICATE_KEY = 11_000;

/** Ownership in a database that `connectMongo` has prepared. */
export function createMongoPartitions(db: Db): Partitions {
  const meta = db.collection<MetaDocument>('meta');
  const partitions = db.collection<PartitionDocument>('partitions');
  const nodes = db.collection<NodeDocument>('nodes');
  return {
    open: (wanted) => reaching('open the store', () => open(meta, partitions, wanted)),
    beat: (beat, lease) => reaching('beat', () => writeBeat(nodes, beat, lease)),
    leave: async (incarnation) => {
      await reaching('leave', () => nodes.deleteOne({ _id: incarnation }));
    },
    nodes: () =>
      reaching('list the nodes', async () =>
        (await nodes.find({ $expr: { $gt: ['$until', '$$NOW'] } }).toArray()).map(nodeOf),
      ),
    list: () => reaching('list the partitions', () => present(partitions, {})),
    claim: (partition, epoch, owner) =>
      reaching(`claim partition ${String(partition)}`, async () => {
        const claimed = await partitions.findOneAndUpdate({ _id: partition, epoch }, taking(owner), {
          returnDocument: 'after',
        });
        return claimed === null ? undefined : rowOf({ ...claimed, ownerAlive: true });
      }),
    release: async (partition, epoch, owner) => {
      const ours = { _id: partition, epoch, owner };
      await reaching(`release partition ${String(partition)}`, () =>
        partitions.updateOne(ours, { $unset: { owner: '', breadcrumb: '' } }),
      );
    },
    leaveBreadcrumb: async (partition, { epoch, owner }, breadcrumb) => {
      const change = breadcrumb === undefined ? { $unset: { breadcrumb: '' as const } } : { $set: { breadcrumb } };
      await reaching(`leave a breadcrumb in partition ${String(partition)}`, () =>
        partitions.updateOne({ _id: partition, epoch, owner }, change),
      );
    },
    checkpoint: async (partition, epoch, checkpoint) => {
      const older = { 'checkpoint.n': { $lt: checkpoint.n }, 'checkpoint.epoch': { $lte: epoch } };
      await reaching(`checkpoint partition ${String(partition)}`, () =>
        partitions.updateOne(
          { _id: partition, $or: [{ checkpoint: { $exists: false } }, older] },
          { $set: { checkpoint: { ...checkpoint, epoch } } },
        ),
      );
    },
  };
}

async function open(
  meta: Collection<MetaDocument>,
  partitions: Collection<PartitionDocument>,
  wanted: { readonly partitions: number; readonly format: number },
): Promise<{ readonly partitions: number }> {
  await insertUnlessThere(() =>
    meta.updateOne(
      { _id: 'store' },
      { $setOnInsert: { partitions: wanted.partitions, format: wanted.format } },
      { upsert: true },
    ),
  );
  const fixed = await meta.findOne({ _id: 'store' });
  if (fixed === null) throw new Error('The row "store" of the collection "meta" vanished while the store was opened.');
  if (fixed.format > wanted.format) throw new NewerFormatError(fixed.format, wanted.format);
  const rows = Array.from({ length: fixed.partitions }, (_, partition) => ({
    updateOne: { filter: { _id: partition }, update: { $setOnInsert: { epoch: 0 } }, upsert: true },
  }));
  await insertUnlessThere(() => partitions.bulkWrite(rows, { ordered: false }));
  return { partitions: fixed.partitions };
}

/** A partition that had another owner until now, who did not release it: that owner is taken for dead. */
function taking(owner: string): Document[] {
  const before = { $ifNull: ['$deaths', []] };
  const isPeaceful = { $eq: [{ $ifNull: ['$owner', { $literal: owner }] }, { $literal: owner }] };
  const oneMore = { $slice: [{ $concatArrays: [before, ['$$NOW']] }, -keptDeaths] };
  const deaths = { $cond: [isPeaceful, before, oneMore] };
  return [{ $set: { owner: { $literal: owner }, epoch: { $add: ['$epoch', 1] }, deaths } }];
}

/** An upsert that meets another upsert of the same row may be told so instead of finding the row. */
async function insertUnlessThere(upsert: () => Promise<unknown>): Promise<void> {
  try {
    await upsert();
  } catch (error) {
    if (!(error instanceof MongoServerError && error.code === DUPLICATE_KEY)) throw error;
    await upsert();
  }
}

async function writeBeat(nodes: Collection<NodeDocument>, beat: Beat, lease: Milliseconds): Promise<Instant> {
  const { incarnation, nodeId, address, lastOut } = beat;
  const told = { nodeId: { $literal: nodeId }, address: { $literal: address }, lastOut: { $literal: lastOut } };
  const update = [{ $set: { ...told, at: '$$NOW', until: { $add: ['$$NOW', lease] } } }];
  const written = await nodes.findOneAndUpdate({ _id: incarnation }, update, {
    upsert: true,
    returnDocument: 'after',
    projection: { at: 1 },
  });
  if (written === null) throw new Error('MongoDB acknowledged a beat without answering it.');
  return written.at.getTime();
}

async function present(
  partitions: Collection<PartitionDocument>,
  filter: Partial<PartitionDocument>,
): Promise<readonly PartitionRow[]> {
  const rows = await partitions
    .aggregate<PartitionDocument & { readonly ownerAlive: boolean }>([
      { $match: filter },
      { $lookup: { from: 'nodes', localField: 'owner', foreignField: '_id', as: 'node' } },
      { $set: { ownerAlive: { $gt: [{ $first: '$node.until' }, '$$NOW'] } } },
      { $unset: 'node' },
      { $sort: { _id: 1 } },
    ] satisfies Document[])
    .toArray();
  return rows.map(rowOf);
}

function rowOf(document: PartitionDocument & { readonly ownerAlive: boolean }): PartitionRow {
  const { _id, epoch, owner, ownerAlive, checkpoint: kept, deaths = [], breadcrumb } = document;
  return {
    partition: _id,
    epoch,
    owner,
    ownerAlive: owner !== undefined && ownerAlive,
    checkpoint: checkpointOf(kept),
    deaths: deaths.map((at) => at.getTime()),
    breadcrumb,
  };
}

function checkpointOf(kept: PartitionDocument['checkpoint']): PartitionCheckpoint | undefined {
  if (kept === undefined) return undefined;
  const { n, at, seen, sent } = kept;
  return { n, at, seen, sent };
}

function nodeOf({ _id, nodeId, address, lastOut }: NodeDocument): NodeRow {
  return { incarnation: _id, nodeId, address, lastOut };
}
