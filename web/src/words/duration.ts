// Lengths of time as people say them. The same length always gives the same words, and they never jump back as it grows.

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "<0.1 s", "0.4 s", "12 s", "3 min 04 s", "2 h 10 min", "5 d 3 h". Less than nothing (clocks differ) is nothing. */
export function durationText(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  if (length < SECOND / 10) return '<0.1 s';
  if (length < 10 * SECOND) return `${(Math.floor(length / 100) / 10).toFixed(1)} s`;
  if (length < MINUTE) return `${whole(length, SECOND)} s`;
  if (length < HOUR) return `${whole(length, MINUTE)} min ${whole(length % MINUTE, SECOND).padStart(2, '0')} s`;
  if (length < DAY) return `${whole(length, HOUR)} h ${whole(length % HOUR, MINUTE).padStart(2, '0')} min`;
  return `${whole(length, DAY)} d ${whole(length % DAY, HOUR)} h`;
}

/** The length between two times of the API; up to `now` while it has not ended. Undefined before it has begun. */
export function lengthBetween(startedAt: string | null, endedAt: string | null, now: number): number | undefined {
  if (startedAt === null) return undefined;
  const start = Date.parse(startedAt);
  const end = endedAt === null ? now : Date.parse(endedAt);
  return Math.max(0, end - start);
}

function whole(length: number, unit: number): string {
  return String(Math.floor(length / unit));
}
