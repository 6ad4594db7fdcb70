// The same past with another trigger in it: wherever the real one was armed, the other is.

import { type Definition, type TriggerDefinition } from '../definition/model.ts';
import { isSameSchedule } from '../trigger/fire-times.ts';
import { type Instant } from '../time.ts';
import { type Happening } from './past.ts';

/** The past as it would have been. */
export function withTrigger(
  happenings: readonly Happening[],
  definition: Definition,
  trigger: TriggerDefinition,
): readonly Happening[] {
  return happenings.map((happening) =>
    happening.kind === 'ARMED' ? { ...happening, definition, trigger } : happening,
  );
}

/**
 * The past with the times of an `every` where they really were: it counts from when it was armed, which lies before what is replayed.
 * `tick` is one of its real times, `real` the trigger as it was when the replay begins.
 */
export function anchoredPast(
  happenings: readonly Happening[],
  real: TriggerDefinition,
  tick: Instant,
): readonly Happening[] {
  if (real.kind !== 'every' || real.from !== undefined) return happenings;
  const from = tick % real.every;
  let holds = true;
  return happenings.map((happening) => {
    if (happening.kind === 'DISARMED') holds = false;
    if (happening.kind !== 'ARMED') return happening;
    const { trigger } = happening;
    holds &&= isSameSchedule(real, trigger);
    return holds && trigger.kind === 'every' ? { ...happening, trigger: { ...trigger, from } } : happening;
  });
}
