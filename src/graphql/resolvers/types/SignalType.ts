// Fields of `SignalType` that are loaded only when a query asks.

import { type SignalTypeResolvers } from '../../generated/resolvers.ts';
import { listRuns } from '../../lists/runs.ts';
import { listRefused } from '../../lists/refused-publications.ts';
import { triggerOf } from '../../present/trigger.ts';

/** Resolves who listens, who publishes, and what was refused. */
export const SignalType: SignalTypeResolvers = {
  listeners: async ({ name }, _args, { engine }) => {
    const found = await engine.signalType(name);
    return (found?.listeners ?? []).map(triggerOf);
  },
  waitingSteps: ({ name }, _args, { engine }) => engine.waitingSteps(name),
  waitingRuns: ({ name }, args, { engine }) =>
    listRuns(engine, args, { filter: { awaits: name }, order: { order: 'NEWEST_FIRST' } }),
  publishingSteps: ({ name }, _args, { engine }) => engine.publishingSteps(name),
  quarantine: async ({ name }, args, { engine }) => listRefused(await engine.refusedPublications(name), args),
};
