// The times by which a signal must have come, and whether it had.

import { type ExpectationTrigger } from '../definition/model.ts';
import { type Instant } from '../time.ts';
import { type Absence } from './absence.ts';
import { ticksAfter } from './schedule.ts';

/** The first time strictly after an instant by which the signal must have come; undefined if there is none, ever. */
export function deadlineAfter({ by, timezone }: ExpectationTrigger, after: Instant): Instant | undefined {
  return ticksAfter(by, timezone, after, 1)[0];
}

/** What a time that has come means: the one that decides, whether the signal was missing by then, and the next time. */
export interface Judged {
  readonly by: Instant;
  readonly isMissed: boolean;
  readonly next: Instant | undefined;
}

/**
 * Judges a time that is due. Times before counting began mean nothing. If it had come by the first but nobody looked until the
 * next had passed too, it was missing by that one.
 */
export function judgeDeadline(
  definition: ExpectationTrigger,
  { absence, due, now }: { readonly absence: Absence | undefined; readonly due: Instant; readonly now: Instant },
): Judged {
  const next = deadlineAfter(definition, now);
  if (absence === undefined) return { by: due, isMissed: false, next };
  const { since, last, checked = -Infinity } = absence;
  const first = due >= since ? due : deadlineAfter(definition, since);
  if (first === undefined || first > now) return { by: due, isMissed: false, next };
  const hadCome = last !== undefined && last.at > (first === due ? checked : due);
  if (!hadCome) return { by: first, isMissed: true, next };
  const second = deadlineAfter(definition, first);
  return second === undefined || second > now
    ? { by: first, isMissed: false, next }
    : { by: second, isMissed: true, next };
}
