// The modes of the members of a MAP (maestro-behaviour §3.2): each member is at least as strict as the parameter that it is in.

import { type Json } from '../json.ts';
import { isJsonObject } from './infer-type.ts';
import { type Setting, sameSetting } from './merge.ts';
import { type ParamMode, type ParamWriter, isLooser, mayChange } from './mode.ts';

/** A member, and who may change it. */
export interface ModedMember {
  readonly name: string;
  /** Absent: that of what it is in. */
  readonly mode?: ParamMode;
  readonly members?: readonly ModedMember[];
}

/** A member that may not be changed so, by its path from the parameter on. */
export interface ForbiddenMember {
  readonly path: readonly string[];
  readonly mode: ParamMode;
}

/** What holds, and what is laid over it. */
interface Change {
  readonly held: Setting | undefined;
  readonly over: Json;
  /** The mode of what the members are in. */
  readonly mode: ParamMode;
  readonly source: ParamWriter;
}

/** The first member that would get another value and may not; undefined if all may be as they are given. */
export function forbiddenMember(members: readonly ModedMember[], change: Change): ForbiddenMember | undefined {
  const { over, source } = change;
  if (!isJsonObject(over)) return undefined;
  for (const { name, mode: own = 'mutable', members: inner } of members) {
    const json = over[name];
    if (json === undefined) continue;
    const mode = isLooser(own, change.mode) ? change.mode : own;
    const held = memberOf(change.held, name);
    if (inner !== undefined) {
      const found = forbiddenMember(inner, { held, over: json, mode, source });
      if (found !== undefined) return { ...found, path: [name, ...found.path] };
    } else if (!mayChange(mode, source) && !isSame(held, json)) return { path: [name], mode };
  }
  return undefined;
}

function memberOf(setting: Setting | undefined, name: string): Setting | undefined {
  if (setting?.kind === 'members') return setting.members.find((member) => member.name === name)?.setting;
  if (setting?.kind !== 'literal' || !isJsonObject(setting.json)) return undefined;
  const json = setting.json[name];
  return json === undefined ? undefined : { kind: 'literal', json };
}

function isSame(held: Setting | undefined, json: Json): boolean {
  return held !== undefined && sameSetting(held, { kind: 'literal', json });
}
