// What waits in a bucket as the trigger sees it now: what it lacks, and what was refused in this round.

import { type JoinTrigger } from '../definition/model.ts';
import { type Json } from '../json.ts';
import { type MissingSignal } from '../signal/signal.ts';
import { type BucketState, type Candidate, type Stuck } from './bucket.ts';
import { missingSlots } from './join.ts';
import { generationOf, type TriggerState } from './trigger.ts';

/** What waits in a bucket and counts in the trigger's generation; what was refused in an earlier round is free again. */
export function waitingIn(state: BucketState | undefined, trigger: TriggerState): readonly Candidate[] {
  if (state?.generation !== generationOf(trigger)) return [];
  return state.candidates.map((candidate) => {
    const { stuck, ...free } = candidate;
    return stuck === undefined || stuck.round === (trigger.round ?? 0) ? candidate : free;
  });
}

/** What a set of signals lacks, in words of data: the names, and the values that they must share. */
export function missingSignals(
  definition: JoinTrigger,
  waiting: readonly Candidate[],
  key: readonly Json[],
): readonly MissingSignal[] {
  return missingSlots(definition, waiting).flatMap((slot): readonly MissingSignal[] => {
    const { signal, joinOn } = definition.slots[slot] ?? {};
    if (signal === undefined || joinOn === undefined) return [];
    return [{ name: signal, on: joinOn.map((name, place) => ({ name, value: key[place] ?? null })) }];
  });
}

/** What a bucket lacks. */
export function missingOf(trigger: TriggerState, state: BucketState): readonly MissingSignal[] {
  const { definition } = trigger;
  return 'slots' in definition ? missingSignals(definition, waitingIn(state, trigger), state.key) : [];
}

/** The starts that were refused in this round, of which the signals wait on. */
export function stuckOf(trigger: TriggerState, state: BucketState): readonly Stuck[] {
  return waitingIn(state, trigger).flatMap(({ stuck }) => (stuck === undefined ? [] : [stuck]));
}
