// Two runs side by side: which parameters differ, what the steps gave, how they ended and how long they took. Steps are told by
// their ids, so runs of different versions, or of different workflows, can be compared.

import { graphOf } from '../definition/graph.ts';
import { type Definition } from '../definition/model.ts';
import { type Entry, type Json } from '../json.ts';
import { sameJson } from '../params/same-json.ts';
import { type Milliseconds } from '../time.ts';
import { type RunState, type StepState, type StepStatus } from './state.ts';

/** A value in both runs; absent where a run does not have it. */
export interface ValueDifference {
  readonly name: string;
  readonly a?: Json;
  readonly b?: Json;
}

/** How a step stands in one run. */
export interface StepStanding {
  readonly status: StepStatus;
  /** From its start to its end. */
  readonly took?: Milliseconds;
  /** How often it was tried in this attempt of the run. */
  readonly tries: number;
  /** The attempt of the run in which it ended, where a restart kept it. */
  readonly keptFrom?: number;
}

/** A step in both runs; absent where a run does not have it. */
export interface StepComparison {
  readonly stepId: string;
  readonly a?: StepStanding;
  readonly b?: StepStanding;
  /** Whether it is in both and stands alike in both; how long it took does not count. */
  readonly isSame: boolean;
}

/** What differs between two runs. */
export interface RunComparison {
  /** Only those that differ. */
  readonly params: readonly ValueDifference[];
  /** Only those that differ, as `step.output`. Of loops nothing. */
  readonly outputs: readonly ValueDifference[];
  /** All of them, in the order of the first run, then those that only the second has. */
  readonly steps: readonly StepComparison[];
}

/** A run with its definition. */
export interface ComparedRun {
  readonly state: RunState;
  readonly definition: Definition;
}

/** Compares two runs. */
export function compareRuns(a: ComparedRun, b: ComparedRun): RunComparison {
  return {
    params: differing(a.state.params, b.state.params),
    outputs: differing(outputsOf(a), outputsOf(b)),
    steps: comparedSteps(stepsOf(a), stepsOf(b)),
  };
}

function differing(a: readonly Entry[], b: readonly Entry[]): readonly ValueDifference[] {
  const [inA, inB] = [byName(a), byName(b)];
  return [...new Set([...inA.keys(), ...inB.keys()])].flatMap((name) => {
    const [one, other] = [inA.get(name), inB.get(name)];
    if (one !== undefined && other !== undefined && sameJson(one.value, other.value)) return [];
    return [
      { name, ...(one === undefined ? {} : { a: one.value }), ...(other === undefined ? {} : { b: other.value }) },
    ];
  });
}

function byName(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [entry.name, entry]));
}

function outputsOf(run: ComparedRun): readonly Entry[] {
  return [...stepsOf(run)].flatMap(([stepId, { outputs }]) =>
    outputs.map(({ name, value }) => ({ name: `${stepId}.${name}`, value })),
  );
}

function stepsOf({ state, definition }: ComparedRun): ReadonlyMap<string, StepState> {
  const steps = graphOf(definition).steps.flatMap(({ step, index }): readonly (readonly [string, StepState])[] => {
    const found = state.steps[index];
    return found === undefined ? [] : [[step.id, found]];
  });
  return new Map(steps);
}

function comparedSteps(
  a: ReadonlyMap<string, StepState>,
  b: ReadonlyMap<string, StepState>,
): readonly StepComparison[] {
  return [...new Set([...a.keys(), ...b.keys()])].map((stepId) => {
    const [one, other] = [standingOf(a.get(stepId)), standingOf(b.get(stepId))];
    return {
      stepId,
      ...(one === undefined ? {} : { a: one }),
      ...(other === undefined ? {} : { b: other }),
      isSame: one !== undefined && one.status === other?.status,
    };
  });
}

function standingOf(step: StepState | undefined): StepStanding | undefined {
  if (step === undefined) return undefined;
  const { status, attempts, startedAt, endedAt, keptFrom } = step;
  return {
    status,
    tries: attempts.length,
    ...(startedAt === undefined || endedAt === undefined ? {} : { took: endedAt - startedAt }),
    ...(keptFrom === undefined ? {} : { keptFrom }),
  };
}
