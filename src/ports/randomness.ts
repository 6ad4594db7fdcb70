// Fresh names and hashes: where chance enters the engine.

/** Makes ids and hashes. The simulation seeds it. */
export interface Randomness {
  /** A new ULID whose time part is `at`: sorts by time. */
  ulid(at: number): string;
  /** 128 random bits in hex. */
  token(): string;
  /** A whole number from 0 to 2^31 - 1. */
  seed(): number;
  /** SHA-256 of bytes, or of a text's UTF-8 bytes, in hex. */
  hash(content: string | Uint8Array): string;
}
