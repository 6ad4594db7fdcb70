// Which of the ticks that are due fire, and which are left out, as the trigger's catch-up policy says.

import { type TimeTrigger } from '../definition/model.ts';
import { type EntityId } from '../ids.ts';
import { type Instant, type Milliseconds } from '../time.ts';
import { fireAfter } from './fire-times.ts';
import { delayOf } from './jitter.ts';

/** How late a tick may be before `catchUp: none` calls it missed. */
export const punctual: Milliseconds = 60_000;

const longestTurn = 100;

/** What is to be done about the ticks up to now. */
export interface DueTicks {
  readonly fire: readonly Instant[];
  /** All of them before those that fire. */
  readonly skip: readonly Instant[];
  /** The first tick that is not dealt with; undefined if there is none, ever. It may be due already. */
  readonly next: Instant | undefined;
}

/**
 * Deals with ticks from `first` (included) up to `now` (included): at most 100 in one turn, in the order of their times. A
 * tick is due once its delay is over as well, and those behind it wait for it.
 */
export function dueTicks(id: EntityId, trigger: TimeTrigger, first: Instant, now: Instant): DueTicks {
  const lateness = (tick: Instant): Milliseconds => now - tick - delayOf(id, trigger, tick);
  const due: Instant[] = [];
  let next: Instant | undefined = first;
  while (next !== undefined && lateness(next) >= 0 && due.length < longestTurn) {
    due.push(next);
    next = fireAfter(trigger, next);
  }
  const { catchUp } = trigger;
  if (catchUp === 'all') return { fire: due, skip: [], next };
  if (catchUp === 'latest') {
    const isLatest = next === undefined || lateness(next) < 0;
    return isLatest ? { fire: due.slice(-1), skip: due.slice(0, -1), next } : { fire: [], skip: due, next };
  }
  const latest = catchUp === 'none' ? punctual : catchUp.within;
  const split = due.findIndex((tick) => lateness(tick) <= latest);
  return split < 0 ? { fire: [], skip: due, next } : { fire: due.slice(split), skip: due.slice(0, split), next };
}
