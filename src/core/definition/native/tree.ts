// What a definition's text is made of before it is text: plain values in the order in which they are written, and notes on what
// the text cannot say. A key whose value is undefined is not written.

import { type Scalar } from 'yaml';

/** A value of the text. */
export type Tree = string | number | bigint | boolean | null | undefined | Scalar | readonly Tree[] | TreeMap;

/** A map of the text. */
export interface TreeMap {
  readonly [key: string]: Tree;
}

/** Where something stands in the text: `steps 0 steps 1`. */
export type TreePath = readonly (string | number)[];

/** What the text does not say, or says in other words than the definition. */
export interface TextNote {
  readonly path: TreePath;
  readonly message: string;
}

/** A place in the text that is being written, and the notes that gather. */
export interface WritingSpot {
  readonly path: TreePath;
  readonly notes: TextNote[];
}

/** A place further inside. */
export function spotAt({ path, notes }: WritingSpot, ...keys: TreePath): WritingSpot {
  return { path: [...path, ...keys], notes };
}

/** Notes something at a place. */
export function note({ path, notes }: WritingSpot, message: string): void {
  notes.push({ path, message });
}

/** Nothing for nothing, one by itself, several as a list. */
export function oneOrMore(items: readonly string[]): Tree {
  return items.length < 2 ? items[0] : items;
}

/** The same, or nothing for an empty list. */
export function orNothing<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items;
}

/** A map of entries; nothing for none. */
export function mapOf<T extends { readonly name: string }>(
  entries: readonly T[],
  valueOf: (entry: T) => Tree,
): TreeMap | undefined {
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map((entry) => [entry.name, valueOf(entry)]));
}
