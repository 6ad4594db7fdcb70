// The methods of values by the kind of value, and by name.

import { type Kind } from '../types.ts';
import { type Callable, type Callables } from './callable.ts';
import { MAP_METHODS } from './collections.ts';
import { DAYS_METHODS, FORMAT_METHODS, ZONE_METHODS } from './date-formats.ts';
import { DATE_TIME_METHODS, PROPERTY_METHODS } from './date-time.ts';
import { BOOLEAN_METHODS, NUMBER_METHODS } from './numbers.ts';
import { UUID_METHODS } from './system.ts';
import { STRING_METHODS } from './texts.ts';

const METHODS: ReadonlyMap<Kind, Callables> = new Map<Kind, Callables>([
  ['string', STRING_METHODS],
  ['long', NUMBER_METHODS],
  ['double', NUMBER_METHODS],
  ['boolean', BOOLEAN_METHODS],
  ['map', MAP_METHODS],
  ['DateTime', DATE_TIME_METHODS],
  ['DateTimeProperty', PROPERTY_METHODS],
  ['DateTimeZone', ZONE_METHODS],
  ['DateTimeFormatter', FORMAT_METHODS],
  ['Days', DAYS_METHODS],
  ['UUID', UUID_METHODS],
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
