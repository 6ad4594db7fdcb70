// What is different between two JSON values, in lines that a person can read: `timeout: 5m → 10m`, `env URL is new: "…"`.

import { type Json, type JsonObject } from '../json.ts';
import { isJsonArray, isJsonObject } from '../params/infer-type.ts';
import { sameJson } from '../params/same-json.ts';

const LONGEST = 60;

/** Every difference, one line each; none if the two hold the same. `name` is what the lines call the value. */
export function differences(name: string, before: Json | undefined, after: Json | undefined): readonly string[] {
  if (before === undefined) return after === undefined ? [] : [`${name} is new: ${shown(after)}`];
  if (after === undefined) return [`${name} is gone: it was ${shown(before)}`];
  if (sameJson(before, after)) return [];
  const members = memberPair(before, after);
  if (members !== undefined) return memberDifferences(name, ...members);
  if (isTexts(before) && isTexts(after)) return itemDifferences(name, before, after);
  if (typeof before === 'string' && typeof after === 'string' && isLong(before + after)) {
    return [`${name}: ${textDifference(linesOf(before), linesOf(after))}`];
  }
  return [`${name}: ${shown(before)} → ${shown(after)}`];
}

/** A value in a line. */
export function shown(value: Json): string {
  if (isTexts(value)) return clipped(value.join(', '));
  if (isLong(value)) {
    const lines = linesOf(value);
    return `${JSON.stringify(clipped(lines[0] ?? ''))} and ${lines.length === 2 ? '1 more line' : `${String(lines.length - 1)} more lines`}`;
  }
  return clipped(typeof value === 'string' && /^[\w./:-]+$/u.test(value) ? value : JSON.stringify(value));
}

/** Both as objects, if they are maps or lists of things with names. */
function memberPair(before: Json, after: Json): readonly [JsonObject, JsonObject] | undefined {
  const [one, other] = [isJsonObject(before) ? before : named(before), isJsonObject(after) ? after : named(after)];
  return one === undefined || other === undefined ? undefined : [one, other];
}

function memberDifferences(name: string, before: JsonObject, after: JsonObject): readonly string[] {
  const [one, other] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const keys = [...one.keys(), ...[...other.keys()].filter((key) => !one.has(key))];
  return keys.flatMap((key) => differences(name === '' ? key : `${name} ${key}`, one.get(key), other.get(key)));
}

/** A list of things with names, by their names; undefined if it is none. What is nothing but a name and a value is the value. */
function named(value: Json): JsonObject | undefined {
  if (!isJsonArray(value)) return undefined;
  const members = new Map<string, Json>();
  for (const item of value) {
    const name = isJsonObject(item) ? item['name'] : undefined;
    if (!isJsonObject(item) || typeof name !== 'string' || members.has(name)) return undefined;
    const { name: _, ...rest } = item;
    const [only] = Object.entries(rest);
    const isEntry = Object.keys(rest).length === 1 && (only?.[0] === 'value' || only?.[0] === 'type');
    members.set(name, isEntry ? only[1] : rest);
  }
  return Object.fromEntries(members);
}

function isTexts(value: Json): value is readonly string[] {
  return isJsonArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
}

function isLong(value: Json): value is string {
  return typeof value === 'string' && value.includes('\n');
}

function linesOf(text: string): readonly string[] {
  return text.trimEnd().split('\n');
}

function itemDifferences(name: string, before: readonly string[], after: readonly string[]): readonly string[] {
  const more = after.filter((item) => !before.includes(item));
  const fewer = before.filter((item) => !after.includes(item));
  if (more.length + fewer.length === 0) return [`${name}: the same in another order`];
  return [
    ...(more.length === 0 ? [] : [`${name}: ${clipped(more.join(', '))} added`]),
    ...(fewer.length === 0 ? [] : [`${name}: ${clipped(fewer.join(', '))} taken away`]),
  ];
}

function textDifference(before: readonly string[], after: readonly string[]): string {
  const first = before.findIndex((line, index) => line !== after[index]);
  const at = first < 0 ? before.length : first;
  const [old, now] = [before[at], after[at]];
  const change =
    old === undefined
      ? `${clipped(now ?? '')} added`
      : now === undefined
        ? `${clipped(old)} taken away`
        : `${clipped(old)} → ${clipped(now)}`;
  const lines = before.length === after.length ? '' : ` (${String(before.length)} → ${String(after.length)} lines)`;
  return `line ${String(at + 1)}: ${change}${lines}`;
}

function clipped(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > LONGEST ? `${trimmed.slice(0, LONGEST)}…` : trimmed;
}
