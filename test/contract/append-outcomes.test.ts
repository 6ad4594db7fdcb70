// Which word an error of the driver earns a block: an error is not a "no".

import { BSON, MongoBulkWriteError, MongoNetworkError, MongoNetworkTimeoutError, MongoServerError } from 'mongodb';
import { describe, expect, test } from 'vitest';

import { outcomesOf } from '../../src/adapters/mongo/append-outcomes.ts';

/** What the driver throws when the server answered for each block. */
function answered(
  codes: Readonly<Record<number, number>>,
  insertedCount: number,
  concern?: object,
): MongoBulkWriteError {
  const writeErrors = Object.entries(codes).map(([index, code]) => ({ index: Number(index), code }));
  const result = {
    insertedCount,
    hasWriteErrors: () => writeErrors.length > 0,
    getWriteErrors: () => writeErrors,
    getWriteConcernError: () => concern,
  };
  return new MongoBulkWriteError({ message: 'no', code: 1 }, result as never);
}

const timeout = { code: 64, errmsg: 'waiting for replication timed out' };

function unwritable(): unknown {
  try {
    return BSON.serialize({ 'a key with a null \u0000': 1 });
  } catch (error) {
    return error;
  }
}

describe('the outcomes of a flight', () => {
  test.each([
    ['the others of a duplicate are durable', answered({ 1: 11_000 }, 2), ['durable', 'duplicate', 'durable']],
    [
      'a write concern that timed out leaves all but duplicates unknown',
      answered({ 1: 11_000 }, 2, timeout),
      ['unknown', 'duplicate', 'unknown'],
    ],
    ['a write concern alone leaves all unknown', answered({}, 3, timeout), ['unknown', 'unknown', 'unknown']],
    [
      'a primary that steps down in the middle leaves its block unknown',
      answered({ 0: 11_602 }, 2),
      ['unknown', 'durable', 'durable'],
    ],
    [
      'a count that does not add up leaves the silent ones unknown',
      answered({ 0: 11_000 }, 1),
      ['duplicate', 'unknown', 'unknown'],
    ],
    [
      'a block that the server finds too large is refused',
      answered({ 2: 10_334 }, 2),
      ['durable', 'durable', 'refused'],
    ],
    ['a network error says nothing', new MongoNetworkError('reset'), ['unknown', 'unknown', 'unknown']],
    ['a network time-out says nothing', new MongoNetworkTimeoutError('late'), ['unknown', 'unknown', 'unknown']],
    [
      'a primary that is none says nothing',
      new MongoServerError({ message: 'no', code: 10_107 }),
      ['unknown', 'unknown', 'unknown'],
    ],
    [
      'a full disk says nothing',
      new MongoServerError({ message: 'no', code: 14_031 }),
      ['unknown', 'unknown', 'unknown'],
    ],
    ['what nobody expected says nothing', new TypeError('oops'), ['unknown', 'unknown', 'unknown']],
  ])('%s', (_what, error, outcomes) => {
    expect(outcomesOf(error, 3)).toEqual(outcomes);
  });

  test.each([
    ['bytes that cannot be written', unwritable()],
    ['a command that is nested too deep', new MongoServerError({ message: 'no', code: 15 })],
  ])('%s refuse the block that is alone, and are looked for one by one among several', (_what, error) => {
    expect(outcomesOf(error, 1)).toEqual(['refused']);
    expect(outcomesOf(error, 2)).toBeUndefined();
  });
});
