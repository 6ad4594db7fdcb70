// Plain JSON values: what events, messages and API payloads are made of.

/** A JSON value. User-given names never become keys of stored documents: see `Entry`. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A named value. Lists of entries stand in for objects wherever a user chose the names. */
export interface Entry<T = Json> {
  readonly name: string;
  readonly value: T;
}

/** Finds an entry's value by its name. */
export function entryOf<T>(entries: readonly Entry<T>[], name: string): T | undefined {
  return entries.find((entry) => entry.name === name)?.value;
}
