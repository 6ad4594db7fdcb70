// The store gave no answer, or one that says "not now". What was asked may have happened or may yet happen.

/** Thrown by reads and guarded writes of the store's ports: worth another try, and proof of nothing. */
export class StoreUnreachableError extends Error {
  readonly code = 'STORE_UNREACHABLE';
  readonly retryable = true;
  /** What to do about it. */
  readonly hint: string;

  constructor(message: string, options: { readonly cause?: unknown; readonly hint?: string } = {}) {
    super(message, { cause: options.cause });
    this.name = 'StoreUnreachableError';
    this.hint =
      options.hint ??
      'Check that MongoDB runs, has a primary, and can be reached from here; the server goes on by itself then.';
  }
}
