// Blobs in memory: for tests and for servers that keep nothing. Guarantees what ports/blobs.ts asks, and copies what it is given.

import { createHash } from 'node:crypto';
import { BlobTooLargeError, type Blobs } from '../../ports/blobs.ts';

const CHUNK = 64 * 1024;

/** Makes an empty store of blobs that lives as long as the object does. */
export function createMemoryBlobs(): Blobs {
  const contents = new Map<string, Uint8Array>();
  const keep = (content: Uint8Array): string => {
    const hash = createHash('sha256').update(content).digest('hex');
    if (!contents.has(hash)) contents.set(hash, content);
    return hash;
  };
  return {
    put: async (content) => keep(Uint8Array.from(content)),
    putStream: async (content, limit) => {
      const chunks: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of content) {
        size += chunk.byteLength;
        if (size > limit) throw new BlobTooLargeError(limit);
        chunks.push(Uint8Array.from(chunk));
      }
      return { hash: keep(joined(chunks, size)), size };
    },
    get: async (hash) => {
      const content = contents.get(hash);
      return content === undefined ? undefined : Uint8Array.from(content);
    },
    getAll: async (hashes) =>
      new Map(
        hashes.flatMap((hash) => {
          const content = contents.get(hash);
          return content === undefined ? [] : [[hash, Uint8Array.from(content)] as const];
        }),
      ),
    stream: async (hash) => {
      const content = contents.get(hash);
      return content === undefined ? undefined : chunksOf(content);
    },
  };
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

async function* chunksOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < content.byteLength; offset += CHUNK) {
    yield content.slice(offset, offset + CHUNK);
  }
}
