// Which of the ticks that are due fire, and which are left out, as the trigger's catch-up policy says.

import { type CronTrigger } from '../definition/model.ts';
import { type Instant, type Milliseconds } from '../time.ts';
import { ticksAfter } from './schedule.ts';

/** How late a tick may be before `catchUp: none` calls it missed. */
export const punctual: Milliseconds = 60_000;

const longestTurn = 100;

/** What is to be done about the ticks up to now. */
export interface DueTicks {
  readonly fire: readonly Instant[];
  readonly skip: readonly Instant[];
  /** The first tick that is not dealt with; undefined if there is none, ever. It may be due already. */
  readonly next: Instant | undefined;
}

/** Deals with ticks from `first` (included) up to `now` (included): at most 100 in one turn. */
export function dueTicks(trigger: CronTrigger, first: Instant, now: Instant): DueTicks {
  const due: Instant[] = [];
  let next: Instant | undefined = first;
  // Asking for a tick is dear, and mostly one is due.
  while (next !== undefined && next <= now && due.length < longestTurn) {
    due.push(next);
    [next] = ticksAfter(trigger.cron, trigger.timezone, next, 1);
  }
  switch (trigger.catchUp) {
    case 'all':
      return { fire: due, skip: [], next };
    case 'latest': {
      const isLatest = next === undefined || next > now;
      return isLatest ? { fire: due.slice(-1), skip: due.slice(0, -1), next } : { fire: [], skip: due, next };
    }
    case 'none':
      return {
        fire: due.filter((tick) => now - tick <= punctual),
        skip: due.filter((tick) => now - tick > punctual),
        next,
      };
  }
}
