// A definition as the rules see it: all its steps with their places, and with what the reader could not make sense of.

import { type Definition } from './model.ts';
import { type StepOrder } from './order.ts';
import { type Problem } from './problem.ts';
import { type Scopes, scopesOf } from './scopes.ts';
import { type PlacedLoop, type PlacedStep, type StepList, asLoop, stepLists, stepsIn } from './step-lists.ts';
import { stepViews } from './step-views.ts';

/** What a rule looks at. */
export interface Subject extends Scopes {
  readonly definition: Definition;
  /** Whether what the path leads to could not be read: a rule draws no conclusions from it. */
  readonly isDoubtful: (...path: readonly string[]) => boolean;
  /** The workflow's own steps, then those inside loops, then those under `finally`. */
  readonly lists: readonly StepList[];
  /** The steps of all lists. */
  readonly steps: readonly PlacedStep[];
  readonly loops: readonly PlacedLoop[];
  readonly orderOf: (list: StepList) => StepOrder;
  /** The step with this id, wherever it stands; of two, the first. */
  readonly find: (id: string) => PlacedStep | undefined;
}

/** A rule: everything in the definition that breaks it. */
export type Rule = (subject: Subject) => readonly Problem[];

/** Prepares a definition for the rules. `doubtful` holds paths as JSON. */
export function subjectOf(definition: Definition, doubtful: ReadonlySet<string>): Subject {
  const isDoubtful = (...path: readonly string[]): boolean => doubtful.size > 0 && doubtful.has(JSON.stringify(path));
  const lists = stepLists(definition);
  const steps = lists.flatMap(stepsIn);
  const loops = steps.flatMap((placed) => asLoop(placed) ?? []);
  const views = stepViews(lists, isDoubtful);
  const { orderOf, find } = views;
  return {
    definition,
    isDoubtful,
    lists,
    steps,
    loops,
    orderOf,
    find,
    ...scopesOf(definition, lists, views, isDoubtful),
  };
}
