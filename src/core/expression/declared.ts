// The types that a declaration and `new` can name, what values of such a type are, and what they are at first.

import { type Kind, type Type } from './types.ts';
import { type Thing } from './thing.ts';

/** What `int[] a` says of `a`: the type of its items, and that it is an array. */
export interface DeclaredType {
  readonly item: string;
  readonly isArray: boolean;
}

interface ItemType {
  /** The kind of the values; undefined for any. */
  readonly kind?: Kind;
  /** What an item is until it is set: Java's default. */
  readonly initial: Thing;
  /** The static type of an array of such items. */
  readonly array: Type;
}

const long: ItemType = { kind: 'long', initial: 0n, array: 'long_array' };
const double: ItemType = { kind: 'double', initial: 0, array: 'double_array' };
const boolean: ItemType = { kind: 'boolean', initial: false, array: 'boolean_array' };
const map: ItemType = { kind: 'map', initial: null, array: 'array' };

function object(kind: Kind): ItemType {
  return { kind, initial: null, array: 'array' };
}

const ITEM_TYPES: ReadonlyMap<string, ItemType> = new Map([
  ['int', long],
  ['long', long],
  ['double', double],
  ['float', double],
  ['boolean', boolean],
  ['Integer', { ...long, initial: null }],
  ['Long', { ...long, initial: null }],
  ['Double', { ...double, initial: null }],
  ['Float', { ...double, initial: null }],
  ['Boolean', { ...boolean, initial: null }],
  ['String', { kind: 'string', initial: null, array: 'string_array' }],
  ['Map', map],
  ['HashMap', map],
  ['LinkedHashMap', map],
  ['Object', { initial: null, array: 'array' }],
  ['DateTime', object('DateTime')],
  ['DateTimeZone', object('DateTimeZone')],
  ['DateTimeFormatter', object('DateTimeFormatter')],
  ['Days', object('Days')],
  ['UUID', object('UUID')],
]);

/** The names of all types that can be declared. */
export const DECLARABLE: readonly string[] = [...ITEM_TYPES.keys()];

/** Tells whether a word names a type that can be declared. */
export function isDeclarable(word: string): boolean {
  return ITEM_TYPES.has(word);
}

/** What an item of the type is until it is set. */
export function initialOf(item: string): Thing {
  return ITEM_TYPES.get(item)?.initial ?? null;
}

/** The kind that values of the type have besides NULL; undefined if any. */
export function kindOfItem(item: string): Kind | undefined {
  return ITEM_TYPES.get(item)?.kind;
}

/** Tells whether NULL is a value of the type: not of Java's primitive ones. */
export function isNullable({ item, isArray }: DeclaredType): boolean {
  return isArray || initialOf(item) === null;
}

/** The static type of a declared variable. */
export function typeOfDeclared({ item, isArray }: DeclaredType): Type {
  const found = ITEM_TYPES.get(item);
  if (found === undefined) return 'unknown';
  return isArray ? found.array : (found.kind ?? 'unknown');
}

/** Writes the type as its declaration does. */
export function declaredText({ item, isArray }: DeclaredType): string {
  return isArray ? `${item}[]` : item;
}
