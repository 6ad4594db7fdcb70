// Fields of `Step` that are loaded.

import { runEntity, runPlaceOf } from '../../../core/ids.ts';
import { breakpointOf } from '../../../core/workflow/breakpoints.ts';
import { type StepResolvers } from '../../generated/resolvers.ts';
import { listFlattened } from '../../lists/flattened.ts';
import { listIterations } from '../../lists/iterations.ts';
import { countWithin } from '../../parse/page.ts';
import { breakpointShape } from '../../present/breakpoint.ts';
import { stepPermitsOf } from '../../present/pool.ts';
import { runOf } from '../../present/run.ts';

/** Resolves the fields of `Step` that are not part of its run's state. */
export const Step: StepResolvers = {
  iterations: (step, args, { engine }) => listIterations(engine, step, args),
  nestedSteps: ({ view, index }, _args, { engine }) =>
    engine.nestedSteps(view, index).map(({ stepId, loops, names }) => ({ stepId, loops, loopParams: names })),
  flattened: (step, args, { engine }) => listFlattened(engine, step, args),
  breakpoint: async ({ view, place, stepId }, _args, { loaders }) => {
    const found = breakpointOf((await loaders.workflow(place.workflowId))?.breakpoints, view.state, stepId);
    return found === undefined ? null : breakpointShape(found);
  },
  child: async ({ childRun }, _args, { loaders }) => {
    const view = childRun === undefined ? undefined : await loaders.run(runPlaceOf(childRun));
    return view === undefined ? null : runOf(view);
  },
  permits: async ({ view, index }, _args, { engine }) => {
    const permits = view.state.steps[index]?.permits;
    if (permits === undefined) return null;
    return stepPermitsOf(await engine.pools(), permits, { run: runEntity(view.state), step: index });
  },
  explanation: (step, _args, { engine }) => engine.explain(step.id),
  logTail: (step, { lines }, { engine }) => engine.logTail(step.place, step.stepId, countWithin('lines', lines, 1_000)),
};
