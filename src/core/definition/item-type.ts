// What an expression gives that a loop goes through: an array, and of which items.

import { type Names, check } from '../expression/check.ts';
import { type Expression } from '../expression/compile.ts';
import { type ExpressionFault } from '../expression/fault.ts';
import { type ScalarType } from './model.ts';
import { type NameType } from './step-names.ts';

const SCALARS: readonly ScalarType[] = ['string', 'long', 'double', 'boolean'];

/** The type of the items, if the expression gives an array; `unknown` if it shows only in the run. */
export function itemTypeOf(expression: Expression, names: Names): NameType | undefined {
  const fitting = SCALARS.filter((type) => check(expression, names, `${type}_array`).length === 0);
  return fitting.length === SCALARS.length ? 'unknown' : fitting[0];
}

/** What is wrong with an expression that must give an array. */
export function arrayFaults(expression: Expression, names: Names): readonly ExpressionFault[] {
  const faults = check(expression, names);
  if (faults.length > 0 || itemTypeOf(expression, names) !== undefined) return faults;
  return check(expression, names, 'string_array').map((fault) => ({
    ...fault,
    // Only a program that ends in several ways can give an array here and one of other items there.
    message: /^This is a \w+_array/u.test(fault.message)
      ? fault.message
      : fault.message.replace('a string_array', 'an array'),
  }));
}
