// Retry policies (maestro-behaviour §5.7): a limit and a pause for each of the three kinds of failure.

import { type Milliseconds } from '../../time.ts';
import { type GivenLimit, type LimitName } from '../given-limit.ts';
import { type Backoff, type RetryPolicy } from '../model.ts';
import { type Fields } from '../reading/fields.ts';
import { type Spot, keyOf, report } from '../reading/spot.ts';
import { fieldsOf, wordOf } from './fields.ts';
import { setAside } from './given-limits.ts';
import { lengthOf } from './lengths.ts';

const MOST_TRIES = 99;
const LONGEST_PAUSE: Milliseconds = 86_400_000;
const MOST_EXPONENT = 100;
const MINUTE = 60_000;

/** Their word for each kind of failure of ours, and what holds if nothing is said. */
const KINDS = [
  { kind: 'user', word: 'error', limit: 2, longest: 10 * MINUTE },
  { kind: 'platform', word: 'platform', limit: 10, longest: 60 * MINUTE },
  { kind: 'timeout', word: 'timeout', limit: 0, longest: 60 * MINUTE },
] as const;

type Kind = (typeof KINDS)[number];

/** What holds for loops and workflows: their failures are final. */
export const NO_RETRY: ReadRetry = {
  retry: { user: 0, platform: 0, timeout: 0, backoff: { first: 1000, longest: 60_000 } },
  limits: [],
};

/** A policy, and what parameters of the run give of it. */
export interface ReadRetry {
  readonly retry: RetryPolicy;
  readonly limits: readonly GivenLimit[];
}

/** Reads the policy of a typed step. */
export function retryOf(spot: Spot | undefined): ReadRetry {
  const keys = [...KINDS.map(({ word }) => `${word}_retry_limit`), 'backoff'];
  const fields: Fields =
    spot === undefined ? new Map<string, Spot>() : fieldsOf(spot, { what: 'a retry policy', keys });
  const backoff = fields.get('backoff');
  const limits: GivenLimit[] = [];
  const backoffs = backoffsOf(backoff, limits);
  const [user, platform, timeout] = KINDS.map((kind) => limitOf(fields.get(`${kind.word}_retry_limit`), kind, limits));
  const retry = { user: user ?? 0, platform: platform ?? 0, timeout: timeout ?? 0, backoff: backoffs.user, backoffs };
  return { retry, limits };
}

function limitOf(spot: Spot | undefined, { kind, limit: otherwise }: Kind, limits: GivenLimit[]): number {
  if (spot === undefined || setAside(spot, `retry.${kind}`, limits)) return otherwise;
  const text = spot.node.kind === 'scalar' ? spot.node.source.trim() : '';
  if (/^\d{1,2}$/u.test(text)) return Number(text);
  const message = `${keyOf(spot)} must be a whole number from 0 to ${String(MOST_TRIES)}, and this is "${text}".`;
  report(spot, 'retry-limit', message);
  return otherwise;
}

const TYPES: ReadonlyMap<string, 'exponential' | 'fixed'> = new Map([
  ['exponential_backoff', 'exponential'],
  ['fixed_backoff', 'fixed'],
]);

function backoffsOf(spot: Spot | undefined, limits: GivenLimit[]): NonNullable<RetryPolicy['backoffs']> {
  const keys = KINDS.flatMap(({ word }) => [base(word), `${word}_retry_exponent`, `${word}_retry_limit_in_secs`]);
  const fields: Fields =
    spot === undefined ? new Map<string, Spot>() : fieldsOf(spot, { what: 'a backoff', keys: ['type', ...keys] });
  const type = fields.get('type');
  const isFixed = type !== undefined && wordOf(type, TYPES) === 'fixed';
  const [user, platform, timeout] = KINDS.map((kind) => (isFixed ? fixed : exponential)(fields, kind, limits));
  const none = { first: MINUTE, longest: MINUTE };
  return { user: user ?? none, platform: platform ?? none, timeout: timeout ?? none };
}

function fixed(fields: Fields, { kind, word }: Kind, limits: GivenLimit[]): Backoff {
  const spot = fields.get(base(word));
  const first = pause(spot, MINUTE, { limit: `backoff.${kind}.first`, limits });
  if (spot !== undefined) setAside(spot, `backoff.${kind}.longest`, limits);
  return { first, longest: first, factor: 1 };
}

function exponential(fields: Fields, { kind, word, longest }: Kind, limits: GivenLimit[]): Backoff {
  const first = pause(fields.get(base(word)), MINUTE, { limit: `backoff.${kind}.first`, limits });
  const most = pause(fields.get(`${word}_retry_limit_in_secs`), longest, { limit: `backoff.${kind}.longest`, limits });
  const factor = exponentOf(fields.get(`${word}_retry_exponent`), kind, limits);
  return { first, longest: most, ...(factor === 2 ? {} : { factor }) };
}

function base(word: Kind['word']): string {
  return `${word}_retry_backoff_in_secs`;
}

function pause(
  spot: Spot | undefined,
  otherwise: Milliseconds,
  { limit, limits }: { readonly limit: LimitName; readonly limits: GivenLimit[] },
): Milliseconds {
  if (spot === undefined) return otherwise;
  return setAside(spot, limit, limits) ? MINUTE : (lengthOf(spot, LONGEST_PAUSE) ?? otherwise);
}

function exponentOf(spot: Spot | undefined, kind: Kind['kind'], limits: GivenLimit[]): number {
  if (spot === undefined || setAside(spot, `backoff.${kind}.factor`, limits)) return 2;
  const text = spot.node.kind === 'scalar' ? spot.node.source.trim() : '';
  const value = Number(text);
  if (/^\d+$/u.test(text) && value >= 1 && value <= MOST_EXPONENT) return value;
  report(spot, 'retry-exponent', `${keyOf(spot)} must be a whole number from 1 on, and this is "${text}".`);
  return 2;
}
