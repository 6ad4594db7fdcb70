// Limits that stand in a definition as `${name}`: a parameter gives them, and the same run has the same ones every time.

/** The limits that a parameter may give. */
export type LimitName =
  'timeout' | 'concurrency' | `retry.${FailureWord}` | `backoff.${FailureWord}.${'first' | 'longest' | 'factor'}`;

/** The kinds of failure that have tries and pauses of their own. */
export type FailureWord = 'user' | 'platform' | 'timeout';

/** A limit that a parameter gives. */
export interface GivenLimit {
  readonly limit: LimitName;
  /** A template with `${name}`. */
  readonly text: string;
}
