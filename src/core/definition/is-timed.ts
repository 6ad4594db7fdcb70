// Triggers on times, and all others.

import { type TimeTrigger, type TriggerDefinition } from './model.ts';

/** Whether a trigger starts runs at times. */
export function isTimed(definition: TriggerDefinition): definition is TimeTrigger {
  return definition.kind === 'cron' || definition.kind === 'every' || definition.kind === 'at';
}
