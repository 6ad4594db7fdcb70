// Entries as the JSON object that callers expect. `fromEntries` defines its keys, so that a name `__proto__` stays a name.

import { type Entry, type Json } from '../../core/json.ts';

/** The object of named values. */
export function objectOf(entries: readonly Entry[]): Json {
  return Object.fromEntries(entries.map(({ name, value }) => [name, value]));
}
