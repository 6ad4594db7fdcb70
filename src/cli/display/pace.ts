// How patient the command line is with a server that does not answer at once.

import { setTimeout as sleep } from 'node:timers/promises';

/** In milliseconds. */
export interface Pace {
  /** How long one request may take. */
  readonly requestFor: number;
  /** How long a request that may be repeated is repeated. */
  readonly retryFor: number;
  /** How long a broken stream is mended before it is given up. */
  readonly reconnectFor: number;
  readonly firstPause: number;
  readonly longestPause: number;
}

/** What a person at a terminal can bear. */
export const USUAL_PACE: Pace = {
  requestFor: 30_000,
  retryFor: 10_000,
  reconnectFor: 300_000,
  firstPause: 200,
  longestPause: 5_000,
};

/** Waits before the next try: doubling from the first pause to the longest, and never twice the same, so that many clients spread. */
export async function pause(pace: Pace, failures: number, signal?: AbortSignal): Promise<void> {
  const longest = Math.min(pace.longestPause, pace.firstPause * 2 ** Math.min(failures, 16));
  await sleep(longest * (0.5 + Math.random() / 2), undefined, signal === undefined ? {} : { signal }).catch(
    ignoreAbort,
  );
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
