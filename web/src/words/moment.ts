// Points in time as people say them, in the reader's own time zone; the exact time belongs into a tooltip beside it.

import { durationText } from './duration.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** "just now", "12 min ago", "14:02", "yesterday 14:02", "3 Nov 14:02", or with the year when it is another one. */
export function momentText(at: string, now: number, timeZone?: string): string {
  const time = Date.parse(at);
  const ago = now - time;
  if (ago >= -MINUTE && ago < MINUTE) return 'just now';
  if (ago >= 0 && ago < HOUR) return `${String(Math.floor(ago / MINUTE))} min ago`;
  const clock = formatted(time, timeZone, { hour: '2-digit', minute: '2-digit', hour12: false });
  const day = dayOf(time, timeZone);
  if (day === dayOf(now, timeZone)) return clock;
  if (day === dayOf(now - 24 * HOUR, timeZone)) return `yesterday ${clock}`;
  if (day === dayOf(now + 24 * HOUR, timeZone)) return `tomorrow ${clock}`;
  const isThisYear = day.slice(0, 4) === dayOf(now, timeZone).slice(0, 4);
  const date = formatted(time, timeZone, {
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
  });
  return `${date} ${clock}`;
}

/** "in 3 min 04 s" or "in 2 h 10 min"; "now" when the time has come. */
export function untilText(at: string, now: number): string {
  const ahead = Date.parse(at) - now;
  return ahead <= 0 ? 'now' : `in ${durationText(Math.max(ahead, 1_000))}`;
}

/** "14:02:11.042", for logs and events. */
export function clockText(at: string, timeZone?: string): string {
  const time = Date.parse(at);
  const clock = formatted(time, timeZone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
  return `${clock}.${String(new Date(time).getUTCMilliseconds()).padStart(3, '0')}`;
}

/** The whole time, for a tooltip: "Sunday, 22 November 2026 at 14:02:11 UTC". */
export function exactText(at: string, timeZone?: string): string {
  return formatted(Date.parse(at), timeZone, { dateStyle: 'full', timeStyle: 'long' });
}

function dayOf(time: number, timeZone: string | undefined): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...inZone(timeZone),
  });
  return parts.format(time);
}

function formatted(time: number, timeZone: string | undefined, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { ...options, ...inZone(timeZone) }).format(time);
}

function inZone(timeZone: string | undefined): Intl.DateTimeFormatOptions {
  return timeZone === undefined ? {} : { timeZone };
}
