// The classes of the language by name, with their functions.

import { type Callables } from './callable.ts';
import { UTIL_FUNCTIONS } from './dates.ts';
import { BOOLEAN_FUNCTIONS, DOUBLE_FUNCTIONS, INTEGER_FUNCTIONS, LONG_FUNCTIONS, MATH_FUNCTIONS } from './numbers.ts';
import { STRING_FUNCTIONS } from './texts.ts';

/** All classes with functions that an expression may call. */
export const FUNCTIONS: ReadonlyMap<string, Callables> = new Map([
  ['String', STRING_FUNCTIONS],
  ['Math', MATH_FUNCTIONS],
  ['Long', LONG_FUNCTIONS],
  ['Integer', INTEGER_FUNCTIONS],
  ['Double', DOUBLE_FUNCTIONS],
  ['Boolean', BOOLEAN_FUNCTIONS],
  ['Util', UTIL_FUNCTIONS],
]);
