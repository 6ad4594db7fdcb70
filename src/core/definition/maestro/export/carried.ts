// What a definition only carries along, under the keys that it came from.

import { type Entry, type JsonObject } from '../../../json.ts';

/** The entries whose names begin with the prefix, without it. */
export function carriedJson(carried: readonly Entry[], prefix: string): JsonObject {
  const own = carried.filter(({ name }) => name.startsWith(prefix));
  return Object.fromEntries(own.map(({ name, value }) => [name.slice(prefix.length), value]));
}
