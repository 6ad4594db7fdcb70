// Why a trigger that folds signals has not started a run yet: what waits in each group, and when its run starts.

import { type FoldingTrigger, isFolding } from '../definition/signal-fold.ts';
import { durationText } from '../definition/plain-view.ts';
import { foldWake } from '../trigger/fold.ts';
import { type TriggerState } from '../trigger/trigger.ts';
import { type PendingBucket, refusedReason, underOtherKeys, waitingText } from './explain-join.ts';
import { type Reason } from './explanation.ts';
import { moment } from './sentences.ts';

/** What waits for a trigger that folds, the newest group first, as far as they are given; nothing if nothing does. */
export function foldReasons(trigger: TriggerState, groups: readonly PendingBucket[]): readonly Reason[] {
  const { definition } = trigger;
  if (!isFolding(definition)) return [];
  const waiting = groups.map((group) => groupReason(trigger, definition, group));
  return [...waiting, ...underOtherKeys(trigger, groups)];
}

function groupReason(trigger: TriggerState, definition: FoldingTrigger, group: PendingBucket): Reason {
  const what = waitingText(definition, group);
  const until = foldWake(group.state);
  const refused = refusedReason(trigger, what, group);
  if (until === undefined) {
    const text = `${what}; one run starts on all of them with the next signal that comes.`;
    return refused ?? { code: 'WAITING_FOR_SIGNAL', text };
  }
  if (trigger.paused) {
    return { code: 'PAUSED', text: `${what}; once the triggers are resumed, one run starts on all of them.` };
  }
  const { fold } = definition;
  const why =
    fold.kind === 'throttle'
      ? `at most one starts every ${durationText(fold.every)}`
      : `no other must come for ${durationText(fold.quiet)}, or ${durationText(fold.atMost)} must have passed since the first`;
  return {
    code: 'WAITING_FOR_SIGNAL',
    text: `${what}; one run starts on all of them at ${moment(until)}: ${why}.`,
    until,
  };
}
