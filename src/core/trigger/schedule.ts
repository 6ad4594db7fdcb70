// When a cron expression fires, in its time zone. Croner answers; what it says goes into events and is never asked again.

import { Cron } from 'croner';
import { type Instant } from '../time.ts';

const known = new Map<string, Cron>();
const mostKnown = 1_000;

/** The first `count` ticks strictly after an instant; fewer if the expression names no more. */
export function ticksAfter(cron: string, timezone: string, after: Instant, count: number): readonly Instant[] {
  const schedule = scheduleOf(cron, timezone);
  const ticks: Instant[] = [];
  let last = new Date(after);
  while (ticks.length < count) {
    const next = schedule.nextRun(last);
    if (next === null) break;
    ticks.push(next.getTime());
    last = next;
  }
  return ticks;
}

/** What is wrong with a cron expression or its zone; undefined if it can fire. */
export function cronProblem(cron: string, timezone: string): string | undefined {
  if (!isZone(timezone)) return `"${timezone}" is no time zone: write an IANA name such as Europe/Madrid or UTC.`;
  try {
    scheduleOf(cron, timezone);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
  }
}

/** Croner takes any text for a zone, and throws only when it is asked for a time. */
function isZone(timezone: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: timezone });
    return true;
  } catch {
    return false;
  }
}

function scheduleOf(cron: string, timezone: string): Cron {
  const key = `${timezone} ${cron}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const schedule = new Cron(cron, { timezone, paused: true });
  if (known.size >= mostKnown) known.clear();
  known.set(key, schedule);
  return schedule;
}
