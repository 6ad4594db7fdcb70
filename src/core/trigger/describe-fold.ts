// Folding in plain words: when a trigger that folds starts its runs, and until when a signal waits for one.

import { durationText } from '../definition/plain-view.ts';
import { type FoldingTrigger } from '../definition/signal-fold.ts';
import { clauseText } from '../signal/match.ts';
import { type FoldedUntil } from '../signal/signal.ts';
import { type Instant } from '../time.ts';
import { listWords } from './cron-words.ts';

/** `once measurements.ready has come and then no other for 5m, or 50m after the first, each island by itself`. */
export function foldText({ signal, where, fold }: FoldingTrigger): string {
  const what = where.length === 0 ? signal : `${signal} with ${where.map(clauseText).join(' and ')}`;
  const groups = fold.by.length === 0 ? '' : `, each ${listWords(fold.by)} by itself`;
  return fold.kind === 'throttle'
    ? `when ${what} arrives, once every ${durationText(fold.every)} at most${groups}`
    : `once ${what} has come and then no other for ${durationText(fold.quiet)}, or ${durationText(fold.atMost)} after the first${groups}`;
}

/** `until 2026-01-15 12:05:00 UTC (5m without another), with 41 others`; `say` puts a moment into words. */
export function untilText({ until, others, quiet }: FoldedUntil, say: (at: Instant) => string): string {
  const why = quiet === undefined ? '' : ` (${durationText(quiet)} without another)`;
  const company = others === 1 ? ', with 1 other' : `, with ${String(others)} others`;
  return `until ${say(until)}${why}${others === 0 ? '' : company}`;
}
