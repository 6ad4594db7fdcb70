// Plain JSON values as MongoDB can keep them, and back, unchanged. Most values go as they are. An object or text that BSON
// would alter or refuse (keys such as `$ref`, `_bsontype` or `__proto__`, null characters in keys, half surrogate pairs, deep
// nesting) goes as JSON text inside `{ $json: … }`. Every object with a key that begins with `$` does, so nothing is ambiguous.

const MARK = '$json';
/** MongoDB takes 100 levels; a document of ours has a few above every value. */
const DEEPEST = 60;
const AWKWARD_KEY = /^\$|^__proto__$|^_bsontype$|^toBSON$|\u0000|\p{Surrogate}/u;
const HALF_PAIR = /\p{Surrogate}/u;

/** The value to store. Shares whatever needs no change. */
export function toStored(value: unknown): unknown {
  return stored(value, 0);
}

/** The value that was stored. */
export function fromStored(value: unknown): unknown {
  return restored(value);
}

function stored(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return HALF_PAIR.test(value) ? asText(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEEPEST) return asText(value);
  if (Array.isArray(value)) return mapped(value, (item) => stored(item, depth + 1));
  if (Object.keys(value).some((key) => AWKWARD_KEY.test(key))) return asText(value);
  return mappedFields(value, (field) => stored(field, depth + 1));
}

function restored(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return mapped(value, restored);
  const text = (value as Readonly<Record<string, unknown>>)[MARK];
  if (typeof text === 'string') return JSON.parse(text) as unknown;
  return mappedFields(value, restored);
}

function asText(value: unknown): Readonly<Record<string, string>> {
  return { [MARK]: JSON.stringify(value) };
}

function mapped(items: readonly unknown[], map: (item: unknown) => unknown): unknown {
  let changed: unknown[] | undefined;
  for (const [index, item] of items.entries()) {
    const result = map(item);
    if (result !== item) (changed ??= [...items])[index] = result;
  }
  return changed ?? items;
}

function mappedFields(object: object, map: (field: unknown) => unknown): object {
  let changed: Record<string, unknown> | undefined;
  for (const [key, field] of Object.entries(object) as [string, unknown][]) {
    const result = map(field);
    if (result !== field) (changed ??= { ...object })[key] = result;
  }
  return changed ?? object;
}
