// What can be seen from each place of a definition: parameters, the names of the loops around, and the steps that are
// complete by then. Everything is found when it is first asked for, since most definitions ask for little.

import { compile } from '../expression/compile.ts';
import { DEFAULT_PARAMS } from '../params/defaults.ts';
import { itemTypeOf } from './item-type.ts';
import { type Definition, type LoopValues } from './model.ts';
import { LOOP_INDEX, RUN_OF_STEP, type Scope, type SignalScope, namesOf } from './names.ts';
import { once, remembered } from './remembered.ts';
import { type PlacedLoop, type PlacedStep, type StepList, loopsAround } from './step-lists.ts';
import { type NameType } from './step-names.ts';
import { type StepViews } from './step-views.ts';

/** The scopes of a definition. */
export interface Scopes {
  /** What the conditions, the environment and the like of a step see: all that is complete before it begins. */
  readonly scopeOf: (placed: PlacedStep) => Scope;
  /** The same with the loop's own names: what the condition of a `while` sees. */
  readonly scopeWithin: (loop: PlacedLoop) => Scope;
}

/** Whether what the path leads to could not be read. */
type Doubt = (...path: readonly string[]) => boolean;

/** Makes the scopes of a definition. */
export function scopesOf(
  definition: Definition,
  lists: readonly StepList[],
  { look }: StepViews,
  isDoubtful: Doubt,
): Scopes {
  const shared = {
    ...paramsOf(definition, isDoubtful),
    loopOf: loopFinder(lists),
    run: RUN_OF_STEP,
    signal: signalOfSteps(definition, isDoubtful('triggers')),
  };
  const localsInside = (loop: PlacedLoop): Locals => {
    const outer = localsIn(loop.list);
    const isReadable = !isDoubtful(...loop.path, loop.work.kind === 'foreach' ? 'foreach' : 'values');
    const names = new Map([...outer.names, ...ownNames(loop, scopeOf, isDoubtful)]);
    return { names, isComplete: outer.isComplete && isReadable };
  };
  const localsIn = remembered(({ loop }: StepList): Locals => (loop === undefined ? NONE : localsInside(loop)));
  const scopeWith = (placed: PlacedStep, { names, isComplete }: Locals): Scope => ({
    ...shared,
    locals: names,
    isComplete: shared.isComplete && isComplete,
    steps: { look: (id) => look(placed, id), ids: () => idsAround(placed), id: placed.step.id },
  });
  const scopeOf = (placed: PlacedStep): Scope => scopeWith(placed, localsIn(placed.list));
  return { scopeOf, scopeWithin: (loop) => scopeWith(loop, localsInside(loop)) };
}

interface Locals {
  readonly names: ReadonlyMap<string, NameType>;
  readonly isComplete: boolean;
}

const NONE: Locals = { names: new Map(), isComplete: true };

function paramsOf({ params }: Definition, isDoubtful: Doubt): Pick<Scope, 'params' | 'isComplete'> {
  const types = params.map(({ name, type }): [string, NameType] => [
    name,
    isDoubtful('params', name) ? 'unknown' : type,
  ]);
  return { params: new Map([...DEFAULT_PARAMS, ...types]), isComplete: !isDoubtful('params') };
}

/** The signals that a run of this definition may have been started by. */
export function signalOfSteps({ triggers }: Definition, isDoubtful: boolean): SignalScope {
  const joined = triggers.flatMap((trigger) => ('slots' in trigger ? trigger.slots.map(({ as }) => as) : []));
  if (isDoubtful) return { isThere: true, joined: undefined };
  if (joined.length > 0 || triggers.some((trigger) => trigger.kind === 'signal')) return { isThere: true, joined };
  return { isThere: false, why: 'the workflow has no signal trigger' };
}

/** The names that a loop gives to its own steps. */
function ownNames(
  loop: PlacedLoop,
  scopeOf: Scopes['scopeOf'],
  isDoubtful: Doubt,
): readonly (readonly [string, NameType])[] {
  const { work, path } = loop;
  const own =
    work.kind === 'foreach'
      ? work.over.map((values): readonly [string, NameType] => {
          const isKnown = !isDoubtful(...path, 'foreach', values.name);
          return [values.name, isKnown ? typeOfValues(values, () => scopeOf(loop)) : 'unknown'];
        })
      : work.values.map(({ name, type }): readonly [string, NameType] => [
          name,
          isDoubtful(...path, 'values', name) ? 'unknown' : type,
        ]);
  return [...own, [LOOP_INDEX, 'long']];
}

function typeOfValues(values: LoopValues, scope: () => Scope): NameType {
  if ('values' in values) return values.type;
  const expression = compile(values.expression);
  return (expression.ok ? itemTypeOf(expression.value, namesOf(scope())) : undefined) ?? 'unknown';
}

function idsAround({ list }: PlacedStep): readonly string[] {
  return [list, ...loopsAround(list).map((loop) => loop.list)].flatMap(({ steps }) => steps.map(({ id }) => id));
}

/** Finds the loop that a name belongs to. */
function loopFinder(lists: readonly StepList[]): Scope['loopOf'] {
  const byName = once(() => new Map(lists.flatMap(({ loop }) => (loop === undefined ? [] : namesOfLoop(loop)))));
  return (name) => byName().get(name);
}

function namesOfLoop({ step, work }: PlacedLoop): readonly (readonly [string, string])[] {
  const own = work.kind === 'foreach' ? work.over : work.values;
  return own.map(({ name }) => [name, step.id]);
}
