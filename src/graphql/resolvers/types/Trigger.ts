// Fields of `Trigger` that are computed.

import { type TriggerResolvers } from '../../generated/resolvers.ts';

/** Resolves why a trigger has not started a run. */
export const Trigger: TriggerResolvers = {
  explanation: (trigger, _args, { engine }) => engine.explain(trigger.id),
};
