// `Subscription.stepLogs`

import { badInput, notFound } from '../../errors/bad-input.ts';
import { type SubscriptionResolvers } from '../../generated/resolvers.ts';
import { logPlaceOf } from '../../parse/log-cursor.ts';
import { parseStepId } from '../../parse/public-id.ts';
import { wanted } from '../../parse/wanted.ts';
import { logChunkOf } from '../../present/log-chunk.ts';
import { stepNamed } from '../../present/step.ts';
import { followLog } from '../../subscription/follow.ts';

/** Watches what a step prints. */
export const stepLogs: Required<SubscriptionResolvers>['stepLogs'] = {
  subscribe: async (_parent, args, context) => {
    const { run, stepId } = wanted(parseStepId(args.stepId));
    const after = logPlaceOf(args.after);
    const attempt = args.attempt ?? after?.attempt;
    if (after !== undefined && after.attempt !== attempt)
      throw badInput('`after` is of another attempt than `attempt`.');
    const view = await context.loaders.run(run);
    const step = view === undefined ? undefined : stepNamed(view, stepId);
    if (step === undefined) throw notFound(`There is no step ${args.stepId}.`);
    return followLog(context, {
      source: context.engine.watchLogs(step.place, stepId, attempt, after?.line ?? 0),
      present: (chunk) => ({ stepLogs: logChunkOf(chunk, after) }),
    });
  },
};
