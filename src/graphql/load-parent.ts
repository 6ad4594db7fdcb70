// The step that runs a run: the loop of an iteration, or the `workflow` step of another run.

import { enclosingPlace, loopsOf, runPlaceOf } from '../core/ids.ts';
import { firstCause } from '../core/run/state.ts';
import { type RunView } from '../engine/engine.ts';
import { type Context } from './context.ts';
import { stepNamed, type StepSource } from './present/step.ts';
import { placeOf } from './present/public-id.ts';

/** The step that runs this run; null if it was started otherwise, or its parent is no longer kept. */
export async function loadParent({ state }: RunView, { loaders }: Context): Promise<StepSource | null> {
  const around = enclosingPlace(placeOf(state));
  const cause = firstCause(state.cause);
  const parent =
    around !== undefined
      ? { place: around, step: loopsOf(state.path ?? '').at(-1) ?? '' }
      : cause.kind === 'WORKFLOW'
        ? { place: runPlaceOf(cause.parent.run), step: cause.parent.stepId }
        : undefined;
  const view = parent === undefined ? undefined : await loaders.run(parent.place);
  return view === undefined || parent === undefined ? null : (stepNamed(view, parent.step) ?? null);
}
