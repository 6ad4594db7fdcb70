// Fields of `Step` that are loaded.

import { type StepResolvers } from '../../generated/resolvers.ts';
import { countWithin } from '../../parse/page.ts';

/** Resolves the fields of `Step` that are not part of its run's state. */
export const Step: StepResolvers = {
  explanation: (step, _args, { engine }) => engine.explain(step.id),
  logTail: (step, { lines }, { engine }) => engine.logTail(step.place, step.stepId, countWithin('lines', lines, 1_000)),
};
