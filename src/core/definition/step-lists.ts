// All lists of steps of a definition: the workflow's own, those inside loops, and those under `finally`. Ids are unique
// across all of them; everything else that steps say of one another stays within one list.

import { type Definition, type StepDefinition, type Work } from './model.ts';

/** Work that runs steps of its own. */
export type LoopWork = Extract<Work, { readonly steps: unknown }>;

/** One list of steps that hang together. */
export interface StepList {
  /** Into the definition, outermost first. */
  readonly path: readonly string[];
  readonly steps: readonly StepDefinition[];
  /** The loop that these steps are inside of, if they are. */
  readonly loop?: PlacedLoop;
}

/** A step and where it stands. */
export interface PlacedStep {
  readonly step: StepDefinition;
  readonly list: StepList;
  readonly index: number;
  /** Into the definition, outermost first. */
  readonly path: readonly string[];
}

/** A loop and where it stands. */
export interface PlacedLoop extends PlacedStep {
  readonly work: LoopWork;
}

/** Every list, each before those inside it, and `finally` with its own last. */
export function stepLists({ steps, finally: last }: Definition): readonly StepList[] {
  const lists: StepList[] = [];
  collect({ path: ['steps'], steps }, lists);
  if (last !== undefined) collect({ path: ['finally'], steps: last }, lists);
  return lists;
}

/** The steps of a list with their places. */
export function stepsIn(list: StepList): readonly PlacedStep[] {
  return list.steps.map((step, index) => ({ step, list, index, path: [...list.path, String(index)] }));
}

/** The step as a loop, if it is one. */
export function asLoop(placed: PlacedStep): PlacedLoop | undefined {
  const { work } = placed.step;
  return 'steps' in work ? { ...placed, work } : undefined;
}

/** The loops that a list is inside of, from the innermost out. */
export function loopsAround(list: StepList): readonly PlacedLoop[] {
  const loops: PlacedLoop[] = [];
  for (let { loop } = list; loop !== undefined; loop = loop.list.loop) loops.push(loop);
  return loops;
}

function collect(list: StepList, lists: StepList[]): void {
  lists.push(list);
  for (const placed of stepsIn(list)) {
    const loop = asLoop(placed);
    if (loop !== undefined) collect({ path: [...loop.path, 'steps'], steps: loop.work.steps, loop }, lists);
  }
}
