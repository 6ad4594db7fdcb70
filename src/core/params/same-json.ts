// Whether two JSON values are the same; the order of an object's keys does not count.

import { type Json } from '../json.ts';
import { isJsonArray, isJsonObject } from './infer-type.ts';

/** Compares two JSON values by what they hold. */
export function sameJson(one: Json, other: Json): boolean {
  if (isJsonArray(one) && isJsonArray(other)) {
    return one.length === other.length && one.every((item, index) => sameJson(item, other[index] ?? null));
  }
  if (isJsonObject(one) && isJsonObject(other)) {
    const members = new Map(Object.entries(other));
    const own = Object.entries(one);
    return own.length === members.size && own.every(([key, item]) => isMember(members, key, item));
  }
  return Object.is(one, other);
}

function isMember(members: ReadonlyMap<string, Json>, key: string, item: Json): boolean {
  const member = members.get(key);
  return member !== undefined && sameJson(item, member);
}
