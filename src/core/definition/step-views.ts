// What a step can see of another: of its own list, of the lists around it and – from `finally` – of the workflow's own
// steps, those that are complete by then; of any other step, where it stands instead.

import { ancestryOf } from './ancestors.ts';
import { orderSteps, type StepOrder } from './order.ts';
import { once, remembered } from './remembered.ts';
import { type PlacedStep, type StepList, loopsAround, stepsIn } from './step-lists.ts';
import { type StepNames, type StepSight, stepNamesOf } from './step-names.ts';

/** The steps of a definition as they see one another. */
export interface StepViews {
  readonly look: (from: PlacedStep, id: string) => StepSight;
  readonly orderOf: (list: StepList) => StepOrder;
  /** The step with this id, wherever it stands; of two, the first. */
  readonly find: (id: string) => PlacedStep | undefined;
}

/** One list, with what is asked of it. */
interface View {
  readonly indexes: ReadonlyMap<string, number>;
  readonly isBefore: (earlier: number, later: number) => boolean;
  readonly namesAt: (index: number) => StepNames;
}

/** Prepares the views of all lists, of which the first is the workflow's own. */
export function stepViews(lists: readonly StepList[], isDoubtful: (...path: readonly string[]) => boolean): StepViews {
  const orderOf = remembered((list: StepList) => orderSteps(list.steps));
  const ancestryIn = remembered((list: StepList) => ancestryOf(orderOf(list)));
  const viewOf = remembered((list: StepList): View => ({
    indexes: new Map(list.steps.map(({ id }, index) => [id, index])),
    isBefore: (earlier, later) => orderOf(list).cycles.length > 0 || ancestryIn(list)(earlier, later),
    namesAt: remembered((index) => {
      const step = list.steps[index];
      return step === undefined ? { kind: 'unknown' } : stepNamesOf(step, [...list.path, String(index)], isDoubtful);
    }),
  }));
  const find = finder(lists);
  const isReadable = once(() => !lists.some(({ path }) => isDoubtful(...path)));
  const look = (from: PlacedStep, id: string): StepSight => {
    const seen = lookAround(from, id, viewOf) ?? lookBack(from, id, lists, viewOf);
    if (seen !== undefined) return seen;
    const target = find(id);
    if (target === undefined) return { kind: isReadable() ? 'nowhere' : 'unknown' };
    return elsewhere(from, target);
  };
  return { look, orderOf, find };
}

/** In the step's own list and in those around it. */
function lookAround(from: PlacedStep, id: string, viewOf: (list: StepList) => View): StepSight | undefined {
  for (let at: PlacedStep | undefined = from; at !== undefined; at = at.list.loop) {
    const view = viewOf(at.list);
    const index = view.indexes.get(id);
    if (index === undefined) continue;
    if (index === at.index) return { kind: at === from ? 'self' : 'around' };
    const names = view.namesAt(index);
    if (view.isBefore(index, at.index)) return { kind: 'complete', names };
    return { kind: 'incomplete', names, waiter: at.step.id };
  }
  return undefined;
}

/** From `finally` on the workflow's own steps: all of them have ended by then. */
function lookBack(
  from: PlacedStep,
  id: string,
  [main]: readonly StepList[],
  viewOf: (list: StepList) => View,
): StepSight | undefined {
  if (main === undefined || outermost(from.list) === main) return undefined;
  const index = viewOf(main).indexes.get(id);
  return index === undefined ? undefined : { kind: 'complete', names: viewOf(main).namesAt(index) };
}

/** Where a step stands that cannot be seen: under `finally`, or inside loops that the step at hand is not inside of. */
function elsewhere(from: PlacedStep, target: PlacedStep): StepSight {
  if (isFinal(target.list) && !isFinal(from.list)) return { kind: 'final' };
  const shared = new Set(loopsAround(from.list).map(({ step }) => step));
  const loops = loopsAround(target.list).filter(({ step }) => !shared.has(step));
  return { kind: 'inside', path: [...loops.map(({ step }) => step.id).reverse(), target.step.id] };
}

function outermost(list: StepList): StepList {
  return loopsAround(list).at(-1)?.list ?? list;
}

function isFinal(list: StepList): boolean {
  return list.path[0] === 'finally';
}

function finder(lists: readonly StepList[]): StepViews['find'] {
  // Backwards, so that of two steps with one id the first stays.
  const byId = once(
    () =>
      new Map(
        lists
          .flatMap(stepsIn)
          .reverse()
          .map((placed) => [placed.step.id, placed]),
      ),
  );
  return (id) => byId().get(id);
}
