// The methods of values by the kind of value, and by name.

import { type Kind } from '../types.ts';
import { type Callable, type Callables } from './callable.ts';
import { MAP_METHODS } from './collections.ts';
import { BOOLEAN_METHODS, NUMBER_METHODS } from './numbers.ts';
import { STRING_METHODS } from './texts.ts';

const METHODS: ReadonlyMap<Kind, Callables> = new Map([
  ['string', STRING_METHODS],
  ['long', NUMBER_METHODS],
  ['double', NUMBER_METHODS],
  ['boolean', BOOLEAN_METHODS],
  ['map', MAP_METHODS],
]);

/** Finds a method of a kind of value. */
export function methodOf(kind: Kind, name: string): Callable | undefined {
  return METHODS.get(kind)?.get(name);
}

/** Lists the methods of a kind of value, or of any kind at all. */
export function methodNames(kind?: Kind): readonly string[] {
  if (kind !== undefined) return [...(METHODS.get(kind)?.keys() ?? [])];
  return [...new Set(Array.from(METHODS.values(), (methods) => [...methods.keys()]).flat())];
}
