// Whether a trigger that a new version changes goes on where it was: the same next time, the same place among the signals.

import {
  type AbsenceTrigger,
  type ExpectationTrigger,
  type JoinTrigger,
  type SignalTrigger,
  type TriggerDefinition,
} from '../definition/model.ts';
import { type FoldingTrigger, isFolding } from '../definition/signal-fold.ts';
import { isSameSchedule } from './fire-times.ts';

/** Whether what the trigger waits for is the same, whatever else changed in it. */
export function keepsPlace(before: TriggerDefinition, after: TriggerDefinition): boolean {
  if ('slots' in before || 'slots' in after)
    return 'slots' in before && 'slots' in after && keepsBuckets(before, after);
  if ('signal' in before || 'signal' in after)
    return 'signal' in before && 'signal' in after && keepsSignal(before, after);
  return isSameSchedule(before, after);
}

type Hearing = SignalTrigger | AbsenceTrigger | ExpectationTrigger;

function keepsSignal(before: Hearing, after: Hearing): boolean {
  if (before.kind === 'expected') return isSameSchedule(before, after) && isSameDemand(before, after);
  if (before.kind === 'absent') return after.kind === 'absent' && isSameDemand(before, after);
  if (after.kind !== 'signal' || before.signal !== after.signal) return false;
  return isFolding(before) || isFolding(after)
    ? isFolding(before) && isFolding(after) && keepsGroups(before, after)
    : true;
}

/** Whether two triggers miss the same signals, so that the time that has passed counts for both. */
export function isSameDemand(before: Hearing, after: Hearing): boolean {
  const demand = (trigger: Hearing): string =>
    JSON.stringify([trigger.where, 'keys' in trigger ? trigger.keys.map(({ param }) => param) : undefined]);
  return before.signal === after.signal && demand(before) === demand(after);
}

/**
 * Whether what is folded goes on waiting: the same signals, folded in the same way by the same parameters. The lengths of time
 * and the demands may change.
 */
export function keepsGroups(before: FoldingTrigger, after: FoldingTrigger): boolean {
  const shape = ({ signal, fold }: FoldingTrigger): string => JSON.stringify([signal, fold.kind, ...fold.by]);
  return shape(before) === shape(after);
}

/**
 * Whether what waits in the buckets of a join goes on waiting: the same signals under the same names, joined on the same
 * parameters, with a window before and after or neither. Its length and the demands may change.
 */
export function keepsBuckets(before: JoinTrigger, after: JoinTrigger): boolean {
  const shape = ({ kind, count, slots, within }: JoinTrigger): string =>
    JSON.stringify([
      kind,
      count ?? null,
      slots.map(({ as, signal, joinOn }) => [as, signal, ...joinOn]),
      within !== undefined,
    ]);
  return shape(before) === shape(after);
}
