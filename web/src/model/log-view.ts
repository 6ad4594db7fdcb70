// The lines of one attempt on the screen: in order, each once, and not more than a browser shows with ease.

import { type LogLine } from '../api/shapes.ts';

const KEPT_LINES = 2_000;

/** The lines that are shown, and how many earlier ones are not. */
export interface LogView {
  readonly lines: readonly LogLine[];
  readonly leftOut: number;
}

/** Before anything was printed. */
export const EMPTY_LOG: LogView = { lines: [], leftOut: 0 };

/** The log after some lines came; lines that came before are not shown twice. */
export function logAfter(log: LogView, came: readonly LogLine[]): LogView {
  const last = log.lines.at(-1)?.number ?? 0;
  const fresh = came.filter((line) => line.number > last);
  if (fresh.length === 0) return log;
  const lines = [...log.lines, ...fresh].slice(-KEPT_LINES);
  return { lines, leftOut: Math.max(0, (lines[0]?.number ?? 1) - 1) };
}
