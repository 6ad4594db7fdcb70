// Retry policies: a number for every kind of failure, or a number for each, and the pause between the tries.

import { type RetryPolicy } from '../model.ts';
import { RETRY_KEYS } from '../schema.ts';
import { parseDuration } from './duration.ts';
import { readFields } from './fields.ts';
import { givenText } from './given-limits.ts';
import { readCount } from './scalars.ts';
import { type Spot, report } from './spot.ts';

const MOST_TRIES = 99;
const LONGEST_PAUSE = 86_400_000;

/** What holds when a definition says nothing: three more tries after the machinery's failures, none after others. */
export const DEFAULT_RETRY: RetryPolicy = {
  user: 0,
  platform: 3,
  timeout: 0,
  backoff: { first: 1000, longest: 60_000 },
};

/** Reads `retry: 3` or `retry: { user: 2, platform: 10, timeout: 1, backoff: 5s..2m }`. */
export function readRetry(spot: Spot): RetryPolicy {
  if (spot.node.kind !== 'map') {
    const tries = readCount(spot, 0, MOST_TRIES);
    return tries === undefined ? DEFAULT_RETRY : { ...DEFAULT_RETRY, user: tries, platform: tries, timeout: tries };
  }
  const fields = readFields(spot, { what: 'a retry policy', keys: RETRY_KEYS });
  const tries = (kind: 'user' | 'platform' | 'timeout'): number => {
    const field = fields?.get(kind);
    if (field === undefined || givenText(field) !== undefined) return DEFAULT_RETRY[kind];
    return readCount(field, 0, MOST_TRIES) ?? DEFAULT_RETRY[kind];
  };
  const backoff = fields?.get('backoff');
  return {
    user: tries('user'),
    platform: tries('platform'),
    timeout: tries('timeout'),
    backoff: (backoff && readBackoff(backoff)) ?? DEFAULT_RETRY.backoff,
  };
}

function readBackoff(spot: Spot): RetryPolicy['backoff'] | undefined {
  const source = spot.node.kind === 'scalar' ? spot.node.source : '';
  const [from = '', to = from, ...more] = source.split('..');
  const first = parseDuration(from);
  const longest = parseDuration(to);
  if (
    first !== undefined &&
    longest !== undefined &&
    more.length === 0 &&
    first <= longest &&
    longest <= LONGEST_PAUSE
  ) {
    return { first, longest };
  }
  const message = '`backoff` must be a length of time, or two with .. between them, the shorter first and at most 1d.';
  report(spot, 'bad-duration', message, { hint: 'For example 5s..2m: 5 seconds, then 10, 20, …, at most 2 minutes.' });
  return undefined;
}
