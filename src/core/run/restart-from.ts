// Where something that has ended begins again: a run, one iteration of a loop within it, or the run that one of its steps had
// started, however deep.

import { type EntityId, loopsOf, runPlaceOf } from '../ids.ts';
import { type Entry } from '../json.ts';

/** Where a restart begins, as people say it: at what is not complete, or at one step and all that needs it. */
export type RestartPoint = { readonly kind: 'INCOMPLETE' } | { readonly kind: 'STEP'; readonly step: string };

/** Where a restart begins, down to what is inside a step. */
export type RestartFrom =
  | { readonly kind: 'INCOMPLETE' }
  | {
      readonly kind: 'STEP';
      readonly step: string;
      /** What of the step begins again. Absent: all of it. */
      readonly within?: Within;
    };

/** Of a step that runs others, the one that begins again: an iteration of its loop, or the run that it had started. */
export interface Within {
  /** The iteration as it has ended, or the run of the other workflow. The other iterations stay, however they ended. */
  readonly run: EntityId;
  readonly actor: string;
  /** Where it begins. Absent: at its beginning. */
  readonly from?: RestartFrom;
  /** The step at which it begins is left out. */
  readonly skip?: true;
}

/** Values for parameters of one step, as somebody gives them. */
export interface StepParamsWish {
  readonly stepId: string;
  readonly params: readonly Entry[];
}

/** Where it begins, in words that follow "again": nothing, ` from train in each[2]`, ` from load (warehouse/7 from its beginning)`. */
export function fromWords(from: RestartFrom | undefined): string {
  if (from === undefined) return '';
  if (from.kind === 'INCOMPLETE') return ' from what was incomplete';
  return ` from ${withinStep(from)}`;
}

/** What begins again of a step, in words: `each[2]`, `train in each[2]`, `load (warehouse/7 from its beginning)`. */
export function withinWords({ run, from }: Within, step: string): string {
  const { path, workflowId, number } = runPlaceOf(run);
  if (path === undefined) {
    return `${step} (${workflowId}/${String(number)}${from === undefined ? ' from its beginning' : fromWords(from)})`;
  }
  const iteration = path.slice(path.lastIndexOf('/') + 1);
  if (from === undefined) return iteration;
  const place = from.kind === 'INCOMPLETE' ? 'what was incomplete' : withinStep(from);
  return `${place} in ${iteration}`;
}

function withinStep({ step, within }: Extract<RestartFrom, { readonly kind: 'STEP' }>): string {
  return within === undefined ? step : withinWords(within, step);
}

/** The innermost run or iteration that begins again, without its attempt: `run:etl/7/each[2]`. Undefined: the run itself does. */
export function innermost(from: RestartFrom | undefined): string | undefined {
  const within = from?.kind === 'STEP' ? from.within : undefined;
  if (within === undefined) return undefined;
  const { workflowId, number, path } = runPlaceOf(within.run);
  return innermost(within.from) ?? `run:${workflowId}/${String(number)}${path === undefined ? '' : `/${path}`}`;
}

/** Which iteration of its loop an entity is, by the last part of its path: `each[2]`, and of a second try `each[2.2]`. */
export function iterationIndexOf(run: EntityId): number {
  const { path = '' } = runPlaceOf(run);
  return Number(/\[([0-9]+)[^[]*$/u.exec(path)?.[1]);
}

/** The id of the loop to which an iteration belongs. */
export function loopStepOf(path: string): string {
  return loopsOf(path).at(-1) ?? '';
}
