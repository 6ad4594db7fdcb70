// Immutable content in MongoDB: up to 1 MB inside one document by its hash, above that in GridFS with the document as the
// only way to it. A document is there only once all of its content is durable; the same content twice is one document.

import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Binary, GridFSBucket, MongoServerError, ObjectId, type Collection, type Db } from 'mongodb';
import { BlobTooLargeError, type Blobs } from '../../ports/blobs.ts';
import { asStoreError, reaching, reachingEach } from './deadline.ts';

interface BlobDocument {
  readonly _id: string;
  readonly size: number;
  /** Exactly one of the two. */
  readonly content?: Binary;
  readonly file?: ObjectId;
}

const LARGEST_INSIDE = 1_000_000;
const DUPLICATE_KEY = 11_000;

/** The blobs in a database that `connectMongo` has prepared. */
export function createMongoBlobs(db: Db): Blobs {
  const blobs = db.collection<BlobDocument>('blobs');
  const files = new GridFSBucket(db, { bucketName: 'blob_files' });
  const store = async (content: AsyncIterable<Uint8Array>, limit: number): Promise<{ hash: string; size: number }> => {
    const taken = createHash('sha256');
    let size = 0;
    const counted = counting(content, limit, (chunk) => {
      taken.update(chunk);
      size += chunk.byteLength;
    });
    const { head, rest } = await beginning(counted);
    if (rest === undefined) {
      const hash = taken.digest('hex');
      await insert(blobs, { _id: hash, size, content: new Binary(head) });
      return { hash, size };
    }
    const file = new ObjectId();
    await upload(files, file, following(head, rest));
    const hash = taken.digest('hex');
    const isFirst = await insert(blobs, { _id: hash, size, file });
    if (!isFirst) await reaching('remove content that was there already', () => files.delete(file));
    return { hash, size };
  };
  const stream = async (hash: string): Promise<AsyncIterable<Uint8Array> | undefined> => {
    const blob = await reaching('read content', () => blobs.findOne({ _id: hash }));
    return blob === null ? undefined : contentOf(blob);
  };
  const contentOf = ({ file, content }: BlobDocument): AsyncIterable<Uint8Array> =>
    bytes(file === undefined ? [content?.buffer ?? new Uint8Array()] : files.openDownloadStream(file));
  return {
    put: async (content) => {
      const hash = createHash('sha256').update(content).digest('hex');
      const isLarge = content.byteLength > LARGEST_INSIDE;
      const known = isLarge
        ? await reaching('look for content', () => blobs.findOne({ _id: hash }, { projection: { _id: 1 } }))
        : null;
      return known === null ? (await store(only(content), content.byteLength)).hash : hash;
    },
    putStream: store,
    get: async (hash) => {
      const content = await stream(hash);
      return content === undefined ? undefined : joined(content);
    },
    getAll: async (hashes) => {
      const found = await reaching('read contents', () => blobs.find({ _id: { $in: [...hashes] } }).toArray());
      return new Map(await Promise.all(found.map(async (blob) => [blob._id, await joined(contentOf(blob))] as const)));
    },
    stream,
  };
}

/** Answers whether the document is ours. A no-op waits for a majority too, so what is there already is durable as well. */
async function insert(blobs: Collection<BlobDocument>, { _id, ...blob }: BlobDocument): Promise<boolean> {
  const upsert = async (): Promise<boolean> => {
    const { upsertedCount } = await blobs.updateOne({ _id }, { $setOnInsert: blob }, { upsert: true });
    return upsertedCount === 1;
  };
  return reaching('keep content', async () => {
    try {
      return await upsert();
    } catch (error) {
      if (!(error instanceof MongoServerError && error.code === DUPLICATE_KEY)) throw error;
      return upsert();
    }
  });
}

async function upload(files: GridFSBucket, file: ObjectId, content: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    await pipeline(content, files.openUploadStreamWithId(file, 'blob'));
  } catch (error) {
    // Chunks without a file are no content, only litter.
    await files.delete(file).catch(() => undefined);
    throw asStoreError('keep a large content', error);
  }
}

async function* counting(
  content: AsyncIterable<Uint8Array>,
  limit: number,
  take: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array, undefined> {
  let size = 0;
  for await (const chunk of content) {
    size += chunk.byteLength;
    if (size > limit) throw new BlobTooLargeError(limit);
    take(chunk);
    yield chunk;
  }
}

/** As much as fits into a document, and what follows if that is not all. */
async function beginning(
  content: AsyncGenerator<Uint8Array, undefined>,
): Promise<{ readonly head: Uint8Array; readonly rest?: AsyncGenerator<Uint8Array, undefined> }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const next = await content.next();
    if (next.done === true) return { head: Buffer.concat(chunks) };
    chunks.push(next.value);
    size += next.value.byteLength;
    if (size > LARGEST_INSIDE) return { head: Buffer.concat(chunks), rest: content };
  }
}

async function* only(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

async function* following(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  yield* rest;
}

async function* bytes(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (Symbol.iterator in chunks) {
    for (const chunk of chunks) yield Uint8Array.from(chunk);
    return;
  }
  for await (const chunk of reachingEach('read a large content', chunks)) yield Uint8Array.from(chunk);
}

async function joined(content: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Uint8Array.from(Buffer.concat(chunks));
}
