// The classes of maps, and Arrays. Maps are JavaScript Maps, so that a key such as `constructor` is only a key.

import { spend, spendElements, spendEntry } from '../budget.ts';
import { refuseCircle } from '../measure.ts';
import { isArray } from '../text.ts';
import { type Thing } from '../thing.ts';
import { elementOf, kindOfType } from '../types.ts';
import { type Callables, callable } from './callable.ts';

/** The functions of the classes Map, HashMap and LinkedHashMap: only `new`. Entries keep their order. */
export const MAP_FUNCTIONS: Callables = new Map([
  [
    'new',
    callable([], 'map', (_, budget) => {
      spend(budget, 2);
      return new Map<string, Thing>();
    }),
  ],
]);

/** The functions of the class Arrays. */
export const ARRAYS_FUNCTIONS: Callables = new Map([
  [
    'asList',
    callable(
      ['any*'],
      ([first = 'array', ...others]) => (others.length === 0 && kindOfType(first) === 'array' ? first : 'array'),
      (given, budget) => {
        const [only] = given;
        if (given.length === 1 && only !== undefined && isArray(only)) return only;
        spendElements(budget, given.length);
        return [...given];
      },
    ),
  ],
]);

/** The methods of maps: looking up a key that is not there gives NULL. */
export const MAP_METHODS: Callables = new Map([
  [
    'get',
    callable(
      ['map', 'string'],
      ([map = 'map']) => elementOf(map),
      ([map, key]) => map.get(key) ?? null,
    ),
  ],
  [
    'getOrDefault',
    callable(['map', 'string', 'any'], 'unknown', ([map, key, other]) =>
      map.has(key) ? (map.get(key) ?? null) : other,
    ),
  ],
  ['containsKey', callable(['map', 'string'], 'boolean', ([map, key]) => map.has(key))],
  ['size', callable(['map'], 'long', ([map]) => BigInt(map.size))],
  [
    'put',
    callable(['map', 'string', 'any'], 'unknown', ([map, key, value], budget) => {
      refuseCircle(map, value, budget);
      const before = map.get(key) ?? null;
      if (!map.has(key)) spendEntry(budget, key, map.size + 1);
      // The maps that a program with `put` sees are its own: made by it, or copied for it.
      (map as Map<string, Thing>).set(key, value);
      return before;
    }),
  ],
]);
