// What started a run, as lists of runs keep it: of many folded signals only how many there were, so that a line stays short.

import { type FirstCause, type RunCause } from './state.ts';

/** The cause for a list. */
export function listedCause(cause: RunCause): RunCause {
  if (cause.kind === 'RESTART' || cause.kind === 'FORK') return { ...cause, of: withoutFolded(cause.of) };
  return withoutFolded(cause);
}

function withoutFolded(cause: FirstCause): FirstCause {
  if (cause.kind !== 'SIGNAL' || cause.folded === undefined) return cause;
  return { ...cause, folded: { count: cause.folded.count, signals: [] } };
}
