// Blobs in MongoDB, and that nothing is left of what was not kept.

import { describe, expect, test } from 'vitest';

import { createMongoBlobs } from '../../src/adapters/mongo/blobs.ts';
import { blobsContract, someBytes } from './blobs.ts';
import { useMongoDatabase } from './mongo-database.ts';

const database = useMongoDatabase();
blobsContract('MongoDB', () => createMongoBlobs(database().db));

describe('blobs in MongoDB', () => {
  test('leave no litter behind a race, a limit or a broken stream', async () => {
    const { db } = database();
    const blobs = createMongoBlobs(db);
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield someBytes(2_000_000);
      throw new Error('the disk is gone');
    }
    async function* whole(): AsyncGenerator<Uint8Array> {
      yield someBytes(2_000_000, 3);
    }

    await expect(blobs.putStream(broken(), 10_000_000)).rejects.toThrow('gone');
    await expect(blobs.putStream(whole(), 1_900_000)).rejects.toThrow('larger');
    await Promise.all([1, 2, 3, 4].map(() => blobs.putStream(whole(), 10_000_000)));

    expect(await db.collection('blobs').countDocuments()).toBe(1);
    expect(await db.collection('blob_files.files').countDocuments()).toBe(1);
    expect(await db.collection('blob_files.chunks').countDocuments()).toBe(Math.ceil(2_000_000 / (255 * 1_024)));
  });
});
