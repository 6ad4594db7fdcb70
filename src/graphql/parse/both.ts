// Two readings into one, with the problems of both: all that is wrong is said at once.

import { type Refusal } from '../../core/refusal.ts';
import { type Result, failed, success } from '../../core/result.ts';

/** What was read of an input, or everything that is wrong with it. */
export type Read<T> = Result<T, readonly Refusal[]>;

/** Both values, or the problems of both. */
export function both<A, B>(one: Read<A>, other: Read<B>): Read<readonly [A, B]> {
  if (one.ok && other.ok) return success([one.value, other.value]);
  return failed([...(one.ok ? [] : one.failure), ...(other.ok ? [] : other.failure)]);
}

/** The values of all, or the problems of all. */
export function all<T>(readings: readonly Read<T>[]): Read<readonly T[]> {
  const problems = readings.flatMap((reading) => (reading.ok ? [] : reading.failure));
  return problems.length > 0
    ? failed(problems)
    : success(readings.flatMap((reading) => (reading.ok ? [reading.value] : [])));
}

/** An id in an input: its problem, if it has one, belongs to the field at `path`. */
export function idAt<T>(path: readonly string[], id: Result<T, string>): Read<T> {
  return id.ok ? id : failed([{ code: 'BAD_INPUT', message: id.failure, path }]);
}
