// How long before a span a replay must begin so that a trigger holds at the span's beginning what it would have held.

import { type TriggerDefinition } from '../definition/model.ts';
import { ticksAfter } from '../trigger/schedule.ts';
import { type Instant } from '../time.ts';

const DAY = 86_400_000;

/** From when on signals matter to what happens behind `from`; `-Infinity` if there is no such time. */
export function looksBackTo(trigger: TriggerDefinition, from: Instant): Instant {
  // Of starts with the same key only the first of all times makes a run.
  if ('idempotencyKey' in trigger) return -Infinity;
  switch (trigger.kind) {
    case 'cron':
    case 'every':
    case 'at':
      // What is armed at a time fires behind it.
      return from - 1;
    case 'any':
      return from;
    case 'signal':
      // Where runs are cut out of a stream of signals, each depends on the one before.
      return trigger.fold === undefined ? from : -Infinity;
    case 'absent':
      // One that was missed by then is not missed again, whenever it was: what came before that changes nothing.
      return from - 2 * trigger.absentFor;
    case 'expected':
      return secondLast(trigger.by, trigger.timezone, from);
    case 'all':
    case 'at-least':
    case 'sequence':
      return trigger.within === undefined ? -Infinity : from - trigger.within - (trigger.late ?? 0);
  }
}

/** The time before the last one: what came since decides about the last, and from then on about each. */
function secondLast(cron: string, timezone: string, from: Instant): Instant {
  for (const days of [1, 8, 32, 370, 1_500]) {
    const ticks: Instant[] = [];
    for (let at = from - days * DAY; ;) {
      const [tick] = ticksAfter(cron, timezone, at, 1);
      if (tick === undefined || tick >= from) break;
      ticks.push(tick);
      at = tick;
    }
    const second = ticks.at(-2);
    if (second !== undefined) return second;
  }
  return from;
}
