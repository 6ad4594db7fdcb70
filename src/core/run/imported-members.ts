// The members of the parameters `kubernetes` and `notebook` as a step has worked them out: whether they hold what they must, and
// what they hold. What is empty counts as not there.

import { type MemberContent, type Members, INNER_MEMBERS } from '../definition/maestro/pod-members.ts';
import { nearest } from '../expression/nearest.ts';
import { type Entry, type Json, type JsonObject } from '../json.ts';
import { isJsonArray, isJsonObject } from '../params/infer-type.ts';
import { type ResolvedParam } from '../params/merge.ts';
import { type Result, failed, success } from '../result.ts';

/** The MAP of that name; the failure says what is wrong with it or the first of its members that is. */
export function importedMap(
  params: readonly ResolvedParam[],
  name: string,
  members: Members,
): Result<JsonObject, string> {
  const json = params.find((param) => param.name === name)?.value;
  if (json === undefined || !isJsonObject(json)) return failed(`there is no MAP \`${name}\``);
  const fault = faultIn(name, json, members);
  return fault === undefined ? success(json) : failed(fault);
}

function faultIn(owner: string, json: JsonObject, members: Members): string | undefined {
  for (const [name, member] of Object.entries(json)) {
    const content = members.get(name);
    if (content === undefined) return unknown(owner, name, [...members.keys()]);
    const fault = member === null ? undefined : faultOf(`${owner}.${name}`, member, content);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function unknown(owner: string, name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const instead = near === undefined ? `there are ${known.join(', ')}` : `did you mean "${near}"?`;
  return `\`${owner}\` has no member "${name}": ${instead}`;
}

function faultOf(owner: string, json: Json, content: MemberContent): string | undefined {
  switch (content) {
    case 'text':
      return isText(json) ? undefined : `\`${owner}\` is no text`;
    case 'words':
      return isWords(json) ? undefined : `\`${owner}\` is no list of words`;
    case 'texts':
      return isJsonObject(json) ? undefined : `\`${owner}\` is no map of texts`;
    case 'arguments':
      return isText(json) || isWords(json) || isJsonObject(json)
        ? undefined
        : `\`${owner}\` is no text, no list of words and no map of texts`;
    case 'pre_stop':
    case 'exec':
      return isJsonObject(json) ? faultIn(owner, json, INNER_MEMBERS[content]) : `\`${owner}\` is no map`;
  }
}

function isText(json: Json): json is string | number {
  return typeof json === 'string' || typeof json === 'number';
}

function isWords(json: Json): boolean {
  return isJsonArray(json) && json.every((item) => isText(item) || typeof item === 'boolean');
}

/** The text of a member. */
export function textAt(map: JsonObject, name: string): string | undefined {
  const json = map[name];
  const text = json === undefined || !isText(json) ? '' : String(json);
  return text === '' ? undefined : text;
}

/** The words of a member. */
export function wordsAt(map: JsonObject, name: string): readonly string[] | undefined {
  const json = map[name];
  return json !== undefined && isJsonArray(json) && json.length > 0 ? json.map(plainText) : undefined;
}

/** The texts of a member that is a map, by their names. */
export function textsAt(map: JsonObject, name: string): readonly Entry<string>[] {
  return Object.entries(mapAt(map, name)).flatMap(([key, json]) =>
    json === null ? [] : [{ name: key, value: plainText(json) }],
  );
}

/** A member that is a map; one that is not there has no members. */
export function mapAt(map: JsonObject, name: string): JsonObject {
  const json = map[name];
  return json !== undefined && isJsonObject(json) ? json : {};
}

function plainText(json: Json): string {
  return typeof json === 'string' ? json : JSON.stringify(json);
}
