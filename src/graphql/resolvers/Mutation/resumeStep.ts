// `Mutation.resumeStep`

import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { idAt } from '../../parse/both.ts';
import { parseStepId } from '../../parse/public-id.ts';
import { receiptOf } from '../../present/receipt.ts';
import { runOf } from '../../present/run.ts';
import { stepNamed } from '../../present/step.ts';

/** Lets a step go on that stands at a breakpoint. */
export const resumeStep: Required<MutationResolvers>['resumeStep'] = async (_parent, { input }, context) => {
  const read = idAt(['stepId'], parseStepId(input.stepId));
  const answer = await change(context, input, {
    read,
    perform: ({ run, stepId }, caller) => context.engine.resumeStep(run, stepId, caller),
  });
  if (!answer.ok || !read.ok) return { ...receiptOf(answer), step: null, run: null };
  return { ...receiptOf(answer), step: stepNamed(answer.value, read.value.stepId), run: runOf(answer.value) };
};
