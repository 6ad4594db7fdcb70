// Why a server cannot work with the MongoDB it was given: found at start, with what to do next.

/** What is wrong with the MongoDB. */
export type ConnectErrorCode = 'BAD_MONGODB_URI' | 'NOT_A_REPLICA_SET' | 'MONGODB_TOO_OLD' | 'MONGODB_ACCESS_DENIED';

/** Thrown by `connectMongo` where trying again does not help. */
export class MongoConnectError extends Error {
  readonly code: ConnectErrorCode;
  readonly hint: string;

  constructor(code: ConnectErrorCode, message: string, options: { readonly hint: string; readonly cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'MongoConnectError';
    this.code = code;
    this.hint = options.hint;
  }
}
