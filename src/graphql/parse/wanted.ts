// The value of an argument that was read, for queries: what could not be read is a top-level error.

import { type Result } from '../../core/result.ts';
import { badInput } from '../errors/bad-input.ts';

/** The value, or the error that says what is wrong with the argument. */
export function wanted<T>(result: Result<T, string>): T {
  if (!result.ok) throw badInput(result.failure);
  return result.value;
}
