// What one flight of blocks came to. Invariants:
// 1. `durable` only on the server's own word, for a majority, with nothing left unsaid.
// 2. `duplicate` only on error 11000 for that very block: the log's one unique index is `_id`.
// 3. An error is not a "no": everything else is `unknown`, and the same bytes may be sent again.
// 4. `refused` only where the bytes themselves are at fault, so that sending them again can never help.

import { BSON, MongoBulkWriteError, MongoInvalidArgumentError, MongoServerError, type WriteError } from 'mongodb';
import { type AppendOutcome } from '../../ports/log.ts';

/** Codes with which the server judges a document as such: too large, too deep, not well-formed, not valid here. */
const atFault: ReadonlySet<number> = new Set([2, 9, 14, 15, 22, 52, 56, 57, 121, 10334, 17280, 17419, 17420]);

const DUPLICATE_KEY = 11_000;

/** The outcomes of a flight of `count` blocks that ended with an error, or undefined if the blocks must go one by one. */
export function outcomesOf(error: unknown, count: number): readonly AppendOutcome[] | undefined {
  if (error instanceof MongoBulkWriteError && judgedEach(error)) return eachOutcome(error, count);
  if (!isAtFault(error)) return Array.from({ length: count }, () => 'unknown' as const);
  // The whole command was turned away because of some block in it; nothing says which.
  return count === 1 ? ['refused'] : undefined;
}

function judgedEach(error: MongoBulkWriteError): boolean {
  return error.result.hasWriteErrors() || error.result.getWriteConcernError() !== undefined;
}

function eachOutcome(error: MongoBulkWriteError, count: number): readonly AppendOutcome[] {
  const failed = new Map<number, WriteError>();
  for (const writeError of error.result.getWriteErrors()) failed.set(writeError.index, writeError);
  const isSettled = error.result.getWriteConcernError() === undefined && error.insertedCount + failed.size === count;
  return Array.from({ length: count }, (_, index): AppendOutcome => {
    const writeError = failed.get(index);
    if (writeError === undefined) return isSettled ? 'durable' : 'unknown';
    if (writeError.code === DUPLICATE_KEY) return 'duplicate';
    return atFault.has(writeError.code) ? 'refused' : 'unknown';
  });
}

function isAtFault(error: unknown): boolean {
  const cause = error instanceof MongoBulkWriteError ? (error.cause ?? error) : error;
  if (cause instanceof BSON.BSONError || cause instanceof MongoInvalidArgumentError || cause instanceof RangeError)
    return true;
  return cause instanceof MongoServerError && typeof cause.code === 'number' && atFault.has(cause.code);
}
