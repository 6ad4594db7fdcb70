// What the rules of a run work with: its state as it changes, and what the command brought along.

import { type WorkflowWork } from '../definition/model.ts';
import { type EntityId } from '../ids.ts';
import { type IterationEntry, type IterationsState } from './iterations.ts';
import { type Entry } from '../json.ts';
import { type TypedEntry } from '../params/typed-entry.ts';
import { type ResolvedParam } from '../params/merge.ts';
import { type Random } from '../random.ts';
import { type Instant } from '../time.ts';
import { type Wanted } from './awaiting.ts';
import { type Breakpoint } from '../workflow/breakpoints.ts';
import { type RunEvent } from './events.ts';
import { type Within } from './restart-from.ts';
import { type Level } from './scope.ts';

/** One run within one turn of its partition. The level's run is its state after all that was emitted so far. */
export interface RunWork extends Level {
  readonly now: Instant;
  readonly host: string;
  readonly random: Random;
  readonly iterations: Iterations;
  readonly children: Children;
  /** Records an event, and moves `run` on. */
  emit(event: RunEvent): void;
  /** The breakpoint at which a step of this run stops; undefined if there is none. */
  breakpointAt(stepId: string): Breakpoint | undefined;
  /** Announces a signal, in the same commit. */
  publish(name: string, params: readonly Entry[], step: string): void;
  /** Asks for a signal that a step waits for; `place` is that in the step's list. */
  awaitSignal(
    wait: { readonly step: number; readonly place: number; readonly round: number },
    wanted: Omit<Wanted, 'as'>,
  ): void;
  /** Whether the commit, with so many bytes more, is long enough: what is left goes on in the next. */
  isFull(bytes?: number): boolean;
  /** Whether the run's state has room for so many bytes more. */
  hasRoom(bytes: number): boolean;
}

/** What an iteration begins with. */
export interface NewIteration {
  /** The loop's values for it. */
  readonly values: readonly ResolvedParam[];
  /** How one that has ended begins again. Absent: it begins for the first time. */
  readonly within?: Within | undefined;
  /** It waits until `startAgain`. */
  readonly waits?: true;
}

/** The iterations of the run's loops, each of which is a run of its own. */
export interface Iterations {
  /** Makes one, and begins it. */
  start(step: number, index: number, made: NewIteration): void;
  /** The values that an iteration was begun with; undefined if it is not there. */
  valuesOf(iteration: EntityId): readonly ResolvedParam[] | undefined;
  /** Begins one again that waits for it. False: it is set aside, and waits on. */
  startAgain(step: number, index: number): boolean;
  /** Tells one to end. Repeating it changes nothing. */
  stop(step: number, index: number): void;
  /** The record of a try of a loop, by number; undefined if there is none yet. */
  record(book: string, chunk: number): IterationsState | undefined;
  /** Begins a record with what an earlier try had brought to its end. */
  keep(book: string, from: number, entries: readonly (IterationEntry | null)[]): void;
}

/** The runs of other workflows that this one starts. */
export interface Children {
  /** Asks the workflow for a run, or for a further attempt of the one that an earlier attempt of the step had started. */
  request(
    step: number,
    wanted: {
      readonly work: WorkflowWork;
      readonly params: readonly Entry[];
      readonly again: EntityId | undefined;
      /** What it also gets, if it knows what to do with it. */
      readonly inherited?: readonly TypedEntry[];
      /** How that one begins again. Absent: from what is incomplete. */
      readonly within?: Within;
    },
  ): void;
  /** Tells one to end. */
  stop(run: EntityId): void;
}
