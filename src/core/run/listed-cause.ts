// What started a run, as lists of runs keep it: of many folded signals only how many there were, and nothing of what a trigger
// worked out, so that a line stays short.

import { type FirstCause, type RunCause } from './state.ts';

/** The cause for a list. */
export function listedCause(cause: RunCause): RunCause {
  if (cause.kind === 'RESTART' || cause.kind === 'FORK') return { ...cause, of: inShort(cause.of) };
  return inShort(cause);
}

function inShort(cause: FirstCause): FirstCause {
  if (cause.kind !== 'SIGNAL' || (cause.folded === undefined && cause.given === undefined)) return cause;
  const { folded, given: _, ...rest } = cause;
  return folded === undefined ? rest : { ...rest, folded: { count: folded.count, signals: [] } };
}
