// Whether a trigger that a new version changes goes on where it was: the same next time, the same place among the signals.

import { type TriggerDefinition } from '../definition/model.ts';
import { isSameSchedule } from './fire-times.ts';

/** Whether what the trigger waits for is the same, whatever else changed in it. */
export function keepsPlace(before: TriggerDefinition, after: TriggerDefinition): boolean {
  if (before.kind === 'signal' || after.kind === 'signal') {
    return before.kind === 'signal' && after.kind === 'signal' && before.signal === after.signal;
  }
  return isSameSchedule(before, after);
}
