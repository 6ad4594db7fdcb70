// Views of a run that go beyond its own state: over all that is nested in it, over its restarts, and the iterations of loops
// within loops as one list.

import { type Definition } from '../core/definition/model.ts';
import { type RunPlace } from '../core/ids.ts';
import { type Entry, type Json } from '../core/json.ts';
import { type RunState, type RunStatus, type StepStatus } from '../core/run/state.ts';
import { type StatusCounts, type Tally } from '../core/run/tally.ts';
import { type Instant, type Milliseconds } from '../core/time.ts';

/** A run that is looked at. */
export interface ViewedRun {
  readonly state: RunState;
  readonly definition: Definition;
}

/** A leaf step somewhere in a run. */
export interface LeafStep {
  /** The run or the iteration that it is a step of. */
  readonly place: RunPlace;
  /** Whether no restart made a newer attempt of that run. */
  readonly newest: boolean;
  readonly stepId: string;
  readonly status: StepStatus;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
}

/** The leaf steps of a run over all that is nested in it. */
export interface Rollup {
  readonly total: number;
  readonly counts: StatusCounts;
  /** The most urgent first, at most 20. */
  readonly attention: readonly LeafStep[];
  /** Whether everything that goes on was read; else what was not read counts as not begun. */
  readonly isWhole: boolean;
  /** By the slots of the run's steps. */
  readonly tally: Tally;
  /** The workflows of which something was read. */
  readonly workflows: readonly string[];
}

/** A run over its restarts. */
export interface AggregatedRun {
  readonly status: RunStatus;
  readonly steps: readonly AggregatedStep[];
}

/** A step of a run, in the newest attempt of the run in which it came to something. */
export interface AggregatedStep {
  readonly stepId: string;
  readonly status: StepStatus;
  /** The attempt of the run, of which it may be another one where a fork kept the step. */
  readonly ranIn: RunPlace;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
}

/** Which iterations: at most `limit` behind the place `after`, of a step that is nested in a loop. */
export interface FlattenedRequest {
  /** The step in the loop, at any depth. */
  readonly stepId: string;
  /** Indexes from the outermost loop inwards. Absent: from the first. */
  readonly after?: readonly number[];
  readonly limit: number;
  readonly statuses?: readonly StepStatus[];
  /** Names of loops, and the values of each that are wanted. */
  readonly values?: readonly Entry<readonly Json[]>[];
}

/** A step in one iteration. */
export interface FlattenedRow extends LeafStep {
  /** Indexes of the iterations around it, from the outermost loop inwards. */
  readonly indexes: readonly number[];
  /** The values of the names of all loops around it. */
  readonly values: readonly Entry[];
  /** How many tries it had. */
  readonly attempts: number;
}

/** A part of the list, in the order of the indexes. */
export interface FlattenedPage {
  readonly rows: readonly FlattenedRow[];
  /** Where to go on; absent where nothing is left. It may lie behind the last row: a page reads only so far. */
  readonly next?: readonly number[];
}

/** A step that is nested in a loop of a run. */
export interface FlattenedStep {
  readonly stepId: string;
  /** The loops around it, from the outermost. */
  readonly loops: readonly string[];
  /** The names that those loops give values to. */
  readonly names: readonly string[];
}

/** The use cases. */
export interface ViewCases {
  /**
   * Counts the leaf steps of a run over all that is nested in it; up to a second old while the run goes on, or of
   * no earlier than a moment of the monotonic clock.
   */
  rollup(run: ViewedRun, notBefore?: Milliseconds): Promise<Rollup>;
  /** A run over its restarts. */
  aggregated(run: ViewedRun): Promise<AggregatedRun>;
  /** The steps that are nested in a loop and are no loops themselves. */
  nestedSteps(run: ViewedRun, step: number): readonly FlattenedStep[];
  /** The iterations of such a step as one list. */
  flattened(run: ViewedRun, step: number, request: FlattenedRequest): Promise<FlattenedPage>;
  /** How many of those iterations have a status. */
  flattenedCounts(run: ViewedRun, step: number, stepId: string): Promise<StatusCounts>;
}
