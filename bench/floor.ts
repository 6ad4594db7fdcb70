// What this MongoDB takes for durability alone: a typical block of ours, written with majority and journal by the bare driver;
// and what this machine takes for a process.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Document, MongoClient } from 'mongodb';
import { type Distribution, distributionOf } from './statistics.ts';

/** The floor under everything durable, in milliseconds. */
export interface Floor {
  /** One document, one after the other. */
  readonly one: Distribution;
  /** A hundred documents in one write. */
  readonly hundred: Distribution;
  /** The size of the document. */
  readonly bytes: number;
}

const WARM_UP = 30;
const SINGLE_WRITES = 200;
const HUNDRED_WRITES = 30;
const PROCESSES = 40;

/** Measures the floor with a block of one commit that the server has written; nothing else may run meanwhile. */
export async function measureFloor(uri: string): Promise<Floor> {
  const client = new MongoClient(uri, { writeConcern: { w: 'majority', journal: true }, ignoreUndefined: true });
  try {
    await client.connect();
    const block = await typicalBlock(client);
    const floor = client.db('floor').collection('log');
    let n = 0;
    const copies = (count: number): Document[] =>
      Array.from({ length: count }, () => ({ ...block, _id: { p: 0, n: (n += 1) } }));
    const measure = async (times: number, size: number): Promise<number[]> => {
      const taken: number[] = [];
      for (let time = 0; time < times; time += 1) {
        const documents = copies(size);
        const startedAt = performance.now();
        if (documents[1] === undefined) await floor.insertOne(documents[0] ?? {});
        else await floor.insertMany(documents, { ordered: false });
        taken.push(performance.now() - startedAt);
      }
      return taken;
    };
    await measure(WARM_UP, 1);
    const one = distributionOf(await measure(SINGLE_WRITES, 1));
    const hundred = distributionOf(await measure(HUNDRED_WRITES, 100));
    const bytes = (
      await floor.aggregate<{ bytes: number }>([{ $limit: 1 }, { $project: { bytes: { $bsonSize: '$$ROOT' } } }]).next()
    )?.bytes;
    return { one, hundred, bytes: bytes ?? 0 };
  } finally {
    await client.db('floor').dropDatabase();
    await client.close();
  }
}

/** Milliseconds that a shell takes to start, do nothing and end; nothing else may run meanwhile. */
export async function measureShell(): Promise<Distribution> {
  const taken: number[] = [];
  for (let time = 0; time < PROCESSES; time += 1) {
    const startedAt = performance.now();
    await once(spawn('sh', ['-c', ':'], { stdio: ['ignore', 'pipe', 'pipe'] }), 'close');
    taken.push(performance.now() - startedAt);
  }
  return distributionOf(taken);
}

/** The newest block that holds one commit with the start of a run in it. */
async function typicalBlock(client: MongoClient): Promise<Document> {
  const blocks = client.db('downbeat').collection('log');
  const filter = { 'commits.0.command.outcome.type': 'Started', 'commits.1': { $exists: false } };
  const block = await blocks.findOne(filter, { sort: { at: -1 } });
  if (block === null) throw new Error('The server has written no block that starts a run.');
  return block;
}
