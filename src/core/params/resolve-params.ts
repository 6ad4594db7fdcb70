// The parameters of a run when it is made: the workflow's declarations, overridden by what a start, a trigger, another
// workflow or a restart gives, and worked out. A restart begins with the values that held before: a constant keeps its
// value, an immutable parameter is worked out anew from its definition, all others keep what was in effect.

import { type ValueType } from '../expression/value.ts';
import { type Json } from '../json.ts';
import { type Refusal } from '../refusal.ts';
import { type Result, failed, success } from '../result.ts';
import { DEFAULT_PARAMS, isSettableDefault } from './defaults.ts';
import { type Formula, LONGEST_PARAMS, type Surroundings, evaluateParams, tooLong } from './evaluate-params.ts';
import { hasTemplates, quoted } from './fill.ts';
import { type Changed, type GivenParam, applyGiven, badParam, nameRefusals } from './given.ts';
import { type MemberSetting, type ParamLayer, type ResolvedParam, type Setting } from './merge.ts';
import { type ParamMode, type ParamSource } from './mode.ts';

/** What a workflow says about one parameter. A definition's `ParamDeclaration` is one. */
export interface Declared {
  readonly name: string;
  readonly type: ValueType;
  /** Its texts may have `${name}` in them. Absent, and no expression: the start must give it. */
  readonly value?: Json;
  readonly expression?: string;
  /** The members of a MAP, each declared by itself. Never together with `value`. */
  readonly members?: readonly Declared[];
  /** Absent: `mutable`. */
  readonly mode?: ParamMode;
}

/** How a run comes about. */
export interface Occasion extends Surroundings {
  /** Who gives what is given. */
  readonly source: ParamSource;
  /** What the run had before, if it is started again. */
  readonly previous?: readonly ResolvedParam[];
}

/**
 * Resolves the parameters of a run in the order of their declarations, then the default parameters that were given; or
 * says everything that is wrong with them.
 */
export function resolveParams(
  declarations: readonly Declared[],
  given: readonly GivenParam[],
  occasion: Occasion,
): Result<readonly ResolvedParam[], readonly Refusal[]> {
  const names = declarations.map(({ name }) => name);
  const refusals = [...nameRefusals(names, given)];
  const wanted = new Map(given.map((one) => [one.name, one]));
  const previous = new Map(occasion.previous?.map((one) => [one.name, one]));
  const cells: Cell[] = [];
  for (const declared of [...declarations, ...settableDefaults(names, wanted, previous)]) {
    const cell = cellOf(declared, wanted.get(declared.name), {
      source: occasion.source,
      held: previous.get(declared.name),
    });
    if (cell.ok) cells.push(cell.value);
    else refusals.push(cell.failure);
  }
  if (refusals.length > 0) return failed(refusals);
  const values = evaluateParams(cells, occasion);
  return values.ok ? withinLimit(cells.map((cell) => resolved(cell, values.value.get(cell.name) ?? null))) : values;
}

/** A parameter about to be worked out, and how it came to be so. */
interface Cell extends Formula {
  readonly trace: Pick<ResolvedParam, 'source' | 'expression' | 'mode' | 'overridden'>;
}

/** Default parameters are declared by us, and only looked at if somebody gives or gave them. */
function settableDefaults(
  names: readonly string[],
  ...wanted: readonly ReadonlyMap<string, unknown>[]
): readonly Declared[] {
  const own = new Set(names);
  return [...DEFAULT_PARAMS]
    .filter(([name]) => !own.has(name) && isSettableDefault(name) && wanted.some((map) => map.has(name)))
    .map(([name, type]) => ({ name, type, mode: 'mutable_on_start' }));
}

interface Before {
  readonly source: ParamSource;
  readonly held: ResolvedParam | undefined;
}

function cellOf(declared: Declared, given: GivenParam | undefined, before: Before): Result<Cell, Refusal> {
  const { name, type } = declared;
  const { source, held } = before;
  const mode = held?.mode ?? declared.mode ?? 'mutable';
  const standing = { name, type, mode, setting: settingBefore(declared, mode, held), members: declared.members };
  const changed = given === undefined ? unchanged(standing) : applyGiven(standing, given, source);
  if (!changed.ok) return changed;
  const { setting } = changed.value;
  if (setting === undefined) return failed(missing(declared, source));
  const origin = changed.value.isNew ? newOrigin(declared, given, before) : originOf(held);
  const isStricter = changed.value.mode !== (declared.mode ?? 'mutable');
  return success({ name, type, setting, trace: { ...origin, ...(isStricter ? { mode: changed.value.mode } : {}) } });
}

function unchanged(standing: Omit<Changed, 'isNew'>): Result<Changed, Refusal> {
  return success({ ...standing, isNew: false });
}

function settingBefore(declared: Declared, mode: ParamMode, held: ResolvedParam | undefined): Setting | undefined {
  if (held === undefined) return declaredSetting(declared);
  if (mode === 'immutable') {
    if (held.source === undefined) return declaredSetting(declared);
    if (held.expression !== undefined) return { kind: 'expression', source: held.expression };
  }
  return { kind: 'literal', json: quoted(declared.type, held.value) };
}

/** What a declaration itself says about the value; undefined if it leaves that to the start. */
export function declaredSetting({ value, expression, members }: Declared): Setting | undefined {
  if (members !== undefined) return { kind: 'members', members: members.flatMap(memberSetting) };
  if (expression !== undefined) return { kind: 'expression', source: expression };
  return value === undefined ? undefined : { kind: 'literal', json: value };
}

function memberSetting(member: Declared): readonly MemberSetting[] {
  const setting = declaredSetting(member);
  return setting === undefined ? [] : [{ name: member.name, type: member.type, setting }];
}

type Origin = Pick<ResolvedParam, 'source' | 'expression' | 'overridden'>;

function originOf(held: ResolvedParam | undefined): Origin {
  return {
    ...(held?.source === undefined ? {} : { source: held.source }),
    ...(held?.expression === undefined ? {} : { expression: held.expression }),
    ...(held?.overridden === undefined ? {} : { overridden: held.overridden }),
  };
}

function newOrigin(declared: Declared, given: GivenParam | undefined, { source, held }: Before): Origin {
  const overridden = [...(held?.overridden ?? []), ...(held === undefined ? [] : layersOf(declared, held))];
  return {
    source,
    ...(given?.expression === undefined ? {} : { expression: given.expression }),
    ...(overridden.length === 0 ? {} : { overridden }),
  };
}

/** What is overridden by a restart. The definition's own plain literal need not be written down again. */
function layersOf(declared: Declared, { source, value, expression }: ResolvedParam): readonly ParamLayer[] {
  if (source !== undefined) return [{ source, value, ...(expression === undefined ? {} : { expression }) }];
  return isPlain(declared) ? [] : [{ source: 'DEFINITION', value }];
}

function isPlain({ type, value, expression, members }: Declared): boolean {
  return expression === undefined && members === undefined && (value === undefined || !hasTemplates(type, value));
}

function missing({ name, type }: Declared, source: ParamSource): Refusal {
  const message = `The parameter "${name}" (${type}) has no value, neither in the workflow nor at this start.`;
  const hint =
    source === 'TIME_TRIGGER' || source === 'SIGNAL'
      ? `Let the trigger give it: params: { ${name}: … }`
      : `Give it at the start, on the command line as -p ${name}=…`;
  return { ...badParam(name, message), hint };
}

function resolved({ name, type, trace }: Cell, value: Json): ResolvedParam {
  return { name, type, value, ...trace };
}

function withinLimit(params: readonly ResolvedParam[]): Result<readonly ResolvedParam[], readonly Refusal[]> {
  const length = params.reduce((sum, { value, overridden }) => sum + lengthOf(value) + lengthOf(overridden), 0);
  return length > LONGEST_PARAMS ? failed([tooLong()]) : success(params);
}

function lengthOf(part: Json | readonly ParamLayer[] | undefined): number {
  return part === undefined ? 0 : JSON.stringify(part).length;
}
