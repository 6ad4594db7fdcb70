// Triggers that fold: they make one run of many signals. With `debounce` they wait until no more come; with `throttle` they
// start one at once and keep what comes too soon after.

import { type JoinTrigger, type SignalFold, type SignalTrigger, type TriggerDefinition } from './trigger-model.ts';

/** A trigger on one signal that folds. */
export type FoldingTrigger = SignalTrigger & { readonly fold: SignalFold };

/** Whether a trigger folds the signals that it gets. */
export function isFolding(definition: TriggerDefinition): definition is FoldingTrigger {
  return definition.kind === 'signal' && definition.fold !== undefined;
}

/** Whether signals wait for a trigger in buckets: it joins or folds them. */
export function keepsSignals(definition: TriggerDefinition): definition is JoinTrigger | FoldingTrigger {
  return 'slots' in definition || isFolding(definition);
}
