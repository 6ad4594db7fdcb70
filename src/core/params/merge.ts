// Laying one setting of a parameter over another. Literals of MAP and STRING_MAP are merged key by key, at every depth;
// everything else is replaced, an expression by a literal and the other way round. Keys keep the order of the base, new
// ones follow. The merge is total, changes nothing when a setting meets itself, and is associative as long as literals of
// one shape meet: only then is a merge in between not lost.

import { type ValueType } from '../expression/value.ts';
import { type Json, type JsonObject } from '../json.ts';
import { inferType, isJsonObject } from './infer-type.ts';
import { type ParamMode, type ParamSource } from './mode.ts';
import { sameJson } from './same-json.ts';

/** A parameter with the value that it has for the whole run, in the JSON of `toJson`. */
export interface ResolvedParam {
  readonly name: string;
  readonly type: ValueType;
  readonly value: Json;
  /** What set the value. Absent: the definition. */
  readonly source?: ParamSource;
  /** The expression that gave the value, if another layer than the definition brought it. */
  readonly expression?: string;
  /** The mode, if a layer above the definition made it stricter. */
  readonly mode?: ParamMode;
  /** What held before, oldest first. The definition's own literal is not among them: the definition has it. */
  readonly overridden?: readonly ParamLayer[];
}

/** What one layer made of a parameter: the value that held, or an expression that was never evaluated. */
export interface ParamLayer {
  readonly source: ParamSource;
  readonly value?: Json;
  readonly expression?: string;
}

/** What a layer says about a value: a literal, whose texts may have `${name}` in them, or an expression. */
export type Setting =
  | { readonly kind: 'literal'; readonly json: Json }
  | { readonly kind: 'expression'; readonly source: string }
  /** A MAP whose members are settings themselves. */
  | { readonly kind: 'members'; readonly members: readonly MemberSetting[] };

/** One member of a MAP. */
export interface MemberSetting {
  readonly name: string;
  readonly type: ValueType;
  readonly setting: Setting;
}

/** Lays a setting over another of the same parameter. */
export function mergeSettings(type: ValueType, base: Setting | undefined, over: Setting): Setting {
  const isMap = type === 'map' || type === 'string_map';
  if (base?.kind === 'members' && over.kind === 'literal') return mergeMembers(base.members, over.json);
  if (!isMap || base?.kind !== 'literal' || over.kind !== 'literal') return over;
  return { kind: 'literal', json: mergeJson(base.json, over.json) };
}

/** Tells whether two settings say the same. */
export function sameSetting(one: Setting, other: Setting): boolean {
  if (one.kind === 'members') return other.kind === 'members' && sameMembers(one.members, other.members);
  if (one.kind === 'expression') return other.kind === 'expression' && one.source === other.source;
  return other.kind === 'literal' && sameJson(one.json, other.json);
}

/** Literals over the members of the same names; new ones follow. */
function mergeMembers(members: readonly MemberSetting[], over: Json): Setting {
  if (!isJsonObject(over)) return { kind: 'literal', json: over };
  const left = new Map(Object.entries(over));
  const merged = members.map((member): MemberSetting => {
    const json = left.get(member.name);
    left.delete(member.name);
    if (json === undefined) return member;
    return { ...member, setting: mergeSettings(member.type, member.setting, { kind: 'literal', json }) };
  });
  const added = Array.from(left, ([name, json]): MemberSetting => {
    return { name, type: inferType(json) ?? 'map', setting: { kind: 'literal', json } };
  });
  return { kind: 'members', members: [...merged, ...added] };
}

function sameMembers(one: readonly MemberSetting[], other: readonly MemberSetting[]): boolean {
  return (
    one.length === other.length &&
    one.every((member, index) => {
      const match = other[index];
      return match?.name === member.name && sameSetting(member.setting, match.setting);
    })
  );
}

function mergeJson(base: Json, over: Json): Json {
  return isJsonObject(base) && isJsonObject(over) ? mergeObjects(base, over) : over;
}

function mergeObjects(base: JsonObject, over: JsonObject): JsonObject {
  const members = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const below = members.get(key);
    members.set(key, below === undefined ? value : mergeJson(below, value));
  }
  return Object.fromEntries(members);
}
