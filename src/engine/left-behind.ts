// What attempts leave running elsewhere when their host dies before it could end it: looked for again and again.

import { graphOf } from '../core/definition/graph.ts';
import { attemptPlaceOf } from '../core/ids.ts';
import { openAttempt } from '../core/run/state.ts';
import { type Milliseconds } from '../core/time.ts';
import { type Outside } from './outside.ts';
import { periodically } from './periodic.ts';
import { type RunReader } from './use-cases/read-runs.ts';

const CLEARED_EVERY: Milliseconds = 60_000;
const CLEARED_FIRST: Milliseconds = 5_000;

/** Has executors end what belongs to attempts that are over, until the answer is called. */
export function clearingUp(outside: Outside, runs: Pick<RunReader, 'view'>): () => void {
  const { executor } = outside;
  if (executor.clearUp === undefined) return () => undefined;
  return periodically(outside, {
    name: 'clearing up after attempts',
    every: CLEARED_EVERY,
    first: CLEARED_FIRST,
    act: async () => executor.clearUp?.((attemptId) => isAttemptOver(runs, attemptId)),
  });
}

/**
 * Whether an attempt is known to be over: its step has ended, or has begun another one. Once true it stays so. What is not known
 * here is not over: it may be newer than what was read.
 */
export async function isAttemptOver(runs: Pick<RunReader, 'view'>, attemptId: string): Promise<boolean> {
  const place = attemptPlaceOf(attemptId);
  const view = place && (await runs.view(place.run));
  if (place === undefined || view === undefined) return false;
  const step = view.state.steps[graphOf(view.definition).indexes.get(place.stepId) ?? -1];
  const newest = step?.attempts.at(-1)?.number;
  if (newest === undefined || newest < place.attempt) return false;
  return newest > place.attempt || openAttempt(step) === undefined;
}
