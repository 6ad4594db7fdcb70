// Our own deadline around what we ask of MongoDB: the driver's overall time limit has no effect, and sockets may freeze.

import { MongoBulkWriteError, MongoError, MongoNetworkError, MongoServerSelectionError } from 'mongodb';
import { type Milliseconds } from '../../core/time.ts';
import { StoreUnreachableError } from '../../ports/store-unreachable-error.ts';

/** How long a read or a guarded write may take: longer than the driver's own limits, which say more about the cause. */
const operationDeadline: Milliseconds = 15_000;

/** How long the server itself works on a read. */
export const serverDeadline: Milliseconds = 5_000;

/** Settles with the operation, or with `late()` once the deadline has passed; the operation goes on unheard then. */
export async function withinDeadline<T>(operation: Promise<T>, deadline: Milliseconds, late: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<T>((resolve, reject) => {
    timer = setTimeout(() => {
      try {
        resolve(late());
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    }, deadline);
  });
  try {
    return await Promise.race([operation, over]);
  } finally {
    clearTimeout(timer);
  }
}

/** Runs one operation of the store. Whatever says "no answer" or "not now" comes out as `StoreUnreachableError`. */
export async function reaching<T>(what: string, operation: () => Promise<T>): Promise<T> {
  const tooLate = (): never => {
    throw new StoreUnreachableError(
      `MongoDB did not answer within ${String(operationDeadline / 1_000)} s while we wanted to ${what}.`,
    );
  };
  try {
    return await withinDeadline(operation(), operationDeadline, tooLate);
  } catch (error) {
    throw asStoreError(what, error);
  }
}

/** What to throw for an error of the driver: the error itself, unless it says "no answer" or "not now". */
export function asStoreError(what: string, error: unknown): unknown {
  if (!isUnreachable(error)) return error;
  const message = `MongoDB could not be reached while we wanted to ${what}: ${error.message}`;
  return new StoreUnreachableError(message, { cause: error });
}

/** The same for a cursor: every batch is asked for within the deadline. */
export async function* reachingEach<T>(what: string, cursor: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = cursor[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await reaching(what, () => iterator.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** Codes of the server that mean "not now": time limits, write concerns, and a primary that is no more. */
const passingCodes: ReadonlySet<unknown> = new Set([
  6, 7, 50, 64, 89, 91, 100, 112, 189, 202, 262, 290, 9001, 10058, 10107, 11600, 11602, 13435, 13436,
]);

/** Names under which the driver itself gives up: connections are gone, or none was free in time. */
const passingNames: ReadonlySet<string> = new Set([
  'MongoClientClosedError',
  'MongoExpiredSessionError',
  'MongoNotConnectedError',
  'MongoPoolClosedError',
  'MongoServerClosedError',
  'MongoTopologyClosedError',
  'MongoWaitQueueTimeoutError',
]);

/** Codes of Node for a socket that is gone: while a mongod dies the driver lets them through as they are. */
const brokenSockets: ReadonlySet<unknown> = new Set([
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ERR_SOCKET_CLOSED',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ETIMEDOUT',
]);

function isUnreachable(error: unknown): error is Error {
  if (!(error instanceof MongoError)) return error instanceof Error && 'code' in error && brokenSockets.has(error.code);
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return true;
  if (passingNames.has(error.name)) return true;
  if (error.hasErrorLabel('RetryableWriteError') || passingCodes.has(error.code)) return true;
  // A bulk write hides what ended it, unless the server judged its parts.
  return error instanceof MongoBulkWriteError && error.code === undefined && !error.result.hasWriteErrors();
}
