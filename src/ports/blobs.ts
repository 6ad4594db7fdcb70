// Immutable content by the SHA-256 of its bytes: definitions, files of a version, artifacts. Shared by all nodes.

/** Keeps content under its own hash. Writing the same content twice is one blob. */
export interface Blobs {
  /** Keeps bytes that are at hand; answers their hash (hex) once they are durable. */
  put(content: Uint8Array): Promise<string>;
  /** Keeps a stream's bytes; answers hash and size once they are durable. Fails with `BlobTooLargeError` over `limit` bytes. */
  putStream(
    content: AsyncIterable<Uint8Array>,
    limit: number,
  ): Promise<{ readonly hash: string; readonly size: number }>;
  /** The whole content, or undefined if there is none of that hash. */
  get(hash: string): Promise<Uint8Array | undefined>;
  /** The whole content of each, by hash; what is not there is left out. */
  getAll(hashes: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** The content in chunks, or undefined if there is none of that hash. */
  stream(hash: string): Promise<AsyncIterable<Uint8Array> | undefined>;
}

/** More bytes came than the caller allowed; nothing was kept. */
export class BlobTooLargeError extends Error {
  readonly code = 'BLOB_TOO_LARGE';
  readonly limit: number;
  constructor(limit: number) {
    super(`The content is larger than ${String(limit)} bytes.`);
    this.limit = limit;
  }
}
