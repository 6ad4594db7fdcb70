// Fields of `Step` that are loaded.

import { runPlaceOf } from '../../../core/ids.ts';
import { type StepResolvers } from '../../generated/resolvers.ts';
import { listIterations } from '../../lists/iterations.ts';
import { countWithin } from '../../parse/page.ts';
import { runOf } from '../../present/run.ts';

/** Resolves the fields of `Step` that are not part of its run's state. */
export const Step: StepResolvers = {
  iterations: (step, args, { engine }) => listIterations(engine, step, args),
  child: async ({ childRun }, _args, { loaders }) => {
    const view = childRun === undefined ? undefined : await loaders.run(runPlaceOf(childRun));
    return view === undefined ? null : runOf(view);
  },
  explanation: (step, _args, { engine }) => engine.explain(step.id),
  logTail: (step, { lines }, { engine }) => engine.logTail(step.place, step.stepId, countWithin('lines', lines, 1_000)),
};
