// How long something took, and when it was, for people.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `340 ms`, `1.2 s`, `3m 05s`, `2h 03m`, `4d 01h`. */
export function duration(milliseconds: number): string {
  const ms = Math.max(0, Math.round(milliseconds));
  if (ms < SECOND) return `${String(ms)} ms`;
  if (ms < MINUTE) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  if (ms < HOUR) return pair([Math.floor(ms / MINUTE), 'm'], [Math.floor((ms % MINUTE) / SECOND), 's']);
  if (ms < DAY) return pair([Math.floor(ms / HOUR), 'h'], [Math.floor((ms % HOUR) / MINUTE), 'm']);
  return pair([Math.floor(ms / DAY), 'd'], [Math.floor((ms % DAY) / HOUR), 'h']);
}

/** From one time to another, or to now while the other has not come; empty if it has not begun. */
export function elapsed(from: string | null, to: string | null, now: number): string {
  return from === null ? '' : duration((to === null ? now : Date.parse(to)) - Date.parse(from));
}

/** `2026-11-22 06:00:00`, in UTC as all times of the server. */
export function clockTime(iso: string | null): string {
  return iso === null ? '' : iso.slice(0, 19).replace('T', ' ');
}

type Part = readonly [number, string];

function pair([large, largeUnit]: Part, [small, smallUnit]: Part): string {
  return `${String(large)}${largeUnit} ${String(small).padStart(2, '0')}${smallUnit}`;
}
