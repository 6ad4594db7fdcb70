// What `steps.<id>` leads to: the outputs of a step, the steps inside a loop with the outputs of all its iterations, or
// the steps of another workflow, which are not known yet.

import { type ValueType } from '../expression/value.ts';
import { type StepDefinition } from './model.ts';

/** The type of a name, if it is known before the run. */
export type NameType = ValueType | 'unknown';

/** What stands behind the id of a step. */
export type StepNames =
  | { readonly kind: 'outputs'; readonly outputs: ReadonlyMap<string, NameType> }
  | { readonly kind: 'loop'; readonly steps: ReadonlyMap<string, StepNames> }
  | { readonly kind: 'workflow'; readonly isAsync: boolean }
  /** It waits for a signal: whatever parameters that has. */
  | { readonly kind: 'signal' }
  /** It waits for several, each under a name. */
  | { readonly kind: 'signals'; readonly as: readonly string[] }
  /** The step could not be read: anything may be there. */
  | { readonly kind: 'unknown' };

/** Whether what the path leads to could not be read. */
type Doubt = (...path: readonly string[]) => boolean;

/** What stands behind the id of this step, seen from outside of it. */
export function stepNamesOf(step: StepDefinition, path: readonly string[], isDoubtful: Doubt): StepNames {
  const { work } = step;
  if (isDoubtful(...path, 'work') || isDoubtful(...path, 'outputs')) return { kind: 'unknown' };
  if (work.kind === 'workflow') return { kind: 'workflow', isAsync: work.async === true };
  if (work.kind === 'wait') return waitNames(step, isDoubtful(...path, 'wait'));
  if (work.kind !== 'foreach' && work.kind !== 'while') {
    return { kind: 'outputs', outputs: outputsOf(step, path, isDoubtful) };
  }
  const list = [...path, 'steps'];
  if (isDoubtful(...list)) return { kind: 'unknown' };
  const inside = work.steps.map((inner, index): [string, StepNames] => [
    inner.id,
    ofAllIterations(stepNamesOf(inner, [...list, String(index)], isDoubtful)),
  ]);
  return { kind: 'loop', steps: new Map(inside) };
}

/** What a step that waits gives: the parameters of the signal, or under a name those of each. */
function waitNames({ waits = [] }: StepDefinition, isDoubtful: boolean): StepNames {
  if (isDoubtful) return { kind: 'unknown' };
  const as = waits.flatMap((wait) => (wait.as === undefined ? [] : [wait.as]));
  return as.length === 0 ? { kind: 'signal' } : { kind: 'signals', as };
}

function outputsOf(step: StepDefinition, path: readonly string[], isDoubtful: Doubt): ReadonlyMap<string, NameType> {
  return new Map(step.outputs.map(({ name, type }) => [name, isDoubtful(...path, 'outputs', name) ? 'unknown' : type]));
}

/** What an iteration gives as one value, the loop gives as the array of them. */
function ofAllIterations(names: StepNames): StepNames {
  if (names.kind === 'outputs') {
    return { kind: 'outputs', outputs: new Map(Array.from(names.outputs, ([name, type]) => [name, arrayOf(type)])) };
  }
  if (names.kind === 'signals') {
    return { kind: 'outputs', outputs: new Map(names.as.map((as) => [as, 'unknown'])) };
  }
  if (names.kind !== 'loop') return names;
  return { kind: 'loop', steps: new Map(Array.from(names.steps, ([id, inner]) => [id, ofAllIterations(inner)])) };
}

const ARRAYS: ReadonlyMap<NameType, ValueType> = new Map([
  ['string', 'string_array'],
  ['long', 'long_array'],
  ['double', 'double_array'],
  ['boolean', 'boolean_array'],
]);

/** There is no type for arrays of arrays and of maps. */
function arrayOf(type: NameType): NameType {
  return ARRAYS.get(type) ?? 'unknown';
}

/** Where a path of names behind a step's id ends. */
export interface Walk {
  /** The type of the output; undefined if the path ends before one. */
  readonly type: NameType | undefined;
  /** How many of the members lead there; the next one, if any, is not there. */
  readonly used: number;
  /** What was reached. */
  readonly end: StepNames;
}

/** Follows the members behind a step's id, as far as an output. */
export function walk(names: StepNames, members: readonly string[], used = 0): Walk {
  const member = members[used];
  if (names.kind === 'unknown') return { type: 'unknown', used, end: names };
  if (names.kind === 'workflow') {
    const isOutput = !names.isAsync && members.length >= used + 2;
    return { type: isOutput ? 'unknown' : undefined, used, end: names };
  }
  if (member === undefined) return { type: undefined, used, end: names };
  if (names.kind === 'outputs') {
    const type = names.outputs.get(member);
    return { type, used: type === undefined ? used : used + 1, end: names };
  }
  if (names.kind === 'signal') return { type: 'unknown', used: used + 1, end: names };
  const inner = names.kind === 'signals' ? oneSignal(names.as, member) : names.steps.get(member);
  return inner === undefined ? { type: undefined, used, end: names } : walk(inner, members, used + 1);
}

function oneSignal(as: readonly string[], member: string): StepNames | undefined {
  return as.includes(member) ? { kind: 'signal' } : undefined;
}

/** The names that may follow, for suggestions. */
export function membersOf(names: StepNames): readonly string[] {
  if (names.kind === 'outputs') return [...names.outputs.keys()];
  if (names.kind === 'signals') return names.as;
  return names.kind === 'loop' ? [...names.steps.keys()] : [];
}

/** The steps as they are seen from one place of the definition. */
export interface StepScope {
  readonly look: (id: string) => StepSight;
  /** The steps of this list and of those around it, for suggestions. */
  readonly ids: () => readonly string[];
  /** The step at hand, for messages. */
  readonly id: string;
}

/** What can be seen of a step. */
export type StepSight =
  /** It is complete for sure by then. */
  | { readonly kind: 'complete'; readonly names: StepNames }
  /** It may not be complete by then, unless `waiter` waits for it: the step at hand, or the loop that it is inside of. */
  | { readonly kind: 'incomplete'; readonly names: StepNames; readonly waiter: string }
  | { readonly kind: 'self' }
  /** The step at hand is inside it. */
  | { readonly kind: 'around' }
  /** It is inside loops, and `path` is the way to it from here: their ids and its own. */
  | { readonly kind: 'inside'; readonly path: readonly string[] }
  /** It stands under `finally`, and the step at hand does not. */
  | { readonly kind: 'final' }
  | { readonly kind: 'nowhere' }
  /** It is not there, but something that could be it could not be read. */
  | { readonly kind: 'unknown' };
