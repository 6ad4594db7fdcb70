// What a text that was filled in means as a limit: a number within bounds, or in words what it must be.

import { type Result, failed, success } from '../result.ts';
import { type Milliseconds } from '../time.ts';
import { type FailureWord, type LimitName } from './given-limit.ts';
import { parseLength } from './maestro/lengths.ts';
import { parseDuration } from './reading/duration.ts';

const DAY: Milliseconds = 86_400_000;
const LONGEST: Milliseconds = 120 * DAY;
const MOST_TRIES = 99;
const MOST_FACTOR = 100;

/** How many rounds of a loop may go on at once, by the format of the definition. */
const MOST_AT_ONCE = { native: 1000, maestro: 500 } as const;

/** The number that a text means as a limit (a length in milliseconds), or in words what it must be. */
export function limitValue(limit: LimitName, text: string, dialect: 'maestro' | undefined): Result<number, string> {
  if (limit === 'timeout') return lengthIn(text, LONGEST, dialect);
  if (limit === 'concurrency') return countIn(text, 1, MOST_AT_ONCE[dialect ?? 'native']);
  if (limit.startsWith('retry.')) return countIn(text, 0, MOST_TRIES);
  return limit.endsWith('.factor') ? countIn(text, 1, MOST_FACTOR) : lengthIn(text, DAY, dialect);
}

function lengthIn(text: string, longest: Milliseconds, dialect: 'maestro' | undefined): Result<number, string> {
  const length = dialect === 'maestro' ? parseLength(text) : parseDuration(text);
  if (length !== undefined && length > 0 && length <= longest) return success(length);
  const example = dialect === 'maestro' ? '"1 hour 30 min"' : '10m';
  const most = `${String(longest / DAY)} ${longest === DAY ? 'day' : 'days'}`;
  return failed(`a number of seconds or a length of time such as ${example}, longer than nothing and at most ${most}`);
}

function countIn(text: string, least: number, most: number): Result<number, string> {
  const count = /^\s*\d{1,9}\s*$/u.test(text) ? Number(text) : -1;
  if (count >= least && count <= most) return success(count);
  return failed(`a whole number from ${String(least)} to ${String(most)}`);
}

/** A limit as a person would call it. */
export function limitWords(limit: LimitName): string {
  const [root, kind] = limit.split('.');
  if (root === 'timeout' || root === 'concurrency') return root;
  const failures = { user: 'errors of its own', platform: 'errors of the platform', timeout: 'timeouts' };
  const after = failures[kind as FailureWord];
  return root === 'retry' ? `number of more tries after ${after}` : `pause after ${after}`;
}
