// The methods of maps. Maps are JavaScript Maps, so that a key such as `constructor` is only a key.

import { elementOf } from '../types.ts';
import { type Callables, callable } from './callable.ts';

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
]);
