// What a start, a trigger or a restart gives, judged against what holds: does the parameter exist, has the value its
// type, and may this writer change it at all.

import { nearest } from '../expression/nearest.ts';
import { type ValueType } from '../expression/value.ts';
import { type Json } from '../json.ts';
import { type Refusal } from '../refusal.ts';
import { type Result, failed, success } from '../result.ts';
import { DEFAULT_PARAMS, isSettableDefault } from './defaults.ts';
import { quoted } from './fill.ts';
import { type Setting, mergeSettings, sameSetting } from './merge.ts';
import { type ModedMember, forbiddenMember } from './member-modes.ts';
import { type ParamMode, type ParamSource, isLooser, mayChange, whoMaySet, writerName } from './mode.ts';
import { isReservedParam } from './reserved.ts';
import { fromJson, toJson } from './value.ts';

/** A value for a parameter, or an expression for it, or neither to make only its mode stricter. */
export interface GivenParam {
  readonly name: string;
  /** As it stands: `${…}` in it is not filled in. */
  readonly value?: Json;
  readonly expression?: string;
  readonly mode?: ParamMode;
}

/** How a parameter stands before anything is given. */
export interface Standing {
  readonly name: string;
  readonly type: ValueType;
  readonly mode: ParamMode;
  readonly setting: Setting | undefined;
  /** The members of a MAP, with modes of their own. */
  readonly members?: readonly ModedMember[] | undefined;
}

/** What becomes of it. */
export interface Changed {
  readonly setting: Setting | undefined;
  readonly mode: ParamMode;
  /** Whether the setting is another one than before. */
  readonly isNew: boolean;
}

/** Lays what is given over what holds, or says why that may not be. What changes nothing is always accepted. */
export function applyGiven(standing: Standing, given: GivenParam, source: ParamSource): Result<Changed, Refusal> {
  const { name, type } = standing;
  const over = settingOf(type, given);
  if (!over.ok) return failed(badValue(name, over.failure));
  const mode = given.mode ?? standing.mode;
  const setting = over.value === undefined ? standing.setting : mergeSettings(type, standing.setting, over.value);
  const isSame =
    setting === standing.setting ||
    (standing.setting !== undefined && setting !== undefined && sameSetting(standing.setting, setting));
  if (isSame && mode === standing.mode) return success({ setting: standing.setting, mode, isNew: false });
  if (!mayChange(standing.mode, source)) return failed(notWritable(standing, source));
  if (isLooser(mode, standing.mode)) return failed(loosened(standing, mode));
  const forbidden = forbiddenIn(standing, over.value, source);
  if (forbidden !== undefined) return failed(notWritable(forbidden, source));
  return success({ setting, mode, isNew: !isSame });
}

/** A member of a MAP that the writer may not change, as if it were a parameter by itself. */
function forbiddenIn(
  { name, mode, setting, members = [] }: Standing,
  over: Setting | undefined,
  source: ParamSource,
): Pick<Standing, 'name' | 'mode'> | undefined {
  if (over?.kind !== 'literal') return undefined;
  const found = forbiddenMember(members, { held: setting, over: over.json, mode, source });
  return found && { name: [name, ...found.path].join('.'), mode: found.mode };
}

function settingOf(type: ValueType, { value, expression }: GivenParam): Result<Setting | undefined, string> {
  if (expression !== undefined) {
    if (value !== undefined) return failed('it is given as a value and as an expression, and only one can hold');
    return success({ kind: 'expression', source: expression });
  }
  if (value === undefined) return success(undefined);
  if (value === null) return failed(`a ${type} is wanted, and null is no value`);
  const read = fromJson(type, value);
  return read.ok ? success({ kind: 'literal', json: quoted(type, toJson(type, read.value)) }) : read;
}

function notWritable({ name, mode }: Pick<Standing, 'name' | 'mode'>, source: ParamSource): Refusal {
  return {
    ...badParam(name, `The parameter "${name}" is ${mode}, so ${writerName(source)} may not change it.`),
    hint: whoMaySet(mode),
  };
}

function loosened({ name, mode }: Standing, wanted: ParamMode): Refusal {
  return {
    ...badParam(name, `The parameter "${name}" is ${mode}, and its mode cannot be loosened to ${wanted}.`),
    hint: `Leave the mode out, or give one that is at least as strict as ${mode}.`,
  };
}

/** The refusal of a value that does not fit. */
export function badValue(name: string, why: string): Refusal {
  return badParam(name, `The parameter "${name}" cannot have this value: ${why}.`);
}

/** A refusal about one parameter. */
export function badParam(name: string, message: string): Refusal {
  return { code: 'BAD_INPUT', message, path: ['params', name] };
}

/** Refuses names that nothing is known of, names that are reserved, and names that come twice. */
export function nameRefusals(declared: readonly string[], given: readonly GivenParam[]): readonly Refusal[] {
  const known = new Set(declared);
  const names = new Set(given.map(({ name }) => name));
  const strange = [...names].flatMap((name): readonly Refusal[] => {
    if (isReservedParam(name)) return [reserved(name)];
    if (known.has(name) || isSettableDefault(name)) return [];
    return [DEFAULT_PARAMS.has(name) ? reserved(name) : unknown(name, declared)];
  });
  return [...strange, ...repeated(given)];
}

function reserved(name: string): Refusal {
  return {
    ...badParam(name, `"${name}" is reserved: Downbeat itself gives this name its meaning.`),
    hint: 'Leave it out, or declare a parameter of another name.',
  };
}

const SHOWN_NAMES = 20;

function unknown(name: string, declared: readonly string[]): Refusal {
  const near = nearest(name, declared) ?? nearest(name, [...DEFAULT_PARAMS.keys()].filter(isSettableDefault));
  return { ...badParam(name, `The workflow has no parameter "${name}".`), hint: unknownHint(declared, near) };
}

function unknownHint(names: readonly string[], near: string | undefined): string {
  if (near !== undefined) return `Did you mean "${near}"?`;
  if (names.length === 0) return 'It takes no parameters; declare them in its definition under "params".';
  const more = names.length > SHOWN_NAMES ? ', …' : '';
  return `Its parameters: ${names.slice(0, SHOWN_NAMES).join(', ')}${more}.`;
}

function repeated(given: readonly GivenParam[]): readonly Refusal[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { name } of given) {
    if (seen.has(name)) twice.add(name);
    seen.add(name);
  }
  return Array.from(twice, (name) => badParam(name, `The parameter "${name}" is given more than once.`));
}
