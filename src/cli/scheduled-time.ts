// `--for`: the time a run is for, as a date or an instant.

import { wrongUse } from './cli-error.ts';

/** The instant that a date (its beginning in UTC) or an ISO time with a zone names. */
export function scheduledTime(text: string): string {
  const shape = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/u.exec(text);
  const time = Date.parse(text.replace(' ', 'T'));
  const date = shape?.[1];
  if (date === undefined || Number.isNaN(time) || !isRealDate(date)) {
    throw wrongUse(
      `--for ${text} is no time.`,
      'Write a date such as 2026-11-01, or a time with its zone such as 2026-11-01T06:00:00Z.',
    );
  }
  return new Date(time).toISOString();
}

/** `Date.parse` takes the 31st of every month. */
function isRealDate(date: string): boolean {
  const time = Date.parse(date);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
