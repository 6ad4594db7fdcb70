// What happens when an iteration that has ended begins again while its loop goes on: to the iteration, and to the loop.

import { type RestartFrom, type Within } from './restart-from.ts';
import { type RunEnd } from './state.ts';

/** The iteration waits for a place in its loop again. Its steps go on being counted: a step's attempts never have a number twice. */
export interface RunReopened {
  readonly type: 'RunReopened';
  readonly actor: string;
  /** Where it begins. Absent: at the beginning. */
  readonly from?: RestartFrom;
  /** The steps that are as if they had not begun. */
  readonly anew: readonly number[];
  /** Those steps go on with what they had begun: iterations that succeeded, runs of other workflows, signals that were found. */
  readonly resumes?: true;
  /** The steps that may run. Absent: all. */
  readonly only?: readonly number[];
  /** Of one of the steps, what begins again while the rest of it stays. */
  readonly within?: { readonly step: number; readonly within: Within };
}

/** What happens to a loop of which an iteration begins again. */
export type IterationReturn =
  /** It no longer counts as ended, and waits for a place. */
  | {
      readonly type: 'IterationReopened';
      readonly step: number;
      readonly index: number;
      /** How it had ended. */
      readonly was: RunEnd;
      /** What its steps had come to, see `writeTally`. Absent: it was not counted. */
      readonly leaves?: string;
      /** Another one that did not succeed, where this one was the first. */
      readonly firstBad?: { readonly index: number; readonly message: string };
    }
  /** There is a place for it. */
  | { readonly type: 'IterationBegunAgain'; readonly step: number; readonly index: number };
