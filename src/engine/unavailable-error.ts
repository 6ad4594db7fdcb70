// The engine cannot answer now. Not the caller's fault, and worth another try.

/** Why the engine cannot answer now. */
export type UnavailableCode =
  'UNAVAILABLE' | 'STORE_UNAVAILABLE' | 'OVERLOADED' | 'NOT_YET' | 'NOT_OWNER' | 'CURSOR_EXPIRED';

/** Thrown by use cases; becomes a top-level GraphQL error with `retryable` and `retryAfterMs`. */
export class UnavailableError extends Error {
  readonly code: UnavailableCode;
  /** False only for CURSOR_EXPIRED: take a SNAPSHOT instead. */
  readonly retryable: boolean;
  readonly retryAfterMs: number;
  /** For NOT_OWNER: where the owner is. */
  readonly ownerAddress: string | undefined;

  constructor(
    code: UnavailableCode,
    message: string,
    options: { readonly retryAfterMs?: number; readonly ownerAddress?: string } = {},
  ) {
    super(message);
    this.name = 'UnavailableError';
    this.code = code;
    this.retryable = code !== 'CURSOR_EXPIRED';
    this.retryAfterMs = options.retryAfterMs ?? 1_000;
    this.ownerAddress = options.ownerAddress;
  }
}
