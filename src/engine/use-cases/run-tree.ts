// Runs one by one and by their place, for those who look at what is nested in a run: each read once, without what is around it.

import { bodyOf } from '../../core/definition/body.ts';
import { type StepDefinition } from '../../core/definition/model.ts';
import { iterationsEntity, runEntity, type RunPlace } from '../../core/ids.ts';
import { type IterationsState } from '../../core/run/iterations.ts';
import { type RunState } from '../../core/run/state.ts';
import { stepsIn } from '../../core/run/tally.ts';
import { type Definitions } from '../definitions.ts';
import { type EngineNode } from '../node.ts';
import { type Reader } from '../reader.ts';

/** A run or an iteration, with the steps that its state is about. */
export interface TreeRun {
  readonly place: RunPlace;
  readonly state: RunState;
  readonly steps: readonly StepDefinition[];
}

/** Reads the runs that a run is made of. */
export interface RunTree {
  /** One attempt of a run, or one iteration; undefined where it is no longer kept. */
  run(place: RunPlace): Promise<TreeRun | undefined>;
  /** The record of a thousand iterations; undefined if there is none. */
  record(workflowId: string, book: string, chunk: number): Promise<IterationsState | undefined>;
}

/** Creates the tree of a node. */
export function createRunTree(node: EngineNode, reader: Reader, definitions: Definitions): RunTree {
  return {
    run: async (place) => {
      const found = await reader.entity('run', runEntity(place), node.partitionOf(place.workflowId));
      if (found === undefined) return undefined;
      const { state } = found;
      const definition = bodyOf(await definitions.load(state.definition), place.path);
      return { place, state, steps: stepsIn(definition) };
    },
    record: async (workflowId, book, chunk) => {
      const found = await reader.entity('iterations', iterationsEntity(book, chunk), node.partitionOf(workflowId));
      return found?.state;
    },
  };
}
