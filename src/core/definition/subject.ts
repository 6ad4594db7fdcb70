// A definition as the rules see it: with the order of its steps, and with what the reader could not make sense of.

import { type Ancestry, ancestryOf } from './ancestors.ts';
import { type Definition } from './model.ts';
import { type NameType, RUN_OF_STEP, type Scope, type SignalScope } from './names.ts';
import { type StepOrder, orderSteps } from './order.ts';
import { type Problem } from './problem.ts';

/** What a rule looks at. */
export interface Subject {
  readonly definition: Definition;
  /** Whether what the path leads to could not be read: a rule draws no conclusions from it. */
  readonly isDoubtful: (...path: readonly string[]) => boolean;
  readonly order: StepOrder;
  /** What the conditions, the environment and the signal of a step see: all that is complete before it begins. */
  readonly scopeOf: (index: number) => Scope;
}

/** A rule: everything in the definition that breaks it. */
export type Rule = (subject: Subject) => readonly Problem[];

/** Prepares a definition for the rules. `doubtful` holds paths as JSON. */
export function subjectOf(definition: Definition, doubtful: ReadonlySet<string>): Subject {
  const isDoubtful = (...path: readonly string[]): boolean => doubtful.size > 0 && doubtful.has(JSON.stringify(path));
  const order = orderSteps(definition.steps);
  const params = new Map(
    definition.params.map(({ name, type }): [string, NameType] => [
      name,
      isDoubtful('params', name) ? 'unknown' : type,
    ]),
  );
  const outputs = new Map(definition.steps.map((step, index) => [step.id, outputsOf(definition, index, isDoubtful)]));
  const indexes = new Map(definition.steps.map((step, index) => [step.id, index]));
  const ids = [...indexes.keys()];
  const roots = [...params.keys(), 'steps', 'signal', 'run'];
  const signal = signalOfSteps(definition, isDoubtful('triggers'));
  let ancestry: Ancestry | undefined;
  const isBefore = (id: string, later: number): boolean => {
    ancestry ??= ancestryOf(order);
    return order.cycles.length > 0 || ancestry(indexes.get(id) ?? -1, later);
  };
  const scopeOf = (index: number): Scope => ({
    params,
    roots,
    run: RUN_OF_STEP,
    signal,
    steps: { outputs, ids, isUpstream: (id) => isBefore(id, index), id: definition.steps[index]?.id ?? '' },
  });
  return { definition, isDoubtful, order, scopeOf };
}

function outputsOf(
  { steps }: Definition,
  index: number,
  isDoubtful: Subject['isDoubtful'],
): ReadonlyMap<string, NameType> {
  const outputs = steps[index]?.outputs ?? [];
  return new Map(
    outputs.map(({ name, type }): [string, NameType] => {
      const isUnknown = isDoubtful('steps', String(index), 'outputs', name);
      return [name, isUnknown ? 'unknown' : type];
    }),
  );
}

function signalOfSteps({ triggers }: Definition, isDoubtful: boolean): SignalScope {
  if (isDoubtful || triggers.some((trigger) => trigger.kind === 'signal')) return { isThere: true };
  return { isThere: false, why: 'the workflow has no signal trigger' };
}
