// What every store of blobs does, whatever keeps it.

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import { BlobTooLargeError, type Blobs } from '../../src/ports/blobs.ts';

const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** Bytes that repeat nothing within their first 64 KB. */
export function someBytes(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++) bytes[index] = (index * seed + (index >> 8)) & 0xff;
  return bytes;
}

async function* inChunks(content: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < content.byteLength; offset += size) yield content.slice(offset, offset + size);
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The suite of the port. */
export function blobsContract(name: string, make: () => Blobs): void {
  describe(`blobs (${name})`, () => {
    test.each([0, 1, 1_000_000, 1_000_001, 3_333_333])('gives %d bytes back, by their hash', async (length) => {
      const blobs = make();
      const content = someBytes(length);

      const hash = await blobs.put(content);

      expect(hash).toBe(sha256(content));
      const read = await blobs.get(hash);
      expect(read?.byteLength).toBe(length);
      expect(sha256(read ?? new Uint8Array([1]))).toBe(hash);
    });

    test.each([
      [0, 10],
      [10, 3],
      [1_000_000, 65_536],
      [3_000_000, 100_001],
    ])('takes %d bytes as a stream of chunks of %d, and streams them', async (length, size) => {
      const blobs = make();
      const content = someBytes(length, 3);

      const kept = await blobs.putStream(inChunks(content, size), length);

      expect(kept).toEqual({ hash: sha256(content), size: length });
      const taken = createHash('sha256');
      for await (const chunk of (await blobs.stream(kept.hash)) ?? []) taken.update(chunk);
      expect(taken.digest('hex')).toBe(kept.hash);
    });

    test('gives several contents at once, small and large, and leaves out what nobody put', async () => {
      const blobs = make();
      const contents = [someBytes(0), someBytes(10, 5), someBytes(1_000_001, 7)];
      const hashes = await Promise.all(contents.map((content) => blobs.put(content)));

      const found = await blobs.getAll([...hashes, sha256(someBytes(11))]);

      expect([...found.keys()].sort()).toEqual([...hashes].sort());
      for (const [hash, content] of found) expect(sha256(content)).toBe(hash);
      expect(await blobs.getAll([])).toEqual(new Map());
    });

    test('has nothing under a hash that nobody put', async () => {
      const blobs = make();

      expect(await blobs.get(sha256(someBytes(9)))).toBeUndefined();
      expect(await blobs.stream(sha256(someBytes(9)))).toBeUndefined();
    });

    test.each([100, 2_500_000])('keeps nothing of more than the allowed %d bytes', async (limit) => {
      const blobs = make();
      const content = someBytes(limit + 1, 5);

      await expect(blobs.putStream(inChunks(content, 50_000), limit)).rejects.toThrow(BlobTooLargeError);

      expect(await blobs.get(sha256(content))).toBeUndefined();
    });

    test('fails with the cause when a stream fails in the middle, and keeps nothing', async () => {
      const blobs = make();
      async function* broken(): AsyncGenerator<Uint8Array> {
        yield someBytes(2_000_000);
        throw new Error('the disk is gone');
      }

      await expect(blobs.putStream(broken(), NO_LIMIT)).rejects.toThrow('the disk is gone');

      expect(await blobs.get(sha256(someBytes(2_000_000)))).toBeUndefined();
    });

    test.each([1_000, 1_500_000])('keeps %d bytes once, also when many put them at the same time', async (length) => {
      const blobs = make();
      const content = someBytes(length, 7);

      const hashes = await Promise.all([
        ...Array.from({ length: 6 }, () => blobs.put(content)),
        ...Array.from({ length: 2 }, async () => (await blobs.putStream(inChunks(content, 99_999), NO_LIMIT)).hash),
      ]);
      hashes.push(await blobs.put(content));

      expect(new Set(hashes)).toEqual(new Set([sha256(content)]));
      expect(sha256((await blobs.get(sha256(content))) ?? new Uint8Array())).toBe(sha256(content));
    });

    test('shares no bytes with those who put or get', async () => {
      const blobs = make();
      const content = Uint8Array.from([1, 2, 3]);
      const hash = await blobs.put(content);
      content[0] = 9;
      (await blobs.get(hash))?.fill(9);

      expect(await blobs.get(hash)).toEqual(Uint8Array.from([1, 2, 3]));
    });
  });
}
