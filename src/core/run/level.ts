// Where an expression of a run is evaluated: the run as it is now, and what it stands in.

import { type Definition } from '../definition/model.ts';
import { type Context } from '../expression/context.ts';
import { type ValueMap } from '../expression/value.ts';
import { type RunState } from './state.ts';

/** A run with its steps, and for an iteration the run in which its loop stands. */
export interface Level {
  readonly run: RunState;
  /** With the steps of this run: for an iteration, those inside its loop. */
  readonly definition: Definition;
  readonly outer?: Level | undefined;
  /** Time, chance and what `params.…` asks, for expressions. */
  readonly context?: Context;
  /** The step whose own parameters come before those of the run. Imported definitions alone. */
  readonly step?: number;
  /** What the iterations of a loop among the steps gave: an array for each output of each step inside. */
  loopOutputs(step: number): ValueMap;
}
